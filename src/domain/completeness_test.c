/* Stage 2: what is missing, the supplement notice, acceptance. [M12] */

#include "domain/test_fixture.h"

#include "codec/json.h"
#include "domain/completeness.h"
#include "domain/view.h"

#define LICENCE                                                                \
    "{'requirement':'licence','title':'执照','blob':'" ONES "','size':1}"
#define RECORDS(from, to)                                                      \
    "{'requirement':'records','title':'记录','blob':'" ONES "','size':1,"      \
    "'covers_from':'" from "','covers_to':'" to "'}"

TEST(a_supplement_notice_names_each_missing_document)
{
    FIXTURE(f);

    do_preparation(f, false);
    NO(f, "intake", "application.accept", "{}", ERR_REFUSED,
       "completeness.missing");
    NO(f, "applicant", "application.accept", "{}", ERR_DENIED, "rights.role");
    NO(f, "applicant", "application.resubmit", "{}", ERR_REFUSED,
       "completeness.not_asked");
    DO(f, "intake", "supplement.ask", "{}");

    const struct missing *missing = f->state->supplement->missing.p;
    EXPECT(f->state->supplement->missing.n == 1);
    EXPECT_STR(missing->requirement, S("licence"));
    EXPECT(missing->why == LACK_MISSING);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    EXPECT(f->state->due == on("2026-04-01")); /* 30 days */

    NO(f, "intake", "supplement.ask", "{}", ERR_REFUSED,
       "completeness.asked_already");
    NO(f, "intake", "application.accept", "{}", ERR_REFUSED,
       "completeness.asked_already");
    DO(f, "applicant", "document.add", LICENCE);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    DO(f, "applicant", "application.resubmit", "{}");
    EXPECT(f->state->waiting == WAITING_BODY);
    EXPECT(f->state->due == on("2026-03-09")); /* checked again */
    DO(f, "intake", "application.accept", "{}");
    EXPECT(f->state->stage == STAGE_CONTRACT);
}

TEST(a_supplement_notice_asks_for_something)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    NO(f, "intake", "supplement.ask", "{}", ERR_REFUSED,
       "completeness.nothing_missing");
    DO(f, "intake", "supplement.ask", "{'note':'执照不清楚'}");
    EXPECT(f->state->supplement->missing.n == 0);
}

/* [M9]: records of the last six months, counted from the application. */
TEST(records_must_reach_into_the_period_before_the_application)
{
    static const struct {
        const char *name;
        const char *json;
        size_t missing;
    } rows[] = {
        { "six months old to the day", RECORDS("2025-01-01", "2025-09-02"), 0 },
        { "a day older", RECORDS("2025-01-01", "2025-09-01"), 1 },
        { "of today", RECORDS("2025-01-01", "2026-03-02"), 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct list missing;

        do_preparation(f, true);
        DO(f, "intake", "supplement.ask", "{'note':'x'}");
        DO(f, "applicant", "document.add", rows[i].json);
        EXPECT_ROW_OK(rows[i].name,
                      completeness_missing(&f->arena, f->state,
                                           f->state->applied_on, &missing));
        EXPECT_ROW(rows[i].name, missing.n == rows[i].missing);
        if (missing.n == 1)
            EXPECT_ROW(rows[i].name,
                       ((const struct missing *)missing.p)->why == LACK_PERIOD);
    }
}

/* Records of the last six months, but for one month at the end in which they
 * were put together: docs/decisions/evidence-of-a-period.md. [M9] */
TEST(records_that_must_show_the_whole_period_are_checked_at_both_ends)
{
    static const struct {
        const char *name;
        const char *json;
        bool met;
        enum lack why;
    } rows[] = {
        { "both ends to the day", RECORDS("2025-09-02", "2026-02-02"), true,
          LACK_MISSING },
        { "ends a day too early", RECORDS("2025-09-02", "2026-02-01"), false,
          LACK_PERIOD },
        { "begins a day too late", RECORDS("2025-09-03", "2026-02-02"), false,
          LACK_SHORT },
        { "longer than asked for", RECORDS("2024-01-01", "2026-03-02"), true,
          LACK_MISSING },
        { "of one day", RECORDS("2026-03-02", "2026-03-02"), false,
          LACK_SHORT },
        { "long enough, but long ago", RECORDS("2024-01-01", "2025-09-02"),
          false, LACK_PERIOD },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("period: 6m", "period: 6m, whole: 1m");
        struct list missing;

        do_preparation(f, true);
        DO(f, "intake", "supplement.ask", "{'note':'x'}");
        DO(f, "applicant", "document.add", rows[i].json);
        EXPECT_ROW_OK(rows[i].name,
                      completeness_missing(&f->arena, f->state,
                                           f->state->applied_on, &missing));
        EXPECT_ROW(rows[i].name, (missing.n == 0) == rows[i].met);
        if (missing.n == 1)
            EXPECT_ROW(rows[i].name, ((const struct missing *)missing.p)->why ==
                                         (int)rows[i].why);
    }
}

/* [M6] lets an enterprise of three months apply; it has no older records. */
TEST(an_enterprise_younger_than_the_period_shows_records_since_it_began)
{
    static const struct {
        const char *name;
        const char *json;
        bool met;
    } rows[] = {
        { "since it began", RECORDS("2025-11-15", "2026-02-28"), true },
        { "since before", RECORDS("2025-11-14", "2026-02-28"), true },
        { "since the day after", RECORDS("2025-11-16", "2026-02-28"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("period: 6m", "period: 6m, whole: 1m");
        enum lack why = LACK_MISSING;

        f->enterprise.registered = on("2025-11-15");
        do_preparation(f, true);
        DO(f, "intake", "supplement.ask", "{'note':'x'}");
        DO(f, "applicant", "document.add", rows[i].json);
        EXPECT_ROW(rows[i].name,
                   state_requirement_met(f->state, 2, f->state->applied_on,
                                         &why) == rows[i].met);
        EXPECT_ROW(rows[i].name, rows[i].met || why == LACK_SHORT);
    }
}

/* [M12] three to five working days, over a weekend and over a holiday. */
TEST(the_check_is_due_in_working_days)
{
    static const struct {
        const char *today;
        const char *due;
    } rows[] = {
        { "2026-03-02", "2026-03-09" }, /* Monday to Monday */
        { "2026-03-06", "2026-03-13" }, /* Friday */
        { "2026-02-13", "2026-02-27" }, /* a working Saturday, then a feast */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        prepare_case(f);
        set_today(f, rows[i].today);
        f->state->requirements[2].document = NULL;
        DO(f, "applicant", "application.submit",
           "{'scope':'服务','staff':2,'service_staff':1,"
           "'sites':[{'name':'a','place':'p','kind':'hq'}]}");
        EXPECT_ROW(rows[i].today, f->state->due == on(rows[i].due));
        EXPECT_ROW(rows[i].today, !f->state->due_provisional);
    }
}

/* [M12] Every item, each with what is wrong with it, in the package's order. */
TEST(a_supplement_notice_says_why_of_each_item)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("period: 6m", "period: 6m, whole: 1m");
    struct json *j = NULL;
    struct buf b;
    str text;

    do_preparation(f, false);
    DO(f, "intake", "supplement.ask", "{'note':'请补'}");

    const struct missing *missing = f->state->supplement->missing.p;
    EXPECT(f->state->supplement->missing.n == 2);
    EXPECT_STR(missing[0].requirement, S("licence"));
    EXPECT(missing[0].why == LACK_MISSING);
    EXPECT_STR(missing[1].requirement, S("records"));
    EXPECT(missing[1].why == LACK_SHORT);
    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, READER_BODY, &j));
    buf_init(&b, &f->arena, 100000);
    json_canonical(&b, json_get(j, S("supplement")));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_STR(text,
               S("{\"missing\":[{\"label\":{\"en\":\"Licence\","
                 "\"zh\":\"执照\"},\"requirement\":\"licence\","
                 "\"why\":\"missing\"},{\"label\":{\"en\":\"Records\","
                 "\"zh\":\"记录\"},\"requirement\":\"records\","
                 "\"why\":\"short\"}],\"note\":\"请补\","
                 "\"until\":\"2026-04-01\",\"until_provisional\":false}"));
}

TEST(a_document_that_is_not_required_is_never_missing)
{
    FIXTURE(f);
    enum lack why;

    go_to(f, STAGE_COMPLETENESS);
    EXPECT(state_requirement_met(f->state, 3, f->state->applied_on, &why));
}

/* [条例 9]: a body works only in its approved fields. */
TEST(an_application_outside_the_body_s_fields_is_not_accepted)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    f->fields[0] = S("SC22");
    NO(f, "intake", "application.accept", "{}", ERR_REFUSED,
       "completeness.field");
    DO(f, "intake", "application.decline", "{'reasons':'领域未获批准'}");
    EXPECT(f->state->stage == STAGE_ENDED);
    EXPECT(f->state->ending == ENDING_DECLINED);
    EXPECT(f->state->waiting == WAITING_NOBODY);
    EXPECT(f->state->due == DAY_NEVER);
}

TEST(declining_needs_reasons)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    NO(f, "intake", "application.decline", "{}", ERR_INVALID, "record.missing");
    NO(f, "intake", "application.decline", "{'reasons':''}", ERR_INVALID,
       "record.length");
}

/* A package without a limit for the check sets none. */
TEST(a_check_without_limit_is_never_due)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("after: preparation, limit: 5wd", "after: preparation");

    do_preparation(f, true);
    EXPECT(f->state->due == DAY_NEVER);
    DO(f, "intake", "supplement.ask", "{'note':'x'}");
    DO(f, "applicant", "application.resubmit", "{}");
    EXPECT(f->state->due == DAY_NEVER);
}

/* A deadline beyond the official calendar is provisional (base/day.h [DY4]). */
TEST(a_limit_beyond_the_calendar_is_provisional)
{
    FIXTURE(f);

    set_today(f, "2028-03-01");
    do_preparation(f, true);
    EXPECT(f->state->due == on("2028-03-08"));
    EXPECT(f->state->due_provisional);
}
