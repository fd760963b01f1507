#include "domain/next.h"

#include "domain/test_fixture.h"

/* The step of `command`, or NULL. */
static const struct next_step *step_of(struct fixture *f, const char *command)
{
    struct list found = { 0 };

    EXPECT_OK(next_steps(&f->arena, f->state, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct next_step *step = (const struct next_step *)found.p + i;

        if (strcmp(step->right->command, command) == 0)
            return step;
    }
    return NULL;
}

static bool is_now(struct fixture *f, const char *command)
{
    const struct next_step *step = step_of(f, command);

    EXPECT_ROW(command, step != NULL);
    return step != NULL && step->now;
}

TEST(the_work_of_a_stage_is_now_and_what_may_come_up_is_not)
{
    static const struct {
        enum stage stage;
        const char *now;
        const char *later;
    } rows[] = {
        { STAGE_COMPLETENESS, "application.accept", "case.withdraw" },
        { STAGE_CONTRACT, "quote.make", "complaint.record" },
        { STAGE_DOCUMENTS, "document.judge", "payment.record" },
        { STAGE_PLAN, "plan.make", "case.withdraw" },
        { STAGE_AUDIT, "audit.open", "payment.record" },
        { STAGE_REPORT, "report.issue", "complaint.record" },
        { STAGE_DECISION, "decision.grant", "case.withdraw" },
        { STAGE_CERTIFICATE, "certificate.issue", "payment.record" },
        { STAGE_UPKEEP, "round.open", "cancellation.ask" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, rows[i].stage);
        EXPECT_ROW(rows[i].now, is_now(f, rows[i].now));
        EXPECT_ROW(rows[i].later, !is_now(f, rows[i].later));
    }
}

/* A signed contract waits for the prepayment, which may be recorded at many
 * stages. */
TEST(where_nothing_else_is_ready_what_there_is_is_now)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    EXPECT(step_of(f, "payment.record") == NULL);
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'x','kind':'fee','amount':100}],'prepay':3000}");
    EXPECT(is_now(f, "contract.accept"));
    DO(f, "applicant", "contract.accept", "{}");
    EXPECT(is_now(f, "contract.sign"));
    DO(f, "finance", "contract.sign", "{}");
    EXPECT(is_now(f, "payment.record"));
}

TEST(of_a_case_that_is_over_nothing_is_now)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    DO(f, "applicant", "case.withdraw", "{'reasons':'x'}");
    EXPECT(!is_now(f, "complaint.record"));
    EXPECT(step_of(f, "case.withdraw") == NULL);
}

TEST(a_step_names_the_roles_that_count_in_the_case)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT(step_of(f, "document.add")->roles == ROLE_BIT(ROLE_APPLICANT));
    fixture_end(&f);

    f = fixture_new();
    DO(f, "intake", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT(step_of(f, "document.add")->roles ==
           (ROLE_BIT(ROLE_APPLICANT) | ROLE_BIT(ROLE_INTAKE)));
}
