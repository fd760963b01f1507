/* Who may be chosen for a part in a case. [CC1] [CC2] [17065 4.2] [17065 6.1]
 */

#include "service/case_candidates.h"

#include "domain/actor.h"
#include "service/service_test_env.h"

static struct list found(struct office *o, const char *login, str ref,
                         enum case_part part)
{
    struct case_file file = office_read(o, ref);
    const struct candidate_wish wish = { &file, office_today(o), part };
    struct list out = { 0 };

    EXPECT_OK(
        case_candidates(o->app, &o->arena, office_as(o, login), &wish, &out));
    return out;
}

static const struct candidate *one(const struct list *all, const char *login)
{
    const struct candidate *c = all->p;

    for (size_t i = 0; i < all->n; i++) {
        if (str_eq(c[i].login, str_of(login)))
            return &c[i];
    }
    return NULL;
}

/* [CC1] Of each part those who have its role; an auditor whom the register does
 * not know as one is none, and who works for an enterprise is nobody's. */
ONE_STORE_TEST(for_each_part_those_are_named_who_may_take_it, true)
{
    static const struct {
        const char *login;
        enum case_part part;
        bool may;
    } rows[] = {
        { "auditor1", PART_LEADS, true },
        { "auditor1", PART_AUDITS, true },
        { "auditor1", PART_VOTES, false },
        { "plain", PART_AUDITS, false },
        { "insider", PART_AUDITS, false },
        { "insider", PART_VOTES, false },
        { "insider", PART_HEARS, false },
        { "reviewer", PART_VOTES, true },
        { "reviewer", PART_LEADS, false },
        { "finance", PART_VOTES, false },
        { "finance", PART_ANSWERS, true },
        { "newcomer", PART_ANSWERS, false },
        { "authority", PART_ANSWERS, false },
        { "appeal", PART_HEARS, true },
        { "expert", PART_LEADS, false },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(office_hire(&o, "plain", ROLE_BIT(ROLE_AUDITOR), (id){ 0 }));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list all = found(&o, "planner", ref, rows[i].part);

        EXPECT_ROW(rows[i].login,
                   (one(&all, rows[i].login) != NULL) == rows[i].may);
    }
}

/* [CC1] Who evaluated it votes on no panel about it, and who had any part in it
 * hears nothing about it. */
ONE_STORE_TEST(who_had_a_part_is_not_named_for_one_that_judges_it, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    const struct state *s = office_read(&o, ref).state;
    struct list votes = found(&o, "planner", ref, PART_VOTES);
    struct list answers = found(&o, "quality", ref, PART_ANSWERS);
    const struct candidate *c = votes.p;

    for (size_t i = 0; i < votes.n; i++)
        EXPECT(!state_is_evaluator(s, c[i].person));
    c = answers.p;
    EXPECT(answers.n > 0);
    for (size_t i = 0; i < answers.n; i++)
        EXPECT(!state_is_involved(s, c[i].person));
    EXPECT(one(&answers, "reviewer") == NULL);
}

/* The days of another case stand beside the name; those of this one do not. */
ONE_STORE_TEST(who_is_planned_for_elsewhere_says_until_when, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str other = office_case_of(&o, "rival");

    office_go_to(&o, other, STAGE_PLAN);
    office_go_to(&o, ref, STAGE_AUDIT);
    const struct plan *p = office_read(&o, ref).state->plan;
    const struct team_member *m = p->team.p;
    struct list all = found(&o, "planner", other, PART_AUDITS);
    const struct candidate *c = all.p;
    size_t busy = 0;

    for (size_t i = 0; i < all.n; i++) {
        if (!id_eq(c[i].person, m[0].person))
            continue;
        busy++;
        EXPECT(c[i].from == p->from && c[i].to == p->to);
    }
    EXPECT(busy == 1);
    all = found(&o, "planner", ref, PART_AUDITS);
    c = all.p;
    for (size_t i = 0; i < all.n; i++)
        EXPECT(c[i].from == DAY_NEVER);
}

/* [CC2] */
ONE_STORE_TEST(the_enterprise_is_named_nobody, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT(found(&o, "newcomer", ref, PART_AUDITS).n == 0);
    EXPECT(found(&o, "planner", ref, PART_AUDITS).n > 0);
}
