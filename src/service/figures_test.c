/* The figures of the body, over what stands in its store. [FG1]..[FG3] */

#include "service/figures.h"

#include "service/rebuild.h"
#include "service/service_test_env.h"

static struct figures_wish this_year(const struct office *o)
{
    return (struct figures_wish){ .today = office_today(o),
                                  .scheme = S(""),
                                  .from = 2026 * 4,
                                  .to = 2026 * 4 + 3,
                                  .after = S("") };
}

static struct figures look(struct office *o, const struct figures_wish *wish)
{
    struct figures f = { .load_next = S("") };

    EXPECT_OK(
        figures_read(o->app, &o->arena, office_as(o, "quality"), wish, &f));
    return f;
}

/* [FG1] */
EACH_STORE_TEST(figures_are_read_by_who_answers_for_the_body)
{
    static const struct {
        const char *login;
        bool may;
    } rows[] = {
        { "head", true },     { "quality", true },   { "admin", true },
        { "finance", false }, { "auditor1", false }, { "newcomer", false },
        { "insider", false }, /* of an enterprise, with every role */
    };
    TEST_OFFICE(o, place);
    const struct figures_wish wish = this_year(&o);
    struct figures f;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct session *who = office_as(&o, rows[i].login);
        err e = figures_read(o.app, &o.arena, who, &wish, &f);

        EXPECT_ROW(rows[i].login, figures_open_to(who) == rows[i].may);
        if (rows[i].may)
            EXPECT_ROW_OK(rows[i].login, e);
        else
            EXPECT_ROW_ERR(rows[i].login, e, ERR_DENIED, "figures.read");
    }
}

/* [FG2] By scheme and period, both sides; and again after a rebuild. */
EACH_STORE_TEST(how_far_cases_came_is_counted_by_scheme_and_quarter)
{
    TEST_OFFICE(o, place);
    struct figures_wish w = this_year(&o);
    struct rebuilt made;
    struct figures f;

    (void)office_case_of(&o, "rival");
    (void)office_certified(&o); /* which takes until the next quarter */
    for (int again = 0; again < 2; again++) {
        f = look(&o, &w);
        EXPECT(f.reached[0][STEP_ENTERED] == 2);
        EXPECT(f.reached[0][STEP_APPLIED] == 1);
        EXPECT(f.reached[0][STEP_CERTIFIED] == 1);
        EXPECT(f.reached[1][STEP_ENTERED] == 0);
        EXPECT(f.outcomes[OUTCOME_IS_CERTIFIED] == 1);
        EXPECT(f.outcomes[OUTCOME_IS_REFUSED] == 0);
        EXPECT(f.first == 2026 * 4);
        EXPECT_OK(rebuild(o.app, &o.arena, &made));
    }
    w.scheme = S("mini");
    EXPECT(look(&o, &w).reached[0][STEP_ENTERED] == 2);
    w.scheme = S("another");
    EXPECT(look(&o, &w).reached[0][STEP_ENTERED] == 0);
    w.scheme = S("\xff");
    EXPECT(look(&o, &w).reached[0][STEP_ENTERED] == 0);
    w = this_year(&o);
    w.from = 2026 * 4 + 1;
    EXPECT(look(&o, &w).reached[0][STEP_ENTERED] == 0);
    w.from = w.to = 2026 * 4;
    EXPECT(look(&o, &w).reached[0][STEP_ENTERED] == 2);
}

/* [FG3] Of stays of 1 to 10 days and one of 99. */
EACH_STORE_TEST(times_are_told_by_their_median_and_ninetieth_percentile)
{
    static const struct {
        const char *why;
        const char *sql;
        int64_t n;
        int32_t median;
        int32_t ninetieth;
    } rows[] = {
        { "one", "INSERT INTO tally VALUES (1, 8104, 'x', 'contract', 7, 1)", 1,
          7, 7 },
        { "of two the shorter",
          "INSERT INTO tally VALUES (1, 8105, 'x', 'contract', 9, 1)", 2, 7,
          9 },
        { "nine in ten",
          "INSERT INTO tally VALUES (1, 8106, 'x', 'contract', 8, 7)", 9, 8,
          9 },
        { "the tenth is beyond it",
          "INSERT INTO tally VALUES (1, 8107, 'x', 'contract', 99, 1)", 10, 8,
          9 },
        { "and the eleventh is not",
          "INSERT INTO tally VALUES (1, 8107, 'y', 'contract', 99, 1)", 11, 8,
          99 },
    };
    TEST_OFFICE(o, place);
    const struct figures_wish w = this_year(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct stage_figure t;

        (void)office_ask(&o, rows[i].sql);
        t = look(&o, &w).times[STAGE_CONTRACT];
        EXPECT_ROW(rows[i].why, t.n == rows[i].n &&
                                    t.median == rows[i].median &&
                                    t.ninetieth == rows[i].ninetieth);
    }
    EXPECT(look(&o, &w).times[STAGE_AUDIT].n == 0);
}

/* What is only to be watched does not put an indicator first. */
EACH_STORE_TEST(indicators_with_the_most_nonconformities_come_first)
{
    TEST_OFFICE(o, place);
    const struct figures_wish w = this_year(&o);
    struct list found;

    (void)office_ask(&o, "INSERT INTO tally VALUES"
                         " (2, 8104, 'x', '1.1', 0, 1),"
                         " (2, 8104, 'x', '1.2', 0, 2),"
                         " (2, 8104, 'x', '1.2', 1, 1),"
                         " (2, 8104, 'x', '1.3', 2, 9)");
    found = look(&o, &w).findings;
    EXPECT(found.n == 3);
    if (found.n != 3)
        return;

    const struct finding_figure *f = found.p;
    EXPECT_STR(f[0].indicator, S("1.2"));
    EXPECT(f[0].n[GRADE_MINOR] == 2 && f[0].n[GRADE_MAJOR] == 1);
    EXPECT_STR(f[1].indicator, S("1.1"));
    EXPECT_STR(f[2].indicator, S("1.3"));
    EXPECT(f[2].n[GRADE_OBSERVATION] == 9);
}

/* Each day of a plan, in its quarter. */
EACH_STORE_TEST(the_load_of_auditors_is_counted_in_both_quarters)
{
    TEST_OFFICE(o, place);
    struct figures_wish w = this_year(&o);
    struct figures f;
    int64_t first = 0;
    int64_t second = 0;

    (void)office_case(&o);
    (void)office_ask(&o, "INSERT INTO booking SELECT c.id, p.id, 20541, 20545"
                         " FROM case_view c, person p"
                         " WHERE p.login = 'auditor1'"); /* Mar 29 .. Apr 2 */
    f = look(&o, &w);
    for (size_t i = 0; i < f.load.n; i++) {
        const struct auditor_load *l =
            (const struct auditor_load *)f.load.p + i;

        EXPECT_ROW(l->login.p, !str_eq(l->login, S("finance")));
        first += l->first;
        second += l->second;
    }
    EXPECT(first == 3 && second == 2);
    w.after = S("auditor1");
    f = look(&o, &w);
    EXPECT(f.load.n > 0 &&
           str_cmp(((const struct auditor_load *)f.load.p)->login,
                   S("auditor1")) > 0);
}
