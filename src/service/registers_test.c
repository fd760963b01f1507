/* Commands on enterprises, people and the body, on both engines. */

#include "service/registers.h"

#include "base/buf.h"
#include "crypto/hash.h"
#include "domain/registers.h"
#include "service/check.h"
#include "service/service_test_env.h"

static err say(struct office *o, const char *who, const char *ref,
               const char *command, const char *json, struct case_answer *out)
{
    struct case_order order = office_order(o, who, str_of(ref), command, json);

    return registers_do(o->app, &o->arena, &order, out);
}

#define QUALIFY                                                                \
    "{'registration':'示例-001','level':'senior','until':'2028-12-31',"      \
    "'fields':['SC03']}"

EACH_STORE_TEST(a_registration_is_recorded_for_one_person)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    struct check_counts counts;

    EXPECT_OK(say(&o, "admin", "person:auditor1", "person.qualify", QUALIFY,
                  &answer));
    EXPECT_STR(answer.number, S("person:auditor1"));
    EXPECT_ERR(say(&o, "admin", "person:auditor2", "person.qualify", QUALIFY,
                   &answer),
               ERR_CONFLICT, "register.registration");
    EXPECT_OK(say(&o, "admin", "person:auditor1", "person.qualify", QUALIFY,
                  &answer)); /* once more: it is their own */
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* cases_test.c has the same of cases. */
EACH_STORE_TEST(a_request_is_the_same_for_a_code_in_small_letters_not_a_login)
{
    static const char contact[] = "{'name':'示例','phone':'13900000000'}";
    TEST_OFFICE(o, place);
    struct case_order order =
        office_order(&o, "newcomer", S("enterprise:" OFFICE_USCC),
                     "enterprise.contact", contact);
    struct case_answer answer = { 0 };

    order.command_id = (id){ { 0xC0, 1 } };
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    order.ref = S("enterprise:91350100m000100y43");
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    EXPECT(answer.repeated);

    EXPECT_OK(office_hire(&o, "sam", ROLE_BIT(ROLE_AUDITOR), (id){ { 0 } }));
    EXPECT_OK(office_hire(&o, "Sam", ROLE_BIT(ROLE_AUDITOR), (id){ { 0 } }));
    order = office_order(&o, "admin", S("person:sam"), "person.leave",
                         "{'reasons':'离职'}");
    order.command_id = (id){ { 0xC0, 2 } };
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    order.ref = S("person:Sam");
    EXPECT_ERR(registers_do(o.app, &o.arena, &order, &answer), ERR_CONFLICT,
               "command.reused");
}

EACH_STORE_TEST(what_is_not_there_is_named)
{
    TEST_OFFICE(o, place);
    static const char *const refs[] = { "person:nobody", "enterprise:1",
                                        "person:", "enterprise:" };
    struct case_answer answer;

    for (size_t i = 0; i < COUNT(refs); i++)
        EXPECT_ROW_ERR(refs[i],
                       say(&o, "admin", refs[i], "person.leave",
                           "{'reasons':'离职'}", &answer),
                       ERR_NOT_FOUND, "register.missing");
    EXPECT_ERR(say(&o, "admin", "person:auditor1", "case.open", "{}", &answer),
               ERR_NOT_FOUND, "command.unknown");
    EXPECT(registers_ref(S("body")) && !registers_ref(S("C2026-0001")));
}

/* Who left cannot act any more; who returned can. */
EACH_STORE_TEST(leaving_takes_the_log_in_away)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    struct session who;
    struct claim claim = { .login = S("auditor1"),
                           .demonstration = true,
                           .channel = S("cli") };

    EXPECT_OK(say(&o, "admin", "person:auditor1", "person.leave",
                  "{'reasons':'离职'}", &answer));
    {
        scoped(tx_abort) struct tx *tx = NULL;
        EXPECT_OK(app_read(o.app, &o.arena, &tx));
        EXPECT(failed(session_open(tx, &o.arena, &claim, &who)));
    }
    EXPECT_OK(
        say(&o, "admin", "person:auditor1", "person.return", "{}", &answer));
    scoped(tx_abort) struct tx *tx = NULL;
    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    EXPECT_OK(session_open(tx, &o.arena, &claim, &who));
}

#define BODY(fields)                                                           \
    "{'from':'2026-03-02','name_zh':'示例认证中心','name_en':'Example'," \
    "'approval':'CNCA-R-2099-001','fields':[" fields "],"                      \
    "'document':'示例批复','reason':'批准变更'}"

/* A tie that is recorded keeps the person from the audit; fields that are
 * taken away keep the body from the scheme. */
EACH_STORE_TEST(what_the_registers_say_counts_in_the_next_command)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_OK(say(&o, "admin", "body", "body.change", BODY("'SC22'"), &answer));
    EXPECT_ERR(office_do(&o, "intake", ref, "application.accept", "{}"),
               ERR_REFUSED, "completeness.field");
    EXPECT_OK(say(&o, "admin", "body", "body.change", BODY("'SC03'"), &answer));
    office_go_to(&o, ref, STAGE_PLAN);
    EXPECT_OK(say(&o, "quality", "person:auditor3", "person.relate",
                  "{'uscc':'" OFFICE_USCC "','tie':'consulted'}", &answer));
    EXPECT_ERR(office_do(&o, "planner", ref, "plan.make",
                         "{'lead':'auditor3','from':'2026-12-01',"
                         "'to':'2026-12-02','person_days':20,'reason':'x'}"),
               ERR_REFUSED, "plan.conflict");
}

EACH_STORE_TEST(an_enterprise_that_changed_is_known_by_its_new_name)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    str ref = office_case(&o);

    EXPECT_OK(say(&o, "newcomer", "enterprise:" OFFICE_USCC,
                  "enterprise.change",
                  "{'name':'示例新名有限公司','scope':'家电销售'}", &answer));
    EXPECT(answer.events.n == 2);
    EXPECT_STR(office_read(&o, ref).enterprise.name, S("示例新名有限公司"));
}

/* domain/registers.h [RE5]: in the row of the enterprise and nowhere else. */
EACH_STORE_TEST(whom_to_call_stands_in_the_enterprise_s_row_alone)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    struct enterprise_row row;
    struct check_counts counts;
    const char *contact = "{'name':'示例联系人','phone':'13900000000',"
                          "'mail':'a@example.com'}";

    EXPECT_ERR(say(&o, "rival", "enterprise:" OFFICE_USCC, "enterprise.contact",
                   contact, &answer),
               ERR_DENIED, "rights.role");
    EXPECT_ERR(say(&o, "newcomer", "enterprise:" OFFICE_USCC,
                   "enterprise.contact",
                   "{'name':'示例联系人','phone':'1390000000'}", &answer),
               ERR_INVALID, "contact.phone");
    EXPECT_OK(say(&o, "newcomer", "enterprise:" OFFICE_USCC,
                  "enterprise.contact", contact, &answer));
    EXPECT_OK(say(&o, "newcomer", "enterprise:" OFFICE_USCC,
                  "enterprise.change",
                  "{'name':'示例新名有限公司','scope':'家电销售'}", &answer));
    {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(app_read(o.app, &o.arena, &tx));
        EXPECT_OK(enterprise_get(tx, &o.arena, o.own.id, &row));
        EXPECT_STR(row.contact_name, S("示例联系人"));
        EXPECT_STR(row.contact_phone, S("13900000000"));
        EXPECT_STR(row.contact_mail, S("a@example.com"));
        EXPECT_STR(row.name, S("示例新名有限公司")); /* and stays */
    }
    EXPECT(office_count(&o, "SELECT count(*) FROM journal WHERE type ="
                            " 'enterprise.contact_set'") == 1);
    EXPECT(office_count(&o,
                        "SELECT count(*) FROM journal WHERE body LIKE"
                        " '%1390000000%' OR body LIKE '%示例联系人%'") == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM refusal WHERE arguments"
                            " LIKE '%1390000000%'") == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM command WHERE answer"
                            " LIKE '%1390000000%'") == 0);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* What somebody who has the store and tries telephone numbers comes to. */
static str guess(struct office *o, const char *phone)
{
    struct buf b;
    str text = S("");
    uint8_t hash[SHA256_BYTES] = { 0 };

    buf_init(&b, &o->arena, 1000);
    buf_printf(&b,
               "{\"command\":\"enterprise.contact\",\"data\":{"
               "\"name\":\"li\",\"phone\":\"%s\"},"
               "\"enterprise\":\"\",\"ref\":\"enterprise:" OFFICE_USCC
               "\",\"today\":%d}",
               phone, (int)DAY_NEVER);
    EXPECT_OK(buf_done(&b, &text));
    sha256(text.p, text.n, hash);
    buf_init(&b, &o->arena, 2 * sizeof hash + 1);
    buf_hex(&b, hash, sizeof hash);
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* order.h [OR3] Nor can it be guessed from what is kept of the command. */
ONE_STORE_TEST(whom_to_call_cannot_be_guessed_from_the_record_of_a_command,
               true)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;

    EXPECT_OK(say(&o, "newcomer", "enterprise:" OFFICE_USCC,
                  "enterprise.contact", "{'name':'li','phone':'13900000000'}",
                  &answer));
    str kept = office_ask(&o, "SELECT lower(hex(request)) FROM command");
    EXPECT(kept.n > 0 && !str_contains(kept, guess(&o, "13900000000")));
}

/* A plan that stands keeps its people from another on the same days, until it
 * does not stand any more. */
EACH_STORE_TEST(people_are_planned_for_one_case_at_a_time)
{
    TEST_OFFICE(o, place);
    const char *plan = "{'lead':'auditor1','members':['auditor3'],"
                       "'from':'2026-12-01','to':'2026-12-02',"
                       "'person_days':20,'reason':'示例'}";
    struct check_counts counts;
    str first = office_case(&o);
    str second = office_case(&o);

    office_go_to(&o, first, STAGE_PLAN);
    office_go_to(&o, second, STAGE_PLAN);
    EXPECT_OK(office_do(&o, "planner", first, "plan.make", plan));
    EXPECT_ERR(office_do(&o, "planner", second, "plan.make", plan), ERR_REFUSED,
               "team.busy");
    EXPECT_OK(office_do(&o, "planner", first, "plan.make", plan)); /* anew */
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    EXPECT_OK(office_do(&o, "newcomer", first, "case.withdraw",
                        "{'reasons':'重组'}"));
    EXPECT_OK(office_do(&o, "planner", second, "plan.make", plan));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* [RS2] Two administrators take the role of one another in the same moment. */
EACH_STORE_TEST(the_last_administrator_stays_one)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;

    EXPECT_OK(office_hire(&o, "second", ROLE_BIT(ROLE_ADMIN), (id){ { 0 } }));
    struct case_order quick = office_order(&o, "admin", S("person:second"),
                                           "person.set_roles", "{'roles':[]}");
    struct case_order slow = office_order(&o, "second", S("person:admin"),
                                          "person.set_roles", "{'roles':[]}");
    struct case_order leaves =
        office_order(&o, "second", S("person:admin"), "person.leave",
                     "{'reasons':'离职'}");
    EXPECT_OK(registers_ask(o.app, &o.arena, &quick));
    EXPECT_OK(registers_ask(o.app, &o.arena, &slow));
    EXPECT_OK(registers_do(o.app, &o.arena, &quick, &answer));
    EXPECT_ERR(registers_ask(o.app, &o.arena, &slow), ERR_REFUSED,
               "register.last_admin");
    EXPECT_ERR(registers_do(o.app, &o.arena, &slow, &answer), ERR_REFUSED,
               "register.last_admin");
    EXPECT_ERR(registers_do(o.app, &o.arena, &leaves, &answer), ERR_REFUSED,
               "register.last_admin");
}

static bool may(const struct register_view *v, const char *command)
{
    const struct register_kind *const *acts = v->acts.p;

    for (size_t i = 0; i < v->acts.n; i++) {
        if (strcmp(acts[i]->name, command) == 0)
            return true;
    }
    return false;
}

static err view(struct office *o, const char *who, const char *ref,
                struct register_view *out)
{
    return registers_view(o->app, &o->arena, office_as(o, who), office_today(o),
                          str_of(ref), out);
}

EACH_STORE_TEST(an_order_of_an_older_version_is_a_conflict)
{
    TEST_OFFICE(o, place);
    struct case_order order = office_order(&o, "admin", S("person:auditor1"),
                                           "person.qualify", QUALIFY);
    struct case_answer answer = { 0 };
    struct register_view v = { 0 };

    EXPECT_OK(view(&o, "admin", "person:auditor1", &v));
    order.expected = v.entry.version;
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    order = office_order(&o, "admin", S("person:auditor1"), "person.leave",
                         "{'reasons':'离职'}");
    order.expected = v.entry.version;
    EXPECT_ERR(registers_do(o.app, &o.arena, &order, &answer), ERR_CONFLICT,
               "case.version");
    order.expected = answer.version;
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
}

/* [RS1] */
EACH_STORE_TEST(an_entry_is_seen_by_who_may_do_something_about_it)
{
    TEST_OFFICE(o, place);
    struct register_view v = { 0 };

    EXPECT_OK(view(&o, "admin", "person:auditor1", &v));
    EXPECT(may(&v, "person.set_roles") && may(&v, "person.leave"));
    EXPECT(!may(&v, "person.return") && !may(&v, "enterprise.change"));
    EXPECT_OK(view(&o, "quality", "person:auditor1", &v));
    EXPECT(may(&v, "person.relate") && !may(&v, "person.set_roles"));
    EXPECT_OK(view(&o, "finance", "body", &v));
    EXPECT(may(&v, "body.set_subsidies") && v.acts.n == 1);
    EXPECT_OK(view(&o, "newcomer", "enterprise:" OFFICE_USCC, &v));
    EXPECT(may(&v, "enterprise.contact"));
    EXPECT_ERR(view(&o, "rival", "enterprise:" OFFICE_USCC, &v), ERR_NOT_FOUND,
               "register.missing");
    EXPECT_ERR(view(&o, "admin", "person:admin", &v), ERR_NOT_FOUND,
               "register.missing");
    EXPECT_ERR(view(&o, "admin", "C2026-0001", &v), ERR_NOT_FOUND,
               "register.missing");
}

/* What a form begins with is what the command would leave as it is. */
EACH_STORE_TEST(what_there_is_already_can_be_given_again)
{
    static const struct {
        const char *who;
        const char *ref;
        const char *command;
        bool known;
    } rows[] = {
        { "admin", "person:auditor1", "person.set_roles", true },
        { "admin", "person:auditor1", "person.qualify", true },
        { "admin", "person:planner", "person.qualify", false },
        { "intake", "enterprise:" OFFICE_USCC, "enterprise.change", true },
        { "admin", "body", "body.set_subsidies", false },
        { "admin", "body", "body.set_approved", false },
    };
    TEST_OFFICE(o, place);
    struct case_answer answer;

    EXPECT_OK(say(&o, "admin", "person:auditor1", "person.qualify", QUALIFY,
                  &answer));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct register_kind *k =
            register_kind_find(str_of(rows[i].command));
        struct register_view v = { 0 };
        struct json *first = NULL;

        EXPECT_OK(view(&o, rows[i].who, rows[i].ref, &v));
        EXPECT_OK(registers_first(o.app, &o.arena, &v, k, &first));
        EXPECT_ROW(rows[i].command, (first != NULL) == rows[i].known);
        if (first == NULL)
            continue;
        struct case_order order =
            office_order(&o, rows[i].who, str_of(rows[i].ref), rows[i].command,
                         "{}");
        order.data = first;
        EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    }
}
