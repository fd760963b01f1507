/* Stage 2: what is missing, the supplement notice, acceptance. [M12] */

#include "domain/test_fixture.h"

#include "domain/completeness.h"

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

/* A deadline beyond the official calendar is provisional (base/day.h [D4]). */
TEST(a_limit_beyond_the_calendar_is_provisional)
{
    FIXTURE(f);

    set_today(f, "2028-03-01");
    do_preparation(f, true);
    EXPECT(f->state->due == on("2028-03-08"));
    EXPECT(f->state->due_provisional);
}
