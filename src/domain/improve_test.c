/* What costs points, and which measure would win most. [M26] */

#include "domain/improve.h"

#include "domain/answers.h"
#include "domain/test_fixture.h"
#include "domain/test_package_files.h"

enum { ARENA_BYTES = 256 << 20, MEGABYTE = 1 << 20 };

static struct improvement improved(struct arena *a, const struct scheme *s,
                                   str answers, int32_t wish)
{
    struct assessment in = { 0 };
    struct problem *problems = NULL;
    struct improvement out = { 0 };

    EXPECT_OK(answers_read(a, s, S("a.yaml"), answers, &in, &problems));
    EXPECT_OK(improve(a, s, &in, wish, &out));
    return out;
}

static str name_of(const struct scheme *s, const struct gain *g)
{
    if (g->measure != NULL)
        return g->measure->id;
    return g->leaf >= 0 ? scheme_leaf_at(s, g->leaf)->id
                        : s->figures[g->figure].id;
}

/* "1.1 8800 three; satisfaction 6800 opens 1", reached levels by name. */
static str gains_text(struct arena *a, const struct scheme *s,
                      const struct improvement *x)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    for (size_t i = 0; i < x->gain_count; i++) {
        const struct gain *g = &x->gains[i];

        buf_printf(&b, "%s%.*s %d", i > 0 ? "; " : "", STR_ARG(name_of(s, g)),
                   g->shown);
        if (g->level >= 0)
            buf_printf(&b, " %.*s", STR_ARG(s->levels[g->level].id));
        if (g->opens > 0)
            buf_printf(&b, " opens %zu", g->opens);
        buf_printf(&b, "%s", g->reaches ? " reaches" : "");
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

#define MET "all_met: true\n"
#define FIGURES(satisfied, solved)                                             \
    "figures: [{figure: satisfaction, k: " satisfied ", n: 100},"              \
    " {figure: resolution, k: " solved ", n: 100}]\n"

/* Of the mini scheme: 1.1 20 points, 1.2 20 sampled, 2.1 15, 2.2 20 sampled,
 * 3.1 10, 3.2 15; three stars from 80, ten from 95 with two gates of 90 %. */
TEST(what_would_win_most_stands_first)
{
    static const struct {
        const char *name;
        const char *answers;
        const char *gains;
    } rows[] = {
        { "nothing is lost", MET FIGURES("93", "91"), "" },
        { "the most points first",
          MET FIGURES("93", "91") "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n"
                                  "  - {indicator: '1.1', result: not_met}\n",
          "1.1 9000 three; 3.1 8000 three" },
        { "on a par in the order of the tree",
          MET FIGURES("93", "91") "answers:\n"
                                  "  - {indicator: '3.2', result: not_met}\n"
                                  "  - {indicator: '2.1', result: not_met}\n",
          "2.1 8500 three; 3.2 8500 three" },
        { "a hair between 1/29 and 1/30 of 20 points",
          MET FIGURES(
              "93",
              "91") "answers:\n"
                    "  - {indicator: '1.2', result: sampled, k: 29, n: 30}\n"
                    "  - {indicator: '2.2', result: sampled, k: 28, n: 29}\n",
          "2.2 9933 ten reaches; 1.2 9931 ten reaches" },
        { "one that reaches the level by itself",
          MET FIGURES("93", "91") "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n",
          "3.1 10000 ten reaches" },
        { "a figure on the wrong side wins no points and opens a gate",
          MET FIGURES("89", "91") "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n",
          "3.1 10000 three; satisfaction 9000 three opens 1" },
        { "a gate alone stands in the way", MET FIGURES("93", "89"),
          "resolution 10000 ten opens 1 reaches" },
        { "five special deductions",
          MET FIGURES("93", "91") "deductions: 5\n"
                                  "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n",
          "3.1 9500" },
        { "nobody answered", FIGURES("93", "91"),
          "1.1 2000; 1.2 2000; 2.2 2000; 2.1 1500; 3.2 1500; 3.1 1000" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        const struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));
        struct improvement x = improved(&a, s, str_of(rows[i].answers), 1);

        EXPECT_ROW_STR(rows[i].name, gains_text(&a, s, &x),
                       str_of(rows[i].gains));
    }
}

static const char pooled[] =
    "defence: true\nmeasures:\n"
    "  - { id: people, label: { zh: 人员, en: People },"
    " indicators: [\"1.2\", \"3.1\"], figures: [satisfaction] }\n"
    "  - { id: parts, label: { zh: 备件, en: Parts }, indicators: [\"2\"] }\n"
    "  - { id: calls, label: { zh: 回访, en: Calls },"
    " figures: [satisfaction] }\n"
    "  - { id: all, label: { zh: 全部, en: All },"
    " indicators: [\"1\", \"2\", \"3\"],"
    " figures: [satisfaction, resolution] }\n";

/* [IM1] [IM2] */
TEST(a_measure_wins_all_that_it_mends_together)
{
    static const struct {
        const char *name;
        const char *answers;
        const char *gains;
    } rows[] = {
        { "one with nothing to mend is left out",
          MET FIGURES(
              "93",
              "91") "answers:\n"
                    "  - {indicator: '1.2', result: sampled, k: 5, n: 10}\n"
                    "  - {indicator: '3.1', result: not_met}\n",
          "people 10000 ten reaches; all 10000 ten reaches" },
        { "points and a gate at once",
          MET FIGURES("89", "91") "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n",
          "people 10000 ten opens 1 reaches; all 10000 ten opens 1 reaches; "
          "calls 9000 three opens 1" },
        { "what only one of them mends",
          MET FIGURES("89", "89") "answers:\n"
                                  "  - {indicator: '1.1', result: not_met}\n"
                                  "  - {indicator: '2.1', result: not_met}\n",
          "all 10000 ten opens 2 reaches; parts 8000 three; "
          "people 6500 opens 1; calls 6500 opens 1" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        const struct scheme *s =
            test_scheme_from(&a,
                             test_scheme_with(&a, "defence: true\n", pooled));
        struct improvement x = improved(&a, s, str_of(rows[i].answers), 1);

        EXPECT_ROW_STR(rows[i].name, gains_text(&a, s, &x),
                       str_of(rows[i].gains));
    }
}

/* [IM1] What no measure of the package mends stands for itself. */
TEST(what_no_measure_mends_is_a_measure_of_its_own)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = test_scheme_from(
        &a, test_scheme_with(&a, "defence: true\n",
                             "defence: true\nmeasures:\n"
                             "  - { id: parts, label: { zh: 备件, en: Parts },"
                             " indicators: [\"2.1\", \"3.1\"] }\n"));
    struct improvement x = improved(
        &a, s,
        S(MET FIGURES("89", "91") "answers:\n"
                                  "  - {indicator: '3.1', result: not_met}\n"
                                  "  - {indicator: '1.1', result: not_met}\n"),
        1);

    EXPECT_STR(gains_text(&a, s, &x), S("1.1 9000 three; parts 8000 three; "
                                        "satisfaction 7000 opens 1"));
    EXPECT(x.gains[1].loss_count == 1 &&
           x.now.losses[x.gains[1].losses[0]].leaf == 4);
    EXPECT(x.all_shown == 10000 && x.all_level == 1);
}

/* [IM4] The figure is fine; 15 of 20 customers say otherwise. */
TEST(a_gate_that_a_sample_refuted_waits_for_a_new_sample)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));
    struct improvement x =
        improved(&a, s, S(MET FIGURES("95", "91") "sample: {k: 15, n: 20}\n"),
                 1);

    EXPECT(x.target_count == 1 && x.targets[0].state == GATE_NOT_MET);
    EXPECT_STR(gains_text(&a, s, &x), S("satisfaction 10000 three"));
    EXPECT(x.all_level == 0);
    x = improved(&a, s, S(MET FIGURES("95", "91") "sample: {k: 16, n: 20}\n"),
                 1);
    EXPECT(x.target_count == 0 && x.gain_count == 0);
}

/* Measurable: so many of as many. */
TEST(a_target_says_how_many_are_needed)
{
    static const struct {
        const char *name;
        const char *figures;
        size_t targets;
        int64_t need;
        enum gate_state state;
    } rows[] = {
        { "one short", "figures: [{figure: satisfaction, k: 89, n: 100}]", 2,
          90, GATE_NOT_MET },
        { "just there",
          "figures: [{figure: satisfaction, k: 90, n: 100},"
          " {figure: resolution, k: 9, n: 10}]",
          0, 0, GATE_MET },
        { "rounded up", "figures: [{figure: satisfaction, k: 80, n: 99}]", 2,
          90, GATE_NOT_MET },
        { "of a few", "figures: [{figure: satisfaction, k: 5, n: 11}]", 2, 10,
          GATE_NOT_MET },
        { "of one", "figures: [{figure: satisfaction, k: 0, n: 1}]", 2, 1,
          GATE_NOT_MET },
        { "of very many",
          "figures: [{figure: satisfaction, k: 1, n: 1000000000}]", 2,
          900000000, GATE_NOT_MET },
        { "not known", "all_met: true", 2, 0, GATE_UNKNOWN },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        const struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));
        struct improvement x = improved(&a, s, str_of(rows[i].figures), 1);

        EXPECT_ROW(rows[i].name, x.target_count == rows[i].targets);
        if (x.target_count == 0)
            continue;
        EXPECT_ROW(rows[i].name, x.targets[0].gate == 0);
        EXPECT_ROW(rows[i].name, x.targets[0].need == rows[i].need);
        EXPECT_ROW(rows[i].name, x.targets[0].state == rows[i].state);
    }
}

/* A scheme by clauses has no points: then more clauses are more. */
TEST(by_clauses_the_last_one_missing_reaches_the_level)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_source_scheme(&a, "iso-9001");
    str first = scheme_leaf_at(s, 0)->id;
    struct improvement x;
    struct buf b;

    buf_init(&b, &a, 1000);
    buf_printf(&b, MET "answers: [{indicator: '%.*s', result: not_met}]\n",
               STR_ARG(first));
    x = improved(&a, s, buf_view(&b), -1);
    EXPECT(x.gain_count == 1 && x.gains[0].reaches && x.gains[0].leaf == 0);
    EXPECT(x.now.score.level == -1 && x.all_level == 0);
    x = improved(&a, s, S(MET), -1);
    EXPECT(x.gain_count == 0 && x.now.score.level == 0);
}

/* --- of a case ------------------------------------------------------------ */

TEST(a_case_is_improved_by_its_findings_and_before_them_by_its_own_answers)
{
    FIXTURE(f);
    struct improvement x = { 0 };

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT_ERR(improve_case(&f->arena, f->state, &x), ERR_REFUSED,
               "improve.nothing");
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_AUDIT);
    EXPECT_OK(improve_case(&f->arena, f->state, &x));
    EXPECT(x.by_itself && x.gain_count == 1 && x.now.score.shown == 9800);
    EXPECT(x.gains[0].leaf == 1); /* nine files of ten; ten stars reached .. */
    EXPECT(x.now.gap.level == -1 && !x.gains[0].reaches); /* .. none above */

    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    EXPECT_OK(improve_case(&f->arena, f->state, &x));
    EXPECT(!x.by_itself && x.now.score.shown == 7500);
    EXPECT(x.now.gap.level == 1 && x.gain_count == 1 && x.gains[0].reaches);
}

/* Three stars are applied for and reached: ten are wanted next. */
TEST(above_the_level_applied_for_the_next_one_is_wanted)
{
    static const struct {
        const char *level;
        const char *result; /* of 3.1, ten points */
        int32_t wanted;
    } rows[] = {
        { "three", "met", -1 },
        { "three", "not_met", 1 },
        { "ten", "not_met", 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct improvement x = { 0 };
        struct case_opened opened;
        struct score score = { 0 };

        go_to(f, STAGE_AUDIT);
        DO(f, "lead", "audit.open", "{}");
        do_findings(f, "met");
        if (strcmp(rows[i].result, "not_met") == 0)
            DO(f, "lead", "finding.record",
               "{'indicator':'3.1','result':'not_met','evidence':['e'],'site':'"
               "总部'}");
        opened = *f->state->opened;
        opened.level = str_of(rows[i].level);
        f->state->opened = &opened;
        state_score(f->state, &score);
        EXPECT_OK(improve_case(&f->arena, f->state, &x));
        EXPECT_ROW(rows[i].level, x.now.gap.level == rows[i].wanted);
        EXPECT_ROW(rows[i].level, x.now.score.shown == score.shown);
    }
}

/* --- properties ----------------------------------------------------------- */

/* [property] [IM2] [IM3] on a real scheme: gains never rise down the list, each
 * score is that of the answers it says, and all of them together is all. */
TEST(gains_are_in_order_and_never_more_than_all)
{
    TEST_ARENA(a, (size_t)ARENA_BYTES * 2);
    struct test_random r = { TEST_SEED };
    const struct scheme *s = load_source_scheme(&a, "ten-star");

    for (int round = 0; s != NULL && round < 60; round++) {
        struct answer answers[LEAF_MAX] = { 0 };
        struct ratio figures[FIGURE_MAX] = { { 80, 100 }, { 95, 100 } };
        struct assessment in = { .answers = answers, .figures = figures };
        struct improvement x = { 0 };

        for (size_t i = 0; i < s->leaf_count; i++) {
            bool sampled = scheme_leaf_at(s, (int32_t)i)->kind == LEAF_SAMPLED;
            int32_t n = 1 + (int32_t)test_random_below(&r, 12);

            answers[i] = sampled ? (struct answer){ ANSWER_SAMPLED,
                                                    (int32_t)test_random_below(
                                                        &r, (uint64_t)n + 1),
                                                    n }
                         : test_random_below(&r, 3) == 0
                             ? (struct answer){ .kind = ANSWER_NOT_MET }
                             : (struct answer){ .kind = ANSWER_MET };
        }
        EXPECT_OK(improve(&a, s, &in, -1, &x));
        for (size_t i = 0; i < x.gain_count; i++) {
            EXPECT(x.gains[i].shown >= x.now.score.shown);
            EXPECT(x.gains[i].shown <= x.all_shown);
            EXPECT(i == 0 || x.gains[i].shown <= x.gains[i - 1].shown);
        }
        EXPECT(x.all_shown == 10000 && x.all_level == 0);
    }
}

static err improve_once(struct heap *h, void *context)
{
    static const struct answer answers[LEAF_MAX];
    static const struct ratio figures[FIGURE_MAX];
    struct assessment in = { .answers = answers, .figures = figures };
    scoped(arena_end) struct arena a;
    struct improvement out;

    arena_init(&a, h, MEGABYTE);
    return improve(&a, context, &in, -1, &out);
}

TEST(every_failed_allocation_of_an_improvement_is_reported)
{
    TEST_ARENA(a, ARENA_BYTES);

    EXPECT(test_every_allocation_fails(
               improve_once, NULL,
               test_scheme_from(&a, test_scheme_with(&a, "defence: true\n",
                                                     pooled))) > 0);
}
