/* Carrying out commands. [CA1] [CA3]-[CA6] */
#include "service/cases.h"

#include "base/buf.h"
#include "service/service_test_env.h"

#define DECLARATIONS                                                           \
    "{'declarations':[{'item':'legal_person','yes':true},"                     \
    "{'item':'accident','yes':false}]}"

static const id some_id = { { 0xC0, 1 } };

/* The names of an answer's events, "a+b". */
static str names_of(struct office *o, const struct case_answer *a)
{
    const str *names = a->events.p;
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < a->events.n; i++) {
        if (i > 0)
            buf_char(&b, '+');
        buf_str(&b, names[i]);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- one command, one transaction [CA1] ------------------------------- */

EACH_STORE_TEST(opening_a_case_leaves_one_event_and_all_that_follows_from_it)
{
    TEST_OFFICE(o, place);
    struct office_rows before = office_rows(&o);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");
    struct case_answer answer = { 0 };

    EXPECT_OK(office_give(&o, &order, &answer));
    struct office_rows after = office_rows(&o);
    EXPECT(after.streams == before.streams + 1);
    EXPECT(after.events == before.events + 1);
    EXPECT(after.commands == before.commands + 1);
    EXPECT(after.counted == before.counted + 1);
    EXPECT(after.versions == before.versions + 1);
    EXPECT(after.refusals == before.refusals);
    EXPECT(after.pending == before.pending);

    EXPECT_STR(answer.number, S("C2026-0001"));
    EXPECT(answer.version == 1 && !answer.repeated);
    EXPECT(answer.certificate.n == 0 && !id_is_zero(answer.id));
    EXPECT_STR(names_of(&o, &answer), S("case.opened"));

    struct case_file file = office_read(&o, answer.number);
    EXPECT(id_eq(file.state->id, answer.id));
    EXPECT(id_eq(file.enterprise.id, o.own.id));
    EXPECT(file.events.first->at == o.world.clock->now(o.world.clock));
    EXPECT(file.events.first->on == office_day(OFFICE_TODAY));
    EXPECT_STR(file.events.first->channel, S("demo"));
    EXPECT(id_eq(file.events.first->actor,
                 office_as(&o, "newcomer")->actor.person));
}

EACH_STORE_TEST(issuing_enters_register_and_log_in_the_same_transaction)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_CERTIFICATE);
    struct office_rows before = office_rows(&o);
    struct case_order order =
        office_order(&o, "certificates", ref, "certificate.issue", "{}");
    struct case_answer answer = { 0 };
    order.command_id = some_id;
    EXPECT_OK(office_give(&o, &order, &answer));
    struct office_rows after = office_rows(&o);
    EXPECT(after.streams == before.streams + 1); /* the certificate's own */
    EXPECT(after.events == before.events + 3);   /* and a credential */
    EXPECT(after.pending == before.pending + 2);
    EXPECT(office_count(&o, "SELECT count(*) FROM certificate") == 1);

    EXPECT_STR(names_of(&o, &answer), S("certificate.recorded"));
    EXPECT_STR(answer.certificate, S("00026SC0001R0S"));
    EXPECT_STR(office_read(&o, ref).state->certificate->number,
               answer.certificate);

    /* [CA3] Asked again after a restart, it says the same. */
    struct case_answer again = { 0 };
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT_OK(office_give(&o, &order, &again));
    EXPECT(again.repeated && again.version == answer.version);
    EXPECT_STR(again.certificate, answer.certificate);
    EXPECT_STR(names_of(&o, &again), names_of(&o, &answer));
    EXPECT(office_count(&o, "SELECT count(*) FROM certificate") == 1);
}

/* The day is the clock's at UTC+8 unless the order says one. */
ONE_STORE_TEST(a_command_takes_effect_on_the_day_it_is_given_or_names, true)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        int64_t micros; /* after 00:00 of OFFICE_TODAY at UTC+8 */
        const char *today;
        const char *want;
    } rows[] = {
        { "the last moment", INT64_C(86400000000) - 1, NULL, "2026-03-02" },
        { "the next day's first", INT64_C(86400000000), NULL, "2026-03-03" },
        { "a day of its own", INT64_C(86400000001), "2026-03-01",
          "2026-03-01" },
    };
    str ref = office_case(&o);
    int64_t start = day_start_micros(office_day(OFFICE_TODAY));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_order order =
            office_order(&o, "newcomer", ref, "eligibility.answer",
                         DECLARATIONS);

        clock_set_forward(&o.clock, start + rows[i].micros -
                                        o.world.clock->now(o.world.clock));
        if (rows[i].today != NULL)
            order.today = office_day(rows[i].today);
        EXPECT_ROW_OK(rows[i].name, office_give(&o, &order, NULL));
        const struct event *e = office_read(&o, ref).events.last;
        EXPECT_ROW(rows[i].name, e->on == office_day(rows[i].want));
        EXPECT_ROW(rows[i].name, e->at == start + rows[i].micros);
    }
}

ONE_STORE_TEST(cases_are_numbered_by_year_and_a_refused_one_uses_none, true)
{
    TEST_OFFICE(o, place);

    EXPECT_STR(office_case(&o), S("C2026-0001"));
    EXPECT_ERR(office_do(&o, "newcomer", S("new"), "case.open",
                         "{'scheme':'mini','level':'eleven'}"),
               ERR_INVALID, "case.level");
    EXPECT_STR(office_case(&o), S("C2026-0002"));
    office_pass_days(&o, office_day("2026-12-31") - office_day(OFFICE_TODAY));
    EXPECT_STR(office_case(&o), S("C2026-0003"));
    office_pass_days(&o, 1);
    EXPECT_STR(office_case(&o), S("C2027-0001"));
}

/* [M11] An applicant opens for their own; staff name the enterprise. */
EACH_STORE_TEST(whose_case_is_opened)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *who;
        str uscc;
        const char *id; /* NULL: opened */
        enum err_code code;
        bool other; /* for rival's enterprise */
    } rows[] = {
        { "newcomer", S_INIT(""), NULL, 0, false },
        { "newcomer", S_INIT(OFFICE_USCC), NULL, 0, false },
        { "intake", S_INIT(RIVAL_USCC), NULL, 0, true },
        { "intake", S_INIT("91330100799655058b"), NULL, 0, true },
        { "intake", S_INIT(" 91330100799655058B "), NULL, 0, true },
        { "newcomer", S_INIT(RIVAL_USCC), "rights.own", ERR_DENIED, false },
        { "intake", S_INIT("914403001922038216"), "case.enterprise",
          ERR_NOT_FOUND, false },
        { "intake", S_INIT("no code"), "case.enterprise", ERR_NOT_FOUND,
          false },
        { "intake", S_INIT(""), "case.whose", ERR_INVALID, false },
        { "finance", S_INIT(OFFICE_USCC), "rights.role", ERR_DENIED, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_order order =
            office_order(&o, rows[i].who, S("new"), "case.open",
                         "{'scheme':'mini','level':'three'}");
        struct case_answer answer = { 0 };

        order.enterprise = rows[i].uscc;
        err e = office_give(&o, &order, &answer);
        if (rows[i].id != NULL) {
            EXPECT_ROW_ERR(rows[i].who, e, rows[i].code, rows[i].id);
            continue;
        }
        if (!EXPECT_ROW_OK(rows[i].uscc.p, e))
            continue;
        id want = rows[i].other ? o.other.id : o.own.id;
        EXPECT_ROW(rows[i].uscc.p,
                   id_eq(office_read(&o, answer.number).enterprise.id, want));
    }
}

EACH_STORE_TEST(what_is_opened_must_be_a_case_of_a_frozen_scheme)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        const char *command;
        const char *json;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no such scheme", "case.open", "{'scheme':'none','level':'ten'}",
          ERR_NOT_FOUND, "app.no_scheme" },
        { "no scheme at all", "case.open", "{'level':'ten'}", ERR_INVALID,
          "record.missing" },
        { "a member nobody knows", "case.open",
          "{'scheme':'mini','level':'ten','more':1}", ERR_INVALID,
          "record.unknown" },
        { "another command", "case.withdraw", "{'reasons':'none'}", ERR_INVALID,
          "case.new" },
        { "another command, whatever its data", "case.withdraw", "{}",
          ERR_INVALID, "case.new" },
        { "no command", "case.close", "{}", ERR_NOT_FOUND, "command.unknown" },
    };
    struct office_rows before = office_rows(&o);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].name,
                       office_do(&o, "newcomer", S("new"), rows[i].command,
                                 rows[i].json),
                       rows[i].code, rows[i].id);
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, COUNT(rows));
}

/* --- the same again [CA3] --------------------------------------------- */

EACH_STORE_TEST(a_command_given_twice_is_done_once_and_answered_twice)
{
    TEST_OFFICE(o, place);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");
    struct case_answer first = { 0 };
    struct case_answer again = { 0 };

    order.command_id = some_id;
    EXPECT_OK(office_give(&o, &order, &first));
    EXPECT_OK(office_do(&o, "newcomer", first.number, "eligibility.answer",
                        DECLARATIONS));
    struct office_rows before = office_rows(&o);

    /* Also later, and by whoever read the case in the meantime. */
    office_pass_days(&o, 1);
    order.expected = 2;
    EXPECT_OK(office_give(&o, &order, &again));
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
    EXPECT(again.repeated && !first.repeated);
    EXPECT(id_eq(again.id, first.id) && again.version == 1);
    EXPECT_STR(again.number, first.number);
    EXPECT_STR(names_of(&o, &again), names_of(&o, &first));
    EXPECT(again.certificate.n == 0);
}

EACH_STORE_TEST(a_command_id_is_good_for_one_request)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str other = office_case(&o);
    struct case_order order =
        office_order(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS);
    struct case_order opening =
        office_order(&o, "intake", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");

    order.command_id = some_id;
    opening.command_id = (id){ { 0xC0, 2 } };
    opening.enterprise = S(OFFICE_USCC);
    EXPECT_OK(office_give(&o, &order, NULL));
    EXPECT_OK(office_give(&o, &opening, NULL));

    struct case_order rows[] = { order, order, order, order, order, opening };
    static const char *const names[] = { "another actor",   "another case",
                                         "another command", "other data",
                                         "another day",     "whose case" };
    rows[0].who = office_as(&o, "intake");
    rows[1].ref = other;
    rows[2].command = S("case.withdraw");
    rows[3].data = office_json(&o, "{'declarations':[]}");
    rows[4].today = office_today(&o) - 1;
    rows[5].enterprise = S(RIVAL_USCC);

    struct office_rows before = office_rows(&o);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(names[i], office_give(&o, &rows[i], NULL), ERR_CONFLICT,
                       "command.reused");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, COUNT(rows));
}

EACH_STORE_TEST(a_request_is_the_same_however_its_case_is_written)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_order order =
        office_order(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS);
    struct case_order opening =
        office_order(&o, "intake", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");
    struct case_answer again = { 0 };

    order.command_id = some_id;
    opening.command_id = (id){ { 0xC0, 2 } };
    opening.enterprise = S(OFFICE_USCC);
    EXPECT_OK(office_give(&o, &order, NULL));
    EXPECT_OK(office_give(&o, &opening, NULL));

    struct case_order rows[] = { order, order, opening };
    static const char *const names[] = { "small letters", "with blanks",
                                         "a code with blanks" };
    EXPECT_STR(ref, S("C2026-0001"));
    rows[0].ref = S("c2026-0001");
    rows[1].ref = S(" C2026 - 0001");
    rows[2].enterprise = S(" " OFFICE_USCC);
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_OK(names[i], office_give(&o, &rows[i], &again));
        EXPECT_ROW(names[i], again.repeated);
    }
}

ONE_STORE_TEST(a_refused_command_may_come_again_under_its_id, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_order order =
        office_order(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS);
    struct case_answer answer = { 0 };

    order.command_id = some_id;
    order.expected = 2;
    EXPECT_ERR(office_give(&o, &order, NULL), ERR_CONFLICT, "case.version");
    order.expected = 1;
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(answer.version == 2 && !answer.repeated);
}

/* --- late ------------------------------------------------------------- */

/* A case whose next step ends its stage: a grant to be signed and issued. */
static void issue_so_late(struct office *o, int32_t days)
{
    struct case_answer answer = { .late = 0 };
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_CERTIFICATE);
    day due = office_read(o, ref).state->due;
    EXPECT(due != DAY_NEVER);
    office_pass_days(o, due - office_today(o) + days);
    struct case_order order =
        office_order(o, "certificates", ref, "certificate.issue", "{}");
    order.command_id = some_id;
    EXPECT_OK(office_give(o, &order, &answer));
    EXPECT(days <= 0 ? answer.late == DAY_NEVER : answer.late == due);
    EXPECT(answer.certificate.n > 0);

    struct case_answer again = { 0 };
    EXPECT_OK(office_give(o, &order, &again));
    EXPECT(again.repeated && again.late == answer.late);
}

ONE_STORE_TEST(whoever_ends_a_stage_on_the_day_of_its_limit_is_in_time, true)
{
    TEST_OFFICE(o, place);

    issue_so_late(&o, 0);
}

ONE_STORE_TEST(whoever_ends_a_stage_after_its_limit_is_told_so, true)
{
    TEST_OFFICE(o, place);

    issue_so_late(&o, 1);
}

/* A step within a stage ends no limit, and none runs before the first. */
ONE_STORE_TEST(only_the_end_of_a_stage_is_late, true)
{
    TEST_OFFICE(o, place);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");
    struct case_answer answer = { .late = 0 };

    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(answer.late == DAY_NEVER);
    office_go_to(&o, answer.number, STAGE_COMPLETENESS);
    office_pass_days(&o, 100);
    EXPECT(office_read(&o, answer.number).state->due < office_today(&o));
    order = office_order(&o, "intake", answer.number, "complaint.record",
                         "{'about':'body','text':'x',"
                         "'received':'2026-03-02'}");
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(answer.late == DAY_NEVER);
}

/* --- expected versions ------------------------------------------------ */

EACH_STORE_TEST(a_command_is_taken_at_the_version_its_giver_saw)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        int64_t expected;
        bool good;
    } rows[] = {
        { "before", 1, false }, { "it", 2, true },   { "it no more", 2, false },
        { "after", 4, false },  { "any", -1, true }, { "none", 0, false },
    };
    str ref = office_case(&o);

    EXPECT_OK(
        office_do(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_order order =
            office_order(&o, "newcomer", ref, "eligibility.answer",
                         DECLARATIONS);

        order.expected = rows[i].expected;
        err e = office_give(&o, &order, NULL);
        if (rows[i].good)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_CONFLICT, "case.version");
    }
    EXPECT(office_read(&o, ref).state->version == 4);
}

/* --- refusals [CA4] --------------------------------------------------- */

EACH_STORE_TEST(a_refusal_changes_nothing_and_is_kept)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *who;
        const char *command;
        const char *json;
        int64_t expected;
        enum err_code code;
        const char *id;
        const char *arguments;
    } rows[] = {
        { "finance", "eligibility.answer", DECLARATIONS, -1, ERR_DENIED,
          "rights.role",
          "{\"command\":\"command.eligibility.answer\","
          "\"roles\":\"role.applicant|role.intake\"}" },
        { "finance", "quote.make", "{'lines':[],'prepay':1}", -1, ERR_INVALID,
          "record.count", "{\"max\":100,\"min\":1,\"path\":\"lines\"}" },
        { "newcomer", "report.acknowledge", "{}", -1, ERR_REFUSED,
          "rights.stage",
          "{\"command\":\"command.report.acknowledge\","
          "\"stage\":\"stage.preparation\",\"stages\":\"stage.report\"}" },
        { "newcomer", "eligibility.answer", DECLARATIONS, 7, ERR_CONFLICT,
          "case.version", "{\"expected\":7,\"found\":1}" },
        { "newcomer", "case.close", "{}", -1, ERR_NOT_FOUND, "command.unknown",
          "{\"name\":\"case.close\"}" },
    };
    str ref = office_case(&o);
    struct case_file file = office_read(&o, ref);
    struct office_rows before = office_rows(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_order order =
            office_order(&o, rows[i].who, ref, rows[i].command, rows[i].json);

        order.expected = rows[i].expected;
        EXPECT_ROW_ERR(rows[i].id, office_give(&o, &order, NULL), rows[i].code,
                       rows[i].id);
        struct office_rows after = office_rows(&o);
        EXPECT_ONLY_REFUSALS(rows[i].id, before, after, (int64_t)i + 1);

        struct refusal_row got = office_refusal(&o);
        EXPECT_ROW(rows[i].id, id_eq(got.actor, order.who->actor.person));
        EXPECT_ROW(rows[i].id, id_eq(got.stream, file.state->id));
        EXPECT_ROW(rows[i].id, got.code == rows[i].code);
        EXPECT_ROW(rows[i].id, got.at == o.world.clock->now(o.world.clock));
        EXPECT_ROW_STR(rows[i].id, got.channel, S("demo"));
        EXPECT_ROW_STR(rows[i].id, got.command, str_of(rows[i].command));
        EXPECT_ROW_STR(rows[i].id, got.message, str_of(rows[i].id));
        EXPECT_ROW_STR(rows[i].id, got.arguments, str_of(rows[i].arguments));
    }
    EXPECT(office_read(&o, ref).state->version == 1);
}

/* A rule that says "so many and no more" refuses as well as any other. */
ONE_STORE_TEST(a_limit_reached_is_a_refusal_too, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    static const char complaint[] =
        "{'about':'body','text':'x','received':'" OFFICE_TODAY "'}";

    for (int i = 0; i < COMPLAINT_MAX && !test_failing(); i++)
        EXPECT_OK(office_do(&o, "quality", ref, "complaint.record", complaint));
    EXPECT_ERR(office_do(&o, "quality", ref, "complaint.record", complaint),
               ERR_LIMIT, "complaint.too_many");
    EXPECT_STR(office_refusal(&o).message, S("complaint.too_many"));
}

ONE_STORE_TEST(whatever_a_command_is_called_its_refusal_is_kept, true)
{
    TEST_OFFICE(o, place);
    /* Sixty characters are kept, and one is not. */
#define TEN   "一二三四五六七八九十"
#define SIXTY TEN TEN TEN TEN TEN TEN
    str ref = office_case(&o);

    EXPECT_ERR(office_do(&o, "newcomer", ref, SIXTY "多", "{}"), ERR_NOT_FOUND,
               "command.unknown");
    EXPECT_STR(office_refusal(&o).command, S(SIXTY));
}

/* Nothing that is typed is taken for a case, or keeps out of the trail. */
EACH_STORE_TEST(what_is_no_text_names_nothing)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        str ref;
        str command;
        str uscc;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no UTF-8 for a case", S_INIT("\xff"), S_INIT("case.withdraw"),
          S_INIT(""), ERR_INVALID, "store.text" },
        { "a NUL for a case", S_INIT("C\0"), S_INIT("case.withdraw"),
          S_INIT(""), ERR_INVALID, "store.text" },
        { "no UTF-8 for a command", S_INIT("C2026-0001"), S_INIT("case.\xff"),
          S_INIT(""), ERR_NOT_FOUND, "command.unknown" },
        { "a NUL for a command", S_INIT("C2026-0001"), S_INIT("case\0open"),
          S_INIT(""), ERR_NOT_FOUND, "command.unknown" },
        { "no UTF-8 for an enterprise", S_INIT("new"), S_INIT("case.open"),
          S_INIT("\xff"), ERR_INVALID, "store.text" },
        { "a NUL for an enterprise", S_INIT("new"), S_INIT("case.open"),
          S_INIT("9\0"), ERR_INVALID, "store.text" },
    };

    (void)office_case(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_order order =
            office_order(&o, "intake", rows[i].ref, "case.open",
                         "{'scheme':'mini','level':'ten'}");
        struct office_rows before = office_rows(&o);

        order.command = rows[i].command;
        order.enterprise = rows[i].uscc;
        EXPECT_ROW_ERR(rows[i].name, office_give(&o, &order, NULL),
                       rows[i].code, rows[i].id);
        struct office_rows after = office_rows(&o);
        EXPECT_ONLY_REFUSALS(rows[i].name, before, after, 1);
        EXPECT_ROW_STR(rows[i].name, office_refusal(&o).message,
                       str_of(rows[i].id));
    }
}

/* --- a damaged journal [CA5] ------------------------------------------ */

EACH_STORE_TEST(a_journal_that_was_altered_takes_no_command)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_order done =
        office_order(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS);
    struct case_file file;

    done.command_id = some_id;
    EXPECT_OK(office_give(&o, &done, NULL));
    (void)office_ask(&o, "UPDATE journal SET body ="
                         " replace(body, '\"level\":\"ten\"',"
                         " '\"level\":\"two\"') WHERE type = 'case.opened'");

    struct office_rows before = office_rows(&o);
    err e = office_do(&o, "newcomer", ref, "eligibility.answer", DECLARATIONS);
    EXPECT_ERR(e, ERR_CORRUPT, "journal.tampered");
    EXPECT_STR(err_arg_text(e, "stream"), ref);
    EXPECT_ERR(office_do(&o, "intake", ref, "supplement.ask", "{}"),
               ERR_CORRUPT, "journal.tampered");
    EXPECT_ERR(cases_load(o.app, &o.arena, office_as(&o, "quality"), ref,
                          &file),
               ERR_CORRUPT, "journal.tampered");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 2);
    EXPECT_STR(office_refusal(&o).message, S("journal.tampered"));

    /* Another case goes on. */
    EXPECT_OK(office_do(&o, "newcomer", office_case(&o), "eligibility.answer",
                        DECLARATIONS));
}
