/* How an enterprise fares from audit to audit. [M22] [M27] */

#include "domain/trend.h"

#include "domain/test_fixture.h"

static struct trend trend_of(struct fixture *f)
{
    struct event_list journal = fixture_journal(f);
    struct trend t = { 0 };

    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2026-0001"), &journal, &t));
    return t;
}

TEST(a_case_without_a_report_has_no_points)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    EXPECT(trend_of(f).count == 0);
}

/* [TD1] The first audit, corrected; then a surveillance. */
TEST(each_reported_audit_is_a_point_as_it_stood_at_last)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    struct trend t = trend_of(f);
    EXPECT(t.count == 1 && t.points[0].shown == 7500);
    EXPECT(t.points[0].on == on("2026-03-16") && t.points[0].level == -1);
    EXPECT(t.points[0].minor == 1 && t.points[0].major == 0);
    EXPECT(t.points[0].sample.k == 5 && t.points[0].sample.n == 5);

    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    t = trend_of(f);
    EXPECT(t.count == 1 && t.points[0].shown == 10000 &&
           t.points[0].level == 1);

    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    pass_days(f, 340);
    do_round_plan(f);
    EXPECT(trend_of(f).count == 1);
    do_round_audit(f);
    do_round_report(f);
    t = trend_of(f);
    EXPECT(t.count == 2 && t.points[1].round == ROUND_SURVEILLANCE);
    EXPECT(t.points[0].round == ROUND_INITIAL);
    EXPECT(t.points[1].figures[0].k == 95 && t.points[0].figures[0].k == 93);
    EXPECT(t.points[1].on == f->facts.today);
    EXPECT_STR(t.points[1].case_number, S("C2026-0001"));
}

/* The points of another case stand before, untouched. */
TEST(cases_are_put_one_after_the_other)
{
    FIXTURE(f);
    struct event_list first = { 0 };
    struct event_list second = { 0 };
    struct trend t = { 0 };

    go_to(f, STAGE_DECISION);
    first = fixture_journal(f);
    second = fixture_journal(f);
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2025-0007"), &first, &t));
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2026-0001"), &second, &t));
    EXPECT(t.count == 2);
    EXPECT_STR(t.points[0].case_number, S("C2025-0007"));
    EXPECT_STR(t.points[1].case_number, S("C2026-0001"));
}

/* A case that came later may have been audited earlier. */
TEST(points_stand_in_time)
{
    FIXTURE(f);
    struct event_list journal = { 0 };
    struct trend t = { 0 };

    go_to(f, STAGE_UPKEEP);
    pass_days(f, 340);
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    journal = fixture_journal(f);
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("B"), &journal, &t));
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("A"), &journal, &t));
    EXPECT(t.count == 4);
    for (size_t i = 0; i < t.count; i++) {
        EXPECT_STR(t.points[i].case_number, i % 2 == 0 ? S("B") : S("A"));
        EXPECT(t.points[i].round ==
               (i < 2 ? ROUND_INITIAL : ROUND_SURVEILLANCE));
    }
}

/* --- comparing [TD2] ------------------------------------------------------ */

TEST(what_became_better_and_worse_is_told_by_clause)
{
    static const struct {
        const char *name;
        struct answer before;
        struct answer after;
        int change;
    } rows[] = {
        { "met after all",
          { .kind = ANSWER_NOT_MET },
          { .kind = ANSWER_MET },
          1 },
        { "no longer met",
          { .kind = ANSWER_MET },
          { .kind = ANSWER_NOT_MET },
          -1 },
        { "as it was", { .kind = ANSWER_MET }, { .kind = ANSWER_MET }, 0 },
        { "a hair better",
          { ANSWER_SAMPLED, 28, 29 },
          { ANSWER_SAMPLED, 29, 30 },
          1 },
        { "a hair worse",
          { ANSWER_SAMPLED, 29, 30 },
          { ANSWER_SAMPLED, 28, 29 },
          -1 },
        { "the same in other numbers",
          { ANSWER_SAMPLED, 9, 10 },
          { ANSWER_SAMPLED, 18, 20 },
          0 },
        { "all of them is met",
          { ANSWER_SAMPLED, 10, 10 },
          { .kind = ANSWER_MET },
          0 },
        { "did not apply",
          { .kind = ANSWER_NOT_APPLICABLE },
          { .kind = ANSWER_NOT_MET },
          0 },
        { "applies no more",
          { .kind = ANSWER_NOT_MET },
          { .kind = ANSWER_NOT_APPLICABLE },
          0 },
        { "was not judged",
          { .kind = ANSWER_NONE },
          { .kind = ANSWER_MET },
          0 },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct answer before[LEAF_MAX] = { 0 };
        struct answer after[LEAF_MAX] = { 0 };
        struct trend_point older = { .scheme = f->scheme, .answers = before };
        struct trend_point newer = { .scheme = f->scheme, .answers = after };
        struct trend_change c = { 0 };

        before[3] = rows[i].before;
        after[3] = rows[i].after;
        EXPECT_ROW_OK(rows[i].name,
                      trend_compare(&f->arena, &older, &newer, &c));
        EXPECT_ROW(rows[i].name, c.better_count == (rows[i].change > 0));
        EXPECT_ROW(rows[i].name, c.worse_count == (rows[i].change < 0));
        EXPECT_ROW(rows[i].name, rows[i].change <= 0 || c.better[0] == 3);
        EXPECT_ROW(rows[i].name, rows[i].change >= 0 || c.worse[0] == 3);
    }
}

/* The old version called 3.1 otherwise. */
TEST(another_version_of_the_package_is_compared_by_clause_numbers)
{
    FIXTURE(f);
    const struct scheme *other =
        test_scheme_from(&f->arena,
                         test_scheme_with(&f->arena,
                                          "      - id: \"3.1\"\n"
                                          "        label: { zh: 热线",
                                          "      - id: \"3.0\"\n"
                                          "        label: { zh: 热线"));
    struct answer before[LEAF_MAX] = { 0 };
    struct answer after[LEAF_MAX] = { 0 };
    struct trend_point older = { .scheme = other, .answers = before };
    struct trend_point newer = { .scheme = f->scheme, .answers = after };
    struct trend_change c = { 0 };

    for (size_t i = 0; i < f->scheme->leaf_count; i++) {
        before[i] = (struct answer){ .kind = ANSWER_NOT_MET };
        after[i] = (struct answer){ .kind = ANSWER_MET };
    }
    EXPECT_OK(trend_compare(&f->arena, &older, &newer, &c));
    EXPECT(c.better_count == 5 && c.worse_count == 0);
    EXPECT(c.better[4] == 5); /* 3.1, the fifth leaf, is new */
}

struct tracing {
    struct fixture *f;
    struct event_list journal;
};

static err trace_once(struct heap *h, void *context)
{
    struct tracing *x = context;
    scoped(arena_end) struct arena a;
    struct trend t = { 0 };

    arena_init(&a, h, 16 << 20);
    return trend_add(&a, x->f->scheme, S("C2026-0001"), &x->journal, &t);
}

TEST(every_failed_allocation_of_a_trend_is_reported)
{
    FIXTURE(f);
    struct tracing x = { f, { 0 } };

    go_to(f, STAGE_DECISION);
    x.journal = fixture_journal(f);
    EXPECT(test_every_allocation_fails(trace_once, NULL, &x) > 0);
}

TEST(a_package_of_one_figure_has_a_trend_of_it)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    f->scheme->figure_count = 1;
    EXPECT(trend_of(f).points[0].figures[0].k == 93);
}

/* Even before the first there is. */
TEST(an_earlier_audit_goes_before_a_later_one)
{
    FIXTURE(f);
    struct trend_point later = { .scheme = f->scheme,
                                 .case_number = S("C2026-0009"),
                                 .on = on("2030-01-01") };
    struct trend t = { &later, 1 };
    struct event_list journal;

    go_to(f, STAGE_CORRECTION);
    journal = fixture_journal(f);
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2026-0001"), &journal, &t));
    EXPECT(t.count == 2);
    EXPECT_STR(t.points[0].case_number, S("C2026-0001"));
    EXPECT_STR(t.points[1].case_number, S("C2026-0009"));
}
