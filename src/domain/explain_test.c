#include "domain/explain.h"

#include "base/size.h"
#include "base/test.h"
#include "domain/answers.h"
#include "domain/test_fixture.h"
#include "domain/test_package_files.h"

enum { MEGABYTE = 1 << 20, ARENA_BYTES = 256 << 20 };

/* Leaves 1.1 (20.5), 1.2 (39.5, sampled) and 2 (40, excludable); one from 80
 * with a gate on satisfaction, two from 90.5 with two gates. */
static struct scheme *load_base(struct arena *a)
{
    struct package_file file = {
        S("scheme.yaml"),
        read_source_file(a, "src/scheme/refused/base.yaml"),
    };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

static struct explanation explained(struct arena *a, const struct scheme *s,
                                    str answers, int32_t wish)
{
    struct assessment in = { 0 };
    struct problem *problems;
    struct explanation out = { 0 };

    EXPECT_OK(answers_read(a, s, S("a.yaml"), answers, &in, &problems));
    EXPECT_OK(explain(a, s, &in, wish, &out));
    return out;
}

/* [EX1] */
TEST(every_point_lost_names_its_indicator_and_answer)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e =
        explained(&a, s,
                  S("answers:\n"
                    "  - {indicator: '1.1', result: not_met}\n"
                    "  - {indicator: '1.2', result: sampled, k: 5, n: 6}\n"),
                  -1);

    EXPECT(e.loss_count == 3);
    EXPECT(e.losses[0].leaf == 0 && e.losses[0].points == 20500);
    EXPECT(e.losses[0].given.kind == ANSWER_NOT_MET);
    EXPECT(e.losses[1].leaf == 1 && e.losses[1].points == 6584); /* 39.5/6 */
    EXPECT(e.losses[1].worth == 6583);
    EXPECT(e.losses[1].given.k == 5 && e.losses[1].given.n == 6);
    EXPECT(e.losses[2].given.kind == ANSWER_NONE);
    EXPECT(e.losses[2].points == 40000);
}

TEST(nothing_lost_is_nothing_to_explain)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e =
        explained(&a, s,
                  S("all_met: true\n"
                    "answers: [{indicator: '2', result: na, reason: x}]\n"
                    "figures: [{figure: satisfaction, k: 1, n: 1},\n"
                    "  {figure: speed, k: 1, n: 1}]\n"),
                  -1);

    EXPECT(e.loss_count == 0 && e.score.level == 1);
    EXPECT(e.gap.level == -1);
    EXPECT(e.deducted == 0 && e.added == 0);
}

/* What does not apply makes the rest weigh more: 20.5 of 60 are 34.166. */
TEST(worth_is_counted_in_points_of_the_score)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e =
        explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "  - {indicator: '2', result: na, reason: x}\n"
                    "  - {indicator: '1.1', result: not_met}\n"),
                  -1);

    EXPECT(e.loss_count == 1 && e.losses[0].worth == 34166);
    EXPECT(e.score.shown == 6583);
    EXPECT(e.gap.level == 0 && e.gap.missing == 14167); /* 80 - 65.8333 */
    EXPECT(e.gap.closable && e.gap.step_count == 1 && e.gap.steps[0] == 0);
}

/* [EX3] */
TEST(gates_and_deductions_are_named_apart)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e = explained(&a, s,
                                     S("all_met: true\n"
                                       "deductions: 3\nbonus: true\n"),
                                     1);

    EXPECT(e.deducted == 3000 && e.added == 500);
    EXPECT(e.score.shown == 9750);
    EXPECT(e.gap.level == 1 && e.gap.missing == 0 && e.gap.step_count == 0);
    EXPECT(e.gap.closable && e.gap.blocked == 2);
}

/* Of a level's two gates one is met. */
TEST(a_gate_that_is_met_does_not_block)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e =
        explained(&a, s,
                  S("all_met: true\n"
                    "figures: [{figure: satisfaction, k: 9, n: 10}]\n"),
                  1);

    EXPECT(e.gap.level == 1 && e.gap.blocked == 1);
}

TEST(what_fails_by_specials_no_indicator_mends)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e =
        explained(&a, s, S("all_met: true\ndeductions: 5\n"), 0);

    EXPECT(e.score.failed_by_specials && e.gap.missing == 0);
    EXPECT(!e.gap.closable && e.gap.step_count == 0);

    /* 100 - 21 is below 80 whatever else is met. */
    e = explained(&a, s, S("deductions: 21\n"), 0);
    EXPECT(!e.gap.closable && e.gap.step_count == 0);
    EXPECT(e.gap.missing == 80000);
}

TEST(a_level_that_is_reached_takes_no_step)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct explanation e = explained(&a, s,
                                     S("all_met: true\n"
                                       "answers: [{indicator: '1.1', "
                                       "result: met}]\n"),
                                     0);

    EXPECT(e.gap.level == 0 && e.gap.step_count == 0 && e.gap.missing == 0);
    EXPECT(e.gap.closable);
}

/* --- steps [EX2] ------------------------------------------------------ */

static bool takes(const struct explanation *e, size_t step, str leaf,
                  const struct scheme *s)
{
    return step < e->gap.step_count &&
           str_eq(scheme_leaf_at(s, e->losses[e->gap.steps[step]].leaf)->id,
                  leaf);
}

TEST(as_few_steps_as_will_do_and_the_last_as_small_as_will_do)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);

    /* 100 - 20.5 - 3.95 = 75.55; 80 lacks 4.45: only 1.1 will do. */
    struct explanation e =
        explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "  - {indicator: '1.1', result: not_met}\n"
                    "  - {indicator: '1.2', result: sampled, k: 9, n: 10}\n"),
                  0);
    EXPECT(e.gap.missing == 4450 && e.gap.step_count == 1);
    EXPECT(takes(&e, 0, S("1.1"), s));

    /* 100 - 40 - 20.5 = 39.5: both for 80. */
    e = explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "  - {indicator: '1.1', result: not_met}\n"
                    "  - {indicator: '2', result: not_met}\n"),
                  0);
    EXPECT(e.gap.missing == 40500 && e.gap.step_count == 2);
    EXPECT(takes(&e, 0, S("2"), s) && takes(&e, 1, S("1.1"), s));

    /* 79.3416 lacks what 1.2 has lost: it is enough, though 1.1 has lost
     * more. */
    e = explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "  - {indicator: '1.1', result: not_met}\n"
                    "  - {indicator: '1.2', result: sampled, k: 59, n: 60}\n"
                    "bonus: true\n"),
                  0);
    EXPECT(e.score.shown == 7934 && e.gap.missing == 659);
    EXPECT(e.gap.step_count == 1 && takes(&e, 0, S("1.2"), s));

    /* Without the bonus it is half a point too little. */
    e = explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "  - {indicator: '1.1', result: not_met}\n"
                    "  - {indicator: '1.2', result: sampled, k: 59, n: 60}\n"),
                  0);
    EXPECT(e.score.shown == 7884 && e.gap.missing == 1159);
    EXPECT(e.gap.step_count == 1 && takes(&e, 0, S("1.1"), s));
}

static void draw_answers(struct test_random *r, const struct scheme *s,
                         struct answer *answers)
{
    for (size_t i = 0; i < s->leaf_count; i++) {
        int32_t n = 1 + (int32_t)test_random_below(r, SAMPLE_MAX);
        int32_t k = (int32_t)test_random_below(r, (uint64_t)n + 1);
        bool sampled = scheme_leaf_at(s, (int32_t)i)->kind == LEAF_SAMPLED;

        answers[i] = (struct answer){ .kind = ANSWER_MET };
        if (test_random_below(r, 3) > 0)
            continue;
        answers[i] = sampled ? (struct answer){ ANSWER_SAMPLED, k, n }
                             : (struct answer){ .kind = ANSWER_NOT_MET };
    }
}

static int32_t level_with(const struct scheme *s, const struct assessment *in,
                          const struct explanation *e, size_t but)
{
    struct answer answers[LEAF_MAX];
    struct assessment changed = *in;
    struct score score;

    for (size_t i = 0; i < s->leaf_count; i++)
        answers[i] = in->answers[i];
    for (size_t i = 0; i < e->gap.step_count; i++) {
        if (i != but)
            answers[e->losses[e->gap.steps[i]].leaf].kind = ANSWER_MET;
    }
    changed.answers = answers;
    score_compute(s, &changed, &score);
    return score.level_by_score;
}

/* [property] [EX2] on a real scheme: the steps reach the level, and none of
 * them can be spared. */
TEST(no_step_can_be_spared)
{
    TEST_ARENA(a, (size_t)ARENA_BYTES * 4);
    struct test_random r = { TEST_SEED };
    const struct scheme *s = load_source_scheme(&a, "five-star");
    struct answer answers[LEAF_MAX] = { 0 };
    struct ratio figures[FIGURE_MAX] = { 0 };
    struct assessment in = { .answers = answers, .figures = figures };

    for (int round = 0; s != NULL && round < 100; round++) {
        int32_t wish = (int32_t)test_random_below(&r, s->level_count);
        struct explanation e = { 0 };

        draw_answers(&r, s, answers);
        EXPECT_OK(explain(&a, s, &in, wish, &e));
        EXPECT(e.gap.closable);
        EXPECT(level_with(s, &in, &e, SIZE_MAX) >= wish);
        for (size_t i = 0; i < e.gap.step_count; i++)
            EXPECT(level_with(s, &in, &e, i) < wish);
    }
}

TEST(clauses_lack_every_one_that_is_not_met)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct scheme *s = load_base(&a);

    s->method = METHOD_CLAUSES;
    s->level_count = 1;
    s->levels = &(struct level){ .id = S("one") };
    struct explanation e =
        explained(&a, s, S("answers: [{indicator: '1.1', result: met}]"), -1);
    EXPECT(e.loss_count == 2 && e.gap.level == 0 && e.gap.missing == 0);
    EXPECT(e.gap.closable && e.gap.step_count == 2);
}

static err explain_once(struct heap *h, void *context)
{
    static const struct answer answers[LEAF_MAX];
    static const struct ratio figures[FIGURE_MAX];
    struct assessment in = { .answers = answers, .figures = figures };
    scoped(arena_end) struct arena a;
    struct explanation out;

    arena_init(&a, h, MEGABYTE);
    return explain(&a, context, &in, -1, &out);
}

TEST(every_failed_allocation_of_an_explanation_is_reported)
{
    TEST_ARENA(a, ARENA_BYTES);

    EXPECT(test_every_allocation_fails(explain_once, NULL, load_base(&a)) > 0);
}

/* --- which costs more --------------------------------------------------- */

static const struct scheme *load_mini(struct arena *a)
{
    return test_scheme_from(a, test_scheme_text(a));
}

/* Half of a sample of two is half of its points, on either side. */
TEST(a_part_of_a_sample_costs_a_part_of_its_points)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *base = load_base(&a);
    struct explanation e =
        explained(&a, base,
                  S("all_met: true\n"
                    "answers:\n"
                    "- {indicator: '1.1', result: not_met}\n" /* 20.5 */
                    "- {indicator: '1.2', result: sampled, k: 1, n: 2}\n"),
                  0); /* 19.75; 20.25 are missing */
    EXPECT(e.gap.step_count == 1 && takes(&e, 0, S("1.1"), base));

    const struct scheme *mini = load_mini(&a);
    e = explained(&a, mini,
                  S("all_met: true\n"
                    "answers:\n"
                    "- {indicator: '1.2', result: sampled, k: 1, n: 2}\n"
                    "- {indicator: '2.1', result: not_met}\n"   /* 15 */
                    "- {indicator: '3.1', result: not_met}\n"), /* 10 */
                  0); /* 15 are missing */
    EXPECT(e.gap.step_count == 1 && takes(&e, 0, S("2.1"), mini));
}

TEST(on_a_par_the_order_of_the_tree_decides)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_mini(&a);
    struct explanation e =
        explained(&a, s,
                  S("all_met: true\n"
                    "answers:\n"
                    "- {indicator: '1.1', result: not_met}\n"
                    "- {indicator: '2.2', result: sampled, k: 0, n: 10}\n"),
                  1); /* 20 each, and 35 are missing */

    EXPECT(e.gap.step_count == 2);
    EXPECT(takes(&e, 0, S("1.1"), s) && takes(&e, 1, S("2.2"), s));
}
