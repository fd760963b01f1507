/* Stage 7: the report and its acknowledgement. [M18] [M19] [17065 7.4.9] */

#include "domain/test_fixture.h"

#define REPORT "{'recommended':true,'summary':'报告'}"
#define REPORT_BY(day)                                                         \
    "{'recommended':true,'summary':'报告','correct_until':'" day "'}"

/* An audit with nonconformities of these grades, on 2026-03-16. */
static void audit_with(struct fixture *f, const char *grade)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    if (strcmp(grade, "minor") == 0)
        DO(f, "lead", "nonconformity.raise",
           "{'indicator':'1.1','grade':'minor','text':'x'}");
    if (strcmp(grade, "major") == 0)
        DO(f, "lead", "nonconformity.raise",
           "{'indicator':'1.1','grade':'major','text':'x'}");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'3.2','grade':'observation','text':'x'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
}

/* [M18] minor: 15 to 30 days; [RP2] major likewise. */
TEST(corrections_get_a_day_within_the_package_s_bounds)
{
    static const struct attempt rows[] = {
        { "no day", "lead", "report.issue", REPORT, ERR_REFUSED,
          "report.correct_until" },
        { "14 days", "lead", "report.issue", REPORT_BY("2026-03-30"),
          ERR_REFUSED, "report.correct_until" },
        { "15 days", "lead", "report.issue", REPORT_BY("2026-03-31"), ALLOWED },
        { "30 days", "lead", "report.issue", REPORT_BY("2026-04-15"), ALLOWED },
        { "31 days", "lead", "report.issue", REPORT_BY("2026-04-16"),
          ERR_REFUSED, "report.correct_until" },
        { "a member does not issue it", "auditor", "report.issue",
          REPORT_BY("2026-04-15"), ERR_DENIED, "rights.lead" },
    };
    static const char *const grades[] = { "minor", "major" };

    for (size_t i = 0; i < COUNT(grades); i++) {
        FIXTURE(f);

        audit_with(f, grades[i]);
        ATTEMPTS(f, rows);
    }
}

TEST(where_nothing_is_to_be_corrected_no_day_is_given)
{
    FIXTURE(f);

    audit_with(f, "observation");
    NO(f, "lead", "report.issue", REPORT_BY("2026-04-15"), ERR_INVALID,
       "report.nothing_to_correct");
    NO(f, "applicant", "report.acknowledge", "{}", ERR_REFUSED, "report.none");
    DO(f, "lead", "report.issue", REPORT);
    NO(f, "lead", "report.issue", REPORT, ERR_REFUSED, "report.issued_already");
    EXPECT(f->state->report->minor == 0 && f->state->report->major == 0);
    DO(f, "applicant", "report.acknowledge", "{}");
    EXPECT(f->state->stage == STAGE_DECISION);
}

/* [17065 7.4.9] [RP1] [M19]: 1.1 (20 points) is lost of the 80 that apply. */
TEST(score_and_level_are_worked_out_from_the_findings)
{
    FIXTURE(f);

    audit_with(f, "minor");
    DO(f, "lead", "report.issue", REPORT_BY("2026-04-15"));
    EXPECT(f->state->report->shown == 7500);
    EXPECT_STR(f->state->report->level, S("")); /* 80 would be three stars */
    EXPECT(f->state->report->minor == 1);
    DO(f, "applicant", "report.acknowledge", "{}");
    EXPECT(f->state->stage == STAGE_CORRECTION);
}

/* 80 of 100 points, exactly the threshold of the lowest level. */
TEST(the_lowest_level_is_a_level)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'sampled','k':10,'n':10}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue", REPORT);
    EXPECT(f->state->report->shown == 8000);
    EXPECT_STR(f->state->report->level, S("three"));
}
