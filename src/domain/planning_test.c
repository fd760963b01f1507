/* What a planner is told before there is a plan. [PG1] [TE1]..[TE4] [M15] */

#include "base/size.h"
#include "base/test.h"
#include "domain/planning.h"
#include "domain/test_fixture.h"

/* All that speaks against a seat on 16 and 17 March. */
static struct list against(struct fixture *f, const char *login, bool lead)
{
    const struct team_seat seat = {
        person_of(f, login),
        lead,
        on("2026-03-16"),
        on("2026-03-17"),
    };
    struct list out = { 0 };

    EXPECT_OK(team_against(&f->arena, f->state, &f->facts, &seat, &out));
    return out;
}

static bool names(const struct list *found, const char *message)
{
    const err *e = found->p;

    for (size_t i = 0; i < found->n; i++) {
        if (strcmp(e[i].info->id, message) == 0)
            return true;
    }
    return false;
}

TEST(all_that_speaks_against_somebody_is_said_at_once)
{
    FIXTURE(f);
    struct busy busy = { on("2026-03-17"), on("2026-03-20"), S("C2") };
    struct person *p = person_of(f, "tied");

    go_to(f, STAGE_PLAN);
    p->busy = &busy;
    p->busy_count = 1;
    p->qualification.until = on("2026-03-16");
    p->qualification.level = AUDITOR_TRAINEE;
    struct list found = against(f, "tied", true);
    EXPECT(found.n == 4);
    EXPECT(names(&found, "plan.conflict"));
    EXPECT(names(&found, "team.registration_ends"));
    EXPECT(names(&found, "team.trainee"));
    EXPECT(names(&found, "team.busy"));
    found = against(f, "tied", false); /* a trainee may be a member */
    EXPECT(found.n == 3 && !names(&found, "team.trainee"));
}

/* [TE2] Who is no auditor, or is not registered, has no level to be held
 * against. */
TEST(a_level_is_asked_of_a_registered_auditor_who_leads)
{
    static const struct {
        const char *why;
        unsigned roles;
        const char *registration;
        bool trainee;
    } rows[] = {
        { "a registered auditor", ROLE_BIT(ROLE_AUDITOR), "R-1", true },
        { "one who is not registered", ROLE_BIT(ROLE_AUDITOR), "", false },
        { "an expert", ROLE_BIT(ROLE_EXPERT), "R-1", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct person *p = person_of(f, "spare");

        go_to(f, STAGE_PLAN);
        p->roles = rows[i].roles;
        p->qualification.registration = str_of(rows[i].registration);
        p->qualification.level = AUDITOR_TRAINEE;
        struct list found = against(f, "spare", true);
        EXPECT_ROW(rows[i].why,
                   names(&found, "team.trainee") == rows[i].trainee);
    }
}

TEST(nothing_speaks_against_whom_a_plan_lets_in)
{
    static const struct {
        const char *login;
        bool lead;
        const char *id; /* NULL: nothing */
    } rows[] = {
        { "lead", true, NULL },
        { "auditor", false, NULL },
        { "expert", false, NULL },
        { "expert", true, "plan.not_auditor" },
        { "planner", false, "plan.not_auditor" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list found = against(f, rows[i].login, rows[i].lead);

        EXPECT_ROW(rows[i].login, found.n == (rows[i].id != NULL ? 1U : 0U));
        EXPECT_ROW(rows[i].login,
                   rows[i].id == NULL || names(&found, rows[i].id));
    }
}

/* [TE2] [17065 6.1] */
TEST(who_knows_the_field_is_competent)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    EXPECT(team_is_competent(f->state, person_of(f, "lead")));
    person_of(f, "lead")->qualification.field_count = 0;
    EXPECT(!team_is_competent(f->state, person_of(f, "lead")));
}

/* [PL3] What is told is what a plan of these sites is held against. */
TEST(the_time_told_is_the_time_a_plan_needs)
{
    FIXTURE(f);
    struct plan_days days;

    go_to(f, STAGE_PLAN);
    do_plan(f);
    plan_days_of(f->state, &f->state->plan->sites, &days);
    EXPECT(days.table == f->state->plan->table_days);
    EXPECT(days.needed == f->state->plan->needed && days.needed > 0);
    EXPECT(plan_sites_least(f->state) <=
           (int64_t)f->state->application->sites.n);
}
