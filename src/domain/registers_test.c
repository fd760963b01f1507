/* Commands on enterprises, people and the body. [条例 14] [条例 38]
 * [17065 4.2] */

#include "domain/registers.h"

#include "base/check.h"
#include "domain/commands.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

/* An entry of this kind, as its first event left it. */
static struct register_entry entry_of(struct fixture *f, enum stream_kind kind)
{
    static const str sc03[] = { S_INIT("SC03") };
    static const str auditor[] = { S_INIT("auditor") };
    static const struct enterprise_registered registered = {
        .name = S_INIT("示例电器有限公司"),
        .uscc = S_INIT("91350100M000100Y43"),
        .scope = S_INIT("家用电器销售"),
    };
    static const struct body_founded founded = {
        .fields = { (void *)(uintptr_t)sc03, 1 },
    };
    static const struct person_added added = {
        .roles = { (void *)(uintptr_t)auditor, 1 },
    };
    static const struct {
        const char *event;
        const void *data;
    } firsts[STREAM_KIND_COUNT] = {
        [STREAM_ENTERPRISE] = { "enterprise.registered", &registered },
        [STREAM_PERSON] = { "person.added", &added },
        [STREAM_BODY] = { "body.founded", &founded },
    };
    struct register_entry x;
    struct event e = {
        .kind = event_kind_find(str_of(firsts[kind].event), 1),
        .n = 1,
        .data = firsts[kind].data,
    };
    id stream = { { 7, (uint8_t)kind } };

    if (kind == STREAM_ENTERPRISE)
        stream = f->enterprise.id;
    register_begin(&x, kind, stream);
    register_apply(&x, &e);
    return x;
}

/* Judge what `who` says in JSON, and fold what comes of it. */
static err say(struct fixture *f, struct register_entry *x, const char *who,
               const char *command, const char *json)
{
    const struct register_kind *k = register_kind_find(str_of(command));
    struct event_list events = { 0 };
    const struct person *p = person_of(f, who);

    check(k != NULL);
    void *data = arena_zero(&f->arena, k->record->size);
    check(data != NULL);
    TRY(record_read(&f->arena, k->record, fixture_json(f, json), data));
    f->facts.actor = (struct actor){ .person = p->id, .roles = p->roles };
    if (strcmp(who, "applicant") == 0)
        f->facts.actor.enterprise = f->enterprise.id;
    TRY(register_judge(&f->arena, x, k, data, &f->facts, &events));
    for (struct event *e = events.first; e != NULL; e = e->next) {
        e->n = x->version + 1;
        register_apply(x, e);
    }
    return OK;
}

#define QUALIFY(until)                                                         \
    "{'registration':'示例-001','level':'senior','until':'" until "',"         \
    "'fields':['SC03'],'full_time':true}"

/* [条例 14] [条例 38] [RE2], both sides of the day. */
TEST(an_evaluator_is_registered_while_the_registration_runs)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);

    EXPECT_ERR(say(f, &x, "admin", "person.qualify", QUALIFY("2026-03-01")),
               ERR_INVALID, "register.until");
    EXPECT_OK(say(f, &x, "admin", "person.qualify", QUALIFY("2026-03-02")));
    EXPECT(x.qualification.level == AUDITOR_SENIOR);
    EXPECT(x.qualification.until == on("2026-03-02"));
    EXPECT(x.qualification.full_time && x.qualification.field_count == 1);
    EXPECT_STR(x.qualification.registration, S("示例-001"));
    EXPECT_STR(x.qualification.fields[0], S("SC03"));
}

TEST(a_registration_is_one_person_s)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);

    f->facts.registration_taken = true;
    EXPECT_ERR(say(f, &x, "admin", "person.qualify", QUALIFY("2028-12-31")),
               ERR_CONFLICT, "register.registration");
    EXPECT(x.qualification.registration.n == 0);
}

/* [RE1] */
TEST(nobody_changes_what_they_may_do_themselves)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);

    x.id = person_of(f, "admin")->id;
    EXPECT_ERR(say(f, &x, "admin", "person.set_roles", "{'roles':['head']}"),
               ERR_DENIED, "register.own");
    x = entry_of(f, STREAM_PERSON);
    EXPECT_OK(say(f, &x, "admin", "person.set_roles",
                  "{'roles':['auditor','reviewer']}"));
    EXPECT(x.roles == (ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER)));
    EXPECT_ERR(say(f, &x, "admin", "person.set_roles", "{'roles':['king']}"),
               ERR_INVALID, "register.role");
    EXPECT_ERR(say(f, &x, "planner", "person.set_roles", "{'roles':[]}"),
               ERR_DENIED, "rights.role");
}

/* [RE6] What somebody is, is confirmed; what they do all day is not. */
TEST(roles_are_given_and_taken_by_an_act_that_is_confirmed)
{
    size_t n = 0;

    for (size_t i = 0; i < register_kind_count(); i++)
        n += register_is_confirmed(register_kind_at(i)->name);
    EXPECT(n == 2 && register_is_confirmed("person.set_roles") &&
           register_is_confirmed("body.change"));
}

/* Asked beforehand, without any data. */
TEST(who_may_give_a_command_is_known_before_its_data)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);
    const struct register_kind *k = register_kind_find(S("person.set_roles"));

    f->facts.actor = (struct actor){ .person = person_of(f, "admin")->id,
                                     .roles = ROLE_BIT(ROLE_ADMIN) };
    EXPECT_OK(register_may(&f->arena, &x, k, &f->facts));
    EXPECT_ERR(register_may(&f->arena, &x, register_kind_find(S("body.change")),
                            &f->facts),
               ERR_INVALID, "register.kind");
    EXPECT_ERR(register_may(&f->arena, &x,
                            register_kind_find(S("person.return")), &f->facts),
               ERR_REFUSED, "register.not_left");
    x.id = f->facts.actor.person;
    EXPECT_ERR(register_may(&f->arena, &x, k, &f->facts), ERR_DENIED,
               "register.own");
}

TEST(who_left_comes_back_before_anything_else)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);

    EXPECT_ERR(say(f, &x, "admin", "person.return", "{}"), ERR_REFUSED,
               "register.not_left");
    EXPECT_OK(say(f, &x, "admin", "person.leave", "{'reasons':'离职'}"));
    EXPECT(!x.active);
    EXPECT_ERR(say(f, &x, "admin", "person.qualify", QUALIFY("2028-12-31")),
               ERR_REFUSED, "register.left");
    EXPECT_OK(say(f, &x, "admin", "person.return", "{}"));
    EXPECT(x.active);
}

/* [17065 4.2.6] */
TEST(a_tie_names_an_enterprise_that_is_known)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_PERSON);
    const char *tie = "{'uscc':'91350100M000100Y43','tie':'consulted',"
                      "'until':'2026-01-31'}";

    EXPECT_OK(say(f, &x, "quality", "person.relate", tie));
    f->facts.enterprise = NULL;
    EXPECT_ERR(say(f, &x, "quality", "person.relate", tie), ERR_NOT_FOUND,
               "case.enterprise");
    f->facts.enterprise = &f->enterprise;
    EXPECT_ERR(say(f, &x, "planner", "person.relate", tie), ERR_DENIED,
               "rights.role");
}

/* [RE3] */
TEST(an_enterprise_says_what_changed_about_itself)
{
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_ENTERPRISE);
    const char *change = "{'name':'示例新电器有限公司','scope':'家电维修',"
                         "'province':'示例省','city':'示例市'}";

    EXPECT_ERR(say(f, &x, "rival", "enterprise.change", change), ERR_DENIED,
               "rights.role");
    EXPECT_OK(say(f, &x, "applicant", "enterprise.change", change));
    EXPECT_STR(x.enterprise->name, S("示例新电器有限公司"));
    EXPECT_STR(x.enterprise->scope, S("家电维修"));
    EXPECT_STR(x.enterprise->uscc, S("91350100M000100Y43")); /* stays */
    EXPECT_OK(say(f, &x, "intake", "enterprise.change", change));
    x.id.b[0] ^= 1;
    EXPECT_ERR(say(f, &x, "applicant", "enterprise.change", change), ERR_DENIED,
               "rights.role"); /* not theirs */
}

/* [RE5] */
TEST(whom_to_call_is_checked_and_stands_in_no_event)
{
    static const struct {
        const char *who;
        const char *json;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "applicant", "{'name':'示例','phone':'12000000000'}", ERR_INVALID,
          "contact.phone" },
        { "applicant", "{'name':'示例','phone':'13900000000','mail':'nobody'}",
          ERR_INVALID, "contact.mail" },
        { "planner", "{'name':'示例','phone':'13900000000'}", ERR_DENIED,
          "rights.role" },
        { "rival", "{'name':'示例','phone':'13900000000'}", ERR_DENIED,
          "rights.role" },
    };
    const struct event_kind *kind =
        event_kind_find(S("enterprise.contact_set"), 1);
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_ENTERPRISE);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].json,
                       say(f, &x, rows[i].who, "enterprise.contact",
                           rows[i].json),
                       rows[i].code, rows[i].id);
    EXPECT(x.version == 1);
    EXPECT_OK(say(f, &x, "applicant", "enterprise.contact",
                  "{'name':'示例','phone':'13900000000'}"));
    EXPECT_OK(say(f, &x, "intake", "enterprise.contact",
                  "{'name':'示例','phone':'0591-1234567',"
                  "'mail':'a@example.com'}"));
    EXPECT(x.version == 3);
    EXPECT(kind != NULL && kind->record == &nothing_record);
    EXPECT_STR(x.enterprise->name, S("示例电器有限公司"));
}

/* [M10] [BO2] */
TEST(the_list_of_approved_bodies_is_set_as_a_whole_by_an_administrator)
{
    static const struct {
        const char *name;
        const char *who;
        const char *json;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "by finance", "finance",
          "{'source':'s','bodies':[{'approval':'CNCA-R-2099-001','name':'n'}]}",
          ERR_DENIED, "rights.role" },
        { "of nobody", "admin", "{'source':'s','bodies':[]}", ERR_INVALID,
          "record.count" },
        { "without source", "admin",
          "{'bodies':[{'approval':'CNCA-R-2099-001','name':'n'}]}", ERR_INVALID,
          "record.missing" },
        { "a number of no form", "admin",
          "{'source':'s','bodies':[{'approval':'R-2099-001','name':'n'}]}",
          ERR_INVALID, "register.approval" },
        { "a number twice", "admin",
          "{'source':'s','bodies':[{'approval':'CNCA-R-2099-001','name':'n'},"
          "{'approval':'CNCA-R-2099-001','name':'m'}]}",
          ERR_INVALID, "register.approval_twice" },
    };
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_BODY);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].name,
                       say(f, &x, rows[i].who, "body.set_approved",
                           rows[i].json),
                       rows[i].code, rows[i].id);
    EXPECT(x.approved == NULL);
    EXPECT_OK(say(f, &x, "admin", "body.set_approved",
                  "{'source':'示例名录','bodies':["
                  "{'approval':'CNCA-R-2099-001','name':'甲'},"
                  "{'approval':'CNCA-R-2099-002','name':'乙'}]}"));
    EXPECT(x.approved->bodies.n == 2);
    EXPECT_OK(say(f, &x, "admin", "body.set_approved",
                  "{'source':'示例名录','bodies':[{'approval':"
                  "'CNCA-R-2099-001','name':'甲','fields':['SC03']}]}"));
    EXPECT(x.approved->bodies.n == 1); /* [BO1] */
}

#define SUBSIDY(link, until)                                                   \
    "{'subsidies':[{'place':'示例省','programme':'示例奖励',"           \
    "'amount':1000000,'document':'示例发〔2026〕1号','link':'" link            \
    "','until':'" until "'}]}"

/* [M34] [D3] [BO3] */
TEST(a_subsidy_is_entered_with_its_source_while_it_runs)
{
    static const struct {
        const char *name;
        const char *who;
        const char *json;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "by an auditor", "auditor", SUBSIDY("https://a", "2026-12-31"),
          ERR_DENIED, "rights.role" },
        { "over since yesterday", "finance", SUBSIDY("https://a", "2026-03-01"),
          ERR_INVALID, "subsidy.over" },
        { "no link", "finance", SUBSIDY("示例", "2026-12-31"), ERR_INVALID,
          "subsidy.link" },
        { "a link that runs a program", "finance",
          SUBSIDY("javascript:1", "2026-12-31"), ERR_INVALID, "subsidy.link" },
        { "without last day", "finance",
          "{'subsidies':[{'place':'示例省','programme':'p','amount':1,"
          "'document':'d','link':'https://a'}]}",
          ERR_INVALID, "record.missing" },
        { "of nothing", "finance",
          "{'subsidies':[{'place':'示例省','programme':'p','amount':0,"
          "'document':'d','link':'https://a','until':'2026-12-31'}]}",
          ERR_INVALID, "record.range" },
    };
    FIXTURE(f);
    struct register_entry x = entry_of(f, STREAM_BODY);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].name,
                       say(f, &x, rows[i].who, "body.set_subsidies",
                           rows[i].json),
                       rows[i].code, rows[i].id);
    EXPECT(x.subsidies == NULL);
    EXPECT_OK(say(f, &x, "finance", "body.set_subsidies",
                  SUBSIDY("https://a", "2026-03-02"))); /* its last day */
    EXPECT(x.subsidies->subsidies.n == 1);
    EXPECT_OK(say(f, &x, "finance", "body.set_subsidies",
                  SUBSIDY("http://b", "2026-12-31")));
    EXPECT_OK(say(f, &x, "admin", "body.set_subsidies", "{'subsidies':[]}"));
    EXPECT(x.subsidies->subsidies.n == 0); /* taken back [BO1] */
}

TEST(every_command_of_the_registers_has_an_event_and_somebody_who_gives_it)
{
    const struct register_kind *k;

    for (size_t i = 0; (k = register_kind_at(i)) != NULL; i++) {
        const struct event_kind *e = event_kind_find(str_of(k->event), 1);

        EXPECT_ROW(k->name, e != NULL && e->stream == k->stream);
        EXPECT_ROW(k->name, k->roles != 0);
        EXPECT_ROW(k->name, register_kind_find(str_of(k->name)) == k);
        EXPECT_ROW(k->name, command_kind_find(str_of(k->name)) == NULL);
    }
    EXPECT(register_kind_find(S("no.such")) == NULL);
}

/* --- without memory --------------------------------------------------- */

struct judging {
    struct fixture *f;
    const struct register_entry *x;
    const struct register_kind *k;
    const void *data;
};

static err judge_in(struct heap *h, void *context)
{
    const struct judging *j = context;
    scoped(arena_end) struct arena a;
    struct event_list events = { 0 };

    arena_init(&a, h, 1 << 20);
    err e = register_judge(&a, j->x, j->k, j->data, &j->f->facts, &events);
    return failed(e) && e.info->code != ERR_MEMORY ? OK : e;
}

TEST(every_allocation_of_a_command_on_a_register_may_fail)
{
    static const struct {
        const char *who;
        enum stream_kind kind;
        const char *command;
        const char *json;
    } rows[] = {
        { "applicant", STREAM_ENTERPRISE, "enterprise.change",
          "{'name':'示例','scope':'家电','province':'示例省','city':'示例市'"
          "}" },
        { "rival", STREAM_ENTERPRISE, "enterprise.change",
          "{'name':'示例','scope':'家电','province':'示例省','city':'示例市'"
          "}" },
        { "admin", STREAM_PERSON, "person.leave", "{'reasons':'离职'}" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        const struct register_entry x = entry_of(f, rows[i].kind);
        struct register_entry changed = x;
        const struct register_kind *k =
            register_kind_find(str_of(rows[i].command));
        void *data = arena_zero(&f->arena, k->record->size);

        /* which also makes `who` the actor */
        (void)say(f, &changed, rows[i].who, rows[i].command, rows[i].json);
        EXPECT_OK(record_read(&f->arena, k->record,
                              fixture_json(f, rows[i].json), data));
        struct judging j = { f, &x, k, data };
        EXPECT_ROW(rows[i].command,
                   test_every_allocation_fails(judge_in, NULL, &j) > 0);
    }
}
