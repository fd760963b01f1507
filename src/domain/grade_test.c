/* What is raised in a site audit, by its grade: major, minor, observation,
 * opportunity for improvement. [M18] [M26] */

#include "domain/test_fixture.h"

#include "domain/events.h"

#include <stdio.h>

/* A case whose site audit raised one of this grade about 1.1, reported. */
static void report_one(struct fixture *f, const char *grade, bool corrected)
{
    char json[200];

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    (void)snprintf(json, sizeof json,
                   "{'indicator':'1.1','grade':'%s','text':'职责不清'}", grade);
    DO(f, "auditor", "nonconformity.raise", json);
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       corrected ? "{'recommended':true,'summary':'报告',"
                   "'correct_until':'2026-04-05'}"
                 : "{'recommended':true,'summary':'报告'}");
}

TEST(only_minor_and_major_ones_are_corrected)
{
    static const struct {
        const char *grade;
        int64_t counts[4]; /* minor, major, observations, opportunities */
        enum stage next;
        bool corrected;
    } rows[] = {
        { "minor", { 1, 0, 0, 0 }, STAGE_CORRECTION, true },
        { "major", { 0, 1, 0, 0 }, STAGE_CORRECTION, true },
        { "observation", { 0, 0, 1, 0 }, STAGE_DECISION, false },
        { "opportunity", { 0, 0, 0, 1 }, STAGE_DECISION, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        report_one(f, rows[i].grade, rows[i].corrected);
        const struct report *r = f->state->report;
        EXPECT_ROW(rows[i].grade, r->minor == rows[i].counts[0]);
        EXPECT_ROW(rows[i].grade, r->major == rows[i].counts[1]);
        EXPECT_ROW(rows[i].grade, r->observations == rows[i].counts[2]);
        EXPECT_ROW(rows[i].grade, r->opportunities == rows[i].counts[3]);
        EXPECT_ROW(rows[i].grade, state_open_nonconformities(f->state) ==
                                      (rows[i].corrected ? 1 : 0));
        DO(f, "applicant", "report.acknowledge", "{}");
        EXPECT_ROW(rows[i].grade, f->state->stage == rows[i].next);
    }
}

/* An opportunity is nobody's to correct, and restores no points. */
TEST(an_opportunity_is_not_corrected_and_restores_nothing)
{
    static const struct attempt rows[] = {
        { "the minor one", "applicant", "correction.submit",
          "{'number':1,'cause':'c','action':'a','evidence':['e']}", ALLOWED },
        { "the opportunity", "applicant", "correction.submit",
          "{'number':2,'cause':'c','action':'a','evidence':['e']}", ERR_REFUSED,
          "correction.observation" },
    };
    struct score before = { 0 };
    struct score after = { 0 };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "finding.record",
       "{'indicator':'3.2','result':'not_met','evidence':['e'],'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'3.2','grade':'minor','text':'x'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'opportunity','text':'可设专人'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-05'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    ATTEMPTS(f, rows);
    state_score(f->state, &before);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    state_score(f->state, &after);
    EXPECT(f->state->stage == STAGE_DECISION);
    EXPECT(before.shown < 7500 && after.shown == 7500); /* 1.1 is lost */
}

/* What was put right at once is told from what keeps it from coming again; the
 * verdict says where it was verified. */
TEST(a_correction_keeps_remedy_action_and_how_it_was_verified)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'分工不清','remedy':'补签职责书',"
       "'action':'每年核对岗位','evidence':['职责书']}");
    DO(f, "auditor", "correction.return", "{'number':1,'note':'缺签字'}");
    EXPECT(!f->state->nonconformities[0].verdict->on_site);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'分工不清','remedy':'补签职责书',"
       "'action':'每年核对岗位','evidence':['职责书','签字页']}");
    DO(f, "auditor", "correction.accept",
       "{'number':1,'note':'现场查看','on_site':true}");

    const struct nonconformity_state *x = &f->state->nonconformities[0];
    EXPECT_STR(x->correction->remedy, S("补签职责书"));
    EXPECT_STR(x->correction->action, S("每年核对岗位"));
    EXPECT(x->verdict->on_site && x->state == CORRECTION_ACCEPTED);
    x = &replayed(f)->nonconformities[0];
    EXPECT_STR(x->correction->remedy, S("补签职责书"));
    EXPECT(x->verdict->on_site);
}
