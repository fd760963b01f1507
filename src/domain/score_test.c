#include "domain/score.h"

#include "base/size.h"
#include "base/test.h"

enum { TOY_MAX = 100, NONE = -1 };

/* A scheme made by hand: leaves side by side, up to three levels. */
struct toy {
    struct scheme s;
    struct indicator indicators[TOY_MAX];
    int32_t leaves[TOY_MAX];
    struct figure figures[2];
    struct level levels[3];
    struct gate gates[2];
    struct answer answers[TOY_MAX];
    struct ratio figure_values[2];
    struct assessment in;
};

/* `n` leaves of these thousandths, all met; one level from 95; specials of one
 * point each, five fail. */
static void toy_make(struct toy *t, const int32_t *points, size_t n)
{
    *t = (struct toy){ 0 };
    for (size_t i = 0; i < n; i++) {
        t->indicators[i] = (struct indicator){
            .id = S("leaf"),
            .parent = -1,
            .leaf = (int32_t)i,
            .points = points[i],
        };
        t->leaves[i] = (int32_t)i;
        t->answers[i].kind = ANSWER_MET;
    }
    t->levels[0].min = 95000;
    t->s = (struct scheme){
        .indicators = t->indicators,
        .indicator_count = n,
        .leaves = t->leaves,
        .leaf_count = n,
        .figures = t->figures,
        .levels = t->levels,
        .level_count = 1,
        .specials = { 1000, 1000, 5, SPECIAL_AFTER, false },
    };
    t->in = (struct assessment){
        .answers = t->answers,
        .figures = t->figure_values,
    };
}

static struct score toy_score(const struct toy *t)
{
    struct score out;

    score_compute(&t->s, &t->in, &out);
    return out;
}

/* Met, Lost, X for not applicable, O for open. */
static enum answer_kind kind_of(char c)
{
    switch (c) {
    case 'M': return ANSWER_MET;
    case 'L': return ANSWER_NOT_MET;
    case 'X': return ANSWER_NOT_APPLICABLE;
    default: return ANSWER_NONE;
    }
}

/* Is the exact score num / den? */
static bool is_exactly(const struct score *s, u128 num, u128 den)
{
    return s->exact.num == num && s->exact.den == den;
}

/* --- the trade's vectors (domain.md 1.2) ------------------------------ */

/* Leaves of 3, 4, 5 and 88 points; what becomes of each, and specials. */
TEST(known_vectors_hold_exactly)
{
    static const int32_t points[] = { 3000, 4000, 5000, 88000 };
    static const struct {
        const char *name;
        const char *a; /* of each leaf, see kind_of() */
        int32_t deductions;
        bool bonus;
        enum special_order order;
        int32_t num; /* the exact score */
        int32_t den;
        int32_t shown;
        int32_t level;
    } rows[] = {
        /* clang-format off */
        { "all pass", "MMMM", 0, false, SPECIAL_AFTER, 100, 1, 10000, 0 },
        { "a 3-point clause and one special", "LMMM", 1, false, SPECIAL_AFTER, 96, 1, 9600, 0 },
        { "5 excluded, 4 of 95 lost", "MLXM", 0, false, SPECIAL_AFTER, 1820, 19, 9578, 0 },
        { "the same with one special", "MLXM", 1, false, SPECIAL_AFTER, 1801, 19, 9478, NONE },
        { "100 with five specials fails", "MMMM", 5, false, SPECIAL_AFTER, 95, 1, 9500, NONE },
        { "100 with four does not", "MMMM", 4, false, SPECIAL_AFTER, 96, 1, 9600, 0 },
        { "before the x 100: (91 - 1) / 95", "MLXM", 1, false, SPECIAL_BEFORE, 1800, 19, 9473, NONE },
        { "before, nothing excluded: the same", "LMMM", 1, false, SPECIAL_BEFORE, 96, 1, 9600, 0 },
        { "a bonus makes good a point", "LMMM", 0, true, SPECIAL_AFTER, 98, 1, 9800, 0 },
        { "bonus before: (91 + 1) / 95", "MLXM", 0, true, SPECIAL_BEFORE, 1840, 19, 9684, 0 },
        { "no more than 100", "MMMM", 0, true, SPECIAL_AFTER, 100, 1, 10000, 0 },
        { "no more than 100, before", "MMXM", 0, true, SPECIAL_BEFORE, 100, 1, 10000, 0 },
        { "four specials and the bonus", "MMMM", 4, true, SPECIAL_AFTER, 97, 1, 9700, 0 },
        { "the bonus does not undo the fifth", "MMMM", 5, true, SPECIAL_AFTER, 96, 1, 9600, NONE },
        { "no less than 0", "LLLL", 3, false, SPECIAL_AFTER, 0, 1, 0, NONE },
        { "no less than 0, before", "LLLL", 3, false, SPECIAL_BEFORE, 0, 1, 0, NONE },
        { "nothing applies", "XXXX", 0, true, SPECIAL_AFTER, 0, 1, 0, NONE },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct toy t;

        toy_make(&t, points, COUNT(points));
        for (size_t j = 0; j < COUNT(points); j++)
            t.answers[j].kind = kind_of(rows[i].a[j]);
        t.in.deductions = rows[i].deductions;
        t.in.bonus = rows[i].bonus;
        t.s.specials.order = rows[i].order;
        struct score got = toy_score(&t);

        EXPECT_ROW(rows[i].name, is_exactly(&got, (uint32_t)rows[i].num,
                                            (uint32_t)rows[i].den));
        EXPECT_ROW(rows[i].name, got.shown == rows[i].shown);
        EXPECT_ROW(rows[i].name, got.level == rows[i].level);
        EXPECT_ROW(rows[i].name,
                   got.failed_by_specials == (rows[i].deductions >= 5));
    }
}

TEST(any_number_of_deductions_is_borne)
{
    static const int32_t points[] = { 100000 };
    static const enum special_order orders[] = { SPECIAL_AFTER,
                                                 SPECIAL_BEFORE };

    for (size_t i = 0; i < COUNT(orders); i++) {
        struct toy t;

        toy_make(&t, points, 1);
        t.s.specials.deduction = 100000;
        t.s.specials.order = orders[i];
        t.in.deductions = INT32_MAX;
        struct score got = toy_score(&t);
        EXPECT(is_exactly(&got, 0, 1));
        EXPECT(got.failed_by_specials);
    }
}

/* --- thresholds and display [S3] -------------------------------------- */

/* One leaf of `points`, k of n, beside leaves that are met. */
TEST(a_threshold_is_met_exactly_or_not_at_all)
{
    static const struct {
        const char *name;
        int32_t points;
        int32_t k;
        int32_t n;
        int32_t min;
        int32_t shown;
        int32_t level;
    } rows[] = {
        { "95 of 95", 5000, 0, 1, 95000, 9500, 0 },
        { "94.999 shows 94.99, never 95", 5001, 0, 1, 95000, 9499, NONE },
        { "95.001 shows 95.00", 4999, 0, 1, 95000, 9500, 0 },
        { "94.999 reaches 94.999", 5001, 0, 1, 94999, 9499, 0 },
        { "95 from halves", 10000, 1, 2, 95000, 9500, 0 },
        { "95 from thirds", 7500, 1, 3, 95000, 9500, 0 },
        { "a 60th of a thousandth below", 5060, 1, 60, 95000, 9502, 0 },
        { "94.99917", 6001, 10, 60, 95000, 9499, NONE },
        { "59 of 60 of everything", 100000, 59, 60, 95000, 9833, 0 },
        { "57 of 60 is 95 %", 100000, 57, 60, 95000, 9500, 0 },
        { "56 of 60 is not", 100000, 56, 60, 95000, 9333, NONE },
        { "0.01 is the least that shows", 100000, 1, 60, 1, 166, 0 },
        { "all of 100", 1000, 60, 60, 100000, 10000, 0 },
        { "a whisker below 100", 1, 59, 60, 100000, 9999, NONE },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t points[] = { rows[i].points, 100000 - rows[i].points };
        struct toy t;

        toy_make(&t, points, rows[i].points == 100000 ? 1 : 2);
        t.indicators[0].kind = LEAF_SAMPLED;
        t.answers[0] = (struct answer){ ANSWER_SAMPLED, rows[i].k, rows[i].n };
        t.levels[0].min = rows[i].min;
        struct score got = toy_score(&t);

        EXPECT_ROW(rows[i].name, got.shown == rows[i].shown);
        EXPECT_ROW(rows[i].name, got.level == rows[i].level);
        EXPECT_ROW(rows[i].name, (fraction_cmp(got.exact, rows[i].min) >= 0) ==
                                     (rows[i].level == 0));
    }
}

/* 1/2 + 1/3 + 1/6 of five points each are exactly five points. */
TEST(different_samples_add_up_exactly)
{
    static const int32_t points[] = { 5000, 5000, 5000, 85000 };
    struct toy t;

    toy_make(&t, points, COUNT(points));
    t.answers[0] = (struct answer){ ANSWER_SAMPLED, 1, 2 };
    t.answers[1] = (struct answer){ ANSWER_SAMPLED, 2, 3 };
    t.answers[2] = (struct answer){ ANSWER_SAMPLED, 5, 6 };
    struct score got = toy_score(&t);
    EXPECT(is_exactly(&got, 95, 1));
    EXPECT(got.level == 0);

    t.answers[2] = (struct answer){ ANSWER_SAMPLED, 49, 59 };
    got = toy_score(&t); /* 49/59 is 1/354 less than 5/6: 95 - 5/354 */
    EXPECT(is_exactly(&got, 33625, 354));
    EXPECT(got.shown == 9498 && got.level == NONE);
}

/* Sixty samples, of 1, 2, 3 .. 60, one failing in each: the worst case for
 * the common denominator.  The expected score, 100 less the sixtieth harmonic
 * number, was computed outside this program. */
TEST(sixty_mixed_denominators_stay_exact)
{
    int32_t points[61];
    struct toy t;

    for (int32_t i = 0; i < 60; i++)
        points[i] = 1000;
    points[60] = 40000;
    toy_make(&t, points, 61);
    for (int32_t n = 1; n <= 60; n++)
        t.answers[n - 1] = (struct answer){ ANSWER_SAMPLED, n - 1, n };
    struct score got = toy_score(&t);

    EXPECT(is_exactly(&got,
                      ((u128)307906646445 * 1000000000000000 + 783572546733089),
                      ((u128)3230237388 * 1000000000000000 + 259077233637600)));
    EXPECT(got.shown == 9532);
    EXPECT(got.level == 0);
}

TEST(fractions_compare_with_thousandths_on_both_sides)
{
    EXPECT(fraction_cmp((struct fraction){ 95, 1 }, 95000) == 0);
    EXPECT(fraction_cmp((struct fraction){ 95, 1 }, 94999) > 0);
    EXPECT(fraction_cmp((struct fraction){ 95, 1 }, 95001) < 0);
    EXPECT(fraction_cmp((struct fraction){ 0, 1 }, 0) == 0);
    EXPECT(fraction_cmp((struct fraction){ 1801, 19 }, 94789) > 0);
    EXPECT(fraction_cmp((struct fraction){ 1801, 19 }, 94790) < 0);
    EXPECT(fraction_cmp((struct fraction){ 100, 1 }, 100000) == 0);
}

/* --- gates ------------------------------------------------------------ */

TEST(a_gate_judges_the_figure_first_and_then_the_sample)
{
    static const int32_t points[] = { 100000 };
    static const struct {
        const char *name;
        enum gate_mode mode;
        struct ratio figure;
        struct ratio sample;
        enum gate_state state;
        bool blocks;
    } rows[] = {
        /* clang-format off */
        { "no figure", GATE_FIGURE, { 0, 0 }, { 0, 0 }, GATE_UNKNOWN, true },
        { "no figure, good sample", GATE_REFUTE, { 0, 0 }, { 20, 20 }, GATE_UNKNOWN, true },
        { "on the line", GATE_FIGURE, { 9, 10 }, { 0, 0 }, GATE_MET, false },
        { "just below", GATE_FIGURE, { 899, 1000 }, { 0, 0 }, GATE_NOT_MET, true },
        { "a hair below", GATE_FIGURE, { 899999999999, 1000000000000 }, { 0, 0 }, GATE_NOT_MET, true },
        { "none of one", GATE_FIGURE, { 0, 1 }, { 0, 0 }, GATE_NOT_MET, true },
        { "the sample is not asked", GATE_FIGURE, { 9, 10 }, { 0, 20 }, GATE_MET, false },
        { "no sample refutes nothing", GATE_REFUTE, { 9, 10 }, { 0, 0 }, GATE_MET, false },
        { "15 of 20 refute", GATE_REFUTE, { 9, 10 }, { 15, 20 }, GATE_NOT_MET, true },
        { "16 of 20 cannot tell", GATE_REFUTE, { 9, 10 }, { 16, 20 }, GATE_CANNOT_TELL, false },
        { "1 of 1 cannot tell", GATE_REFUTE, { 9, 10 }, { 1, 1 }, GATE_CANNOT_TELL, false },
        { "35 of 35 show it", GATE_REFUTE, { 9, 10 }, { 35, 35 }, GATE_MET, false },
        { "a sample does not save the figure", GATE_REFUTE, { 89, 100 }, { 35, 35 }, GATE_NOT_MET, true },
        { "nothing is demonstrated without one", GATE_DEMONSTRATE, { 9, 10 }, { 0, 0 }, GATE_CANNOT_TELL, true },
        { "34 of 34 do not demonstrate", GATE_DEMONSTRATE, { 9, 10 }, { 34, 34 }, GATE_CANNOT_TELL, true },
        { "35 of 35 do", GATE_DEMONSTRATE, { 9, 10 }, { 35, 35 }, GATE_MET, false },
        { "demonstration is refuted too", GATE_DEMONSTRATE, { 9, 10 }, { 6, 10 }, GATE_NOT_MET, true },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct toy t;

        toy_make(&t, points, 1);
        t.gates[0] = (struct gate){
            .min_n = 90,
            .min_d = 100,
            .mode = rows[i].mode,
        };
        t.levels[0].gates = t.gates;
        t.levels[0].gate_count = 1;
        t.figure_values[0] = rows[i].figure;
        t.in.sample = rows[i].sample;
        struct score got = toy_score(&t);

        EXPECT_ROW(rows[i].name, got.gate_count == 1);
        EXPECT_ROW(rows[i].name, got.gates[0].state == rows[i].state);
        EXPECT_ROW(rows[i].name, got.gates[0].blocks == rows[i].blocks);
        EXPECT_ROW(rows[i].name, got.level == (rows[i].blocks ? NONE : 0));
        EXPECT_ROW(rows[i].name, got.level_by_score == 0);
    }
}

/* Levels from 70 and 80; the upper one has two gates on two figures. */
TEST(a_blocked_level_falls_to_the_one_below)
{
    static const int32_t points[] = { 20000, 10000, 70000 };
    struct toy t;

    toy_make(&t, points, COUNT(points));
    t.s.level_count = 2;
    t.levels[0].min = 70000;
    t.levels[1] = (struct level){
        .min = 80000,
        .gates = t.gates,
        .gate_count = 2,
    };
    t.gates[0] = (struct gate){ .figure = 0, .min_n = 1, .min_d = 2 };
    t.gates[1] = (struct gate){ .figure = 1, .min_n = 1, .min_d = 2 };
    t.figure_values[0] = (struct ratio){ 1, 2 };
    t.figure_values[1] = (struct ratio){ 1, 2 };
    EXPECT(toy_score(&t).level == 1);

    t.figure_values[1].k = 0;
    struct score got = toy_score(&t);
    EXPECT(got.level == 0 && got.level_by_score == 1);
    EXPECT(got.gate_count == 2 && got.gates[1].level == 1 &&
           got.gates[1].gate == 1 && got.gates[1].blocks);
    EXPECT(!got.gates[0].blocks);

    t.answers[0].kind = ANSWER_NOT_MET; /* 80 */
    EXPECT(toy_score(&t).level_by_score == 1);
    t.answers[1].kind = ANSWER_NOT_MET; /* 70 */
    got = toy_score(&t);
    EXPECT(got.level == 0 && got.level_by_score == 0);
    t.in.deductions = 1; /* 69 */
    got = toy_score(&t);
    EXPECT(got.level == NONE && got.level_by_score == NONE);
}

/* [S5] */
TEST(clauses_conform_when_every_applicable_one_is_met)
{
    static const int32_t points[] = { 0, 0, 0 };
    static const struct {
        const char *name;
        const char *a;
        int32_t level;
        int32_t answered;
    } rows[] = {
        { "all met", "MMM", 0, 3 },
        { "one does not apply", "MXM", 0, 3 },
        { "one open", "MOM", NONE, 2 },
        { "one not met", "MML", NONE, 3 },
        { "nothing answered", "OOO", NONE, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct toy t;

        toy_make(&t, points, 3);
        t.s.method = METHOD_CLAUSES;
        t.levels[0].min = 0;
        for (size_t j = 0; j < 3; j++)
            t.answers[j].kind = kind_of(rows[i].a[j]);
        struct score got = toy_score(&t);
        EXPECT_ROW(rows[i].name, got.level == rows[i].level);
        EXPECT_ROW(rows[i].name, got.answered == rows[i].answered);
        EXPECT_ROW(rows[i].name, is_exactly(&got, 0, 1));
    }
}

TEST(a_single_clause_conforms_when_all_of_its_sample_does)
{
    const int32_t none = 0;
    struct toy t;

    toy_make(&t, &none, 1);
    t.s.method = METHOD_CLAUSES;
    t.answers[0] = (struct answer){ ANSWER_SAMPLED, 10, 10 };
    EXPECT(toy_score(&t).level == 0);
    t.answers[0].k--;
    EXPECT(toy_score(&t).level == NONE);
}

/* --- properties ------------------------------------------------------- */

static enum answer_kind kind_drawn(struct test_random *r)
{
    static const enum answer_kind kinds[] = {
        ANSWER_NONE,    ANSWER_MET,     ANSWER_NOT_MET,
        ANSWER_SAMPLED, ANSWER_SAMPLED, ANSWER_NOT_APPLICABLE,
    };

    return kinds[test_random_below(r, COUNT(kinds))];
}

/* Some leaves that add up to 100 points, with answers of every kind. */
static void toy_draw(struct toy *t, struct test_random *r)
{
    int32_t points[TOY_MAX];
    size_t n = 1 + (size_t)test_random_below(r, TOY_MAX);
    int32_t left = 100000;

    for (size_t i = 0; i + 1 < n; i++) {
        uint64_t room = (uint64_t)left - (n - 1 - i);
        points[i] = 1 + (int32_t)test_random_below(r, room / 4 + 1);
        left -= points[i];
    }
    points[n - 1] = left;
    toy_make(t, points, n);
    for (size_t i = 0; i < n; i++) {
        int32_t of = 1 + (int32_t)test_random_below(r, SAMPLE_MAX);
        t->answers[i] = (struct answer){
            kind_drawn(r),
            (int32_t)test_random_below(r, (uint64_t)of + 1),
            of,
        };
    }
    t->in.deductions = (int32_t)test_random_below(r, 7);
    t->in.bonus = test_random_below(r, 2) == 1;
    t->s.specials.order =
        test_random_below(r, 2) == 1 ? SPECIAL_BEFORE : SPECIAL_AFTER;
}

static bool same_score(const struct score *a, const struct score *b)
{
    return a->exact.num == b->exact.num && a->exact.den == b->exact.den &&
           a->shown == b->shown && a->level == b->level &&
           a->answered == b->answered;
}

/* [property] */
TEST(the_order_of_leaves_does_not_matter)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 300; round++) {
        struct toy t;

        toy_draw(&t, &r);
        struct score before = toy_score(&t);
        for (size_t i = t.s.leaf_count; i > 1; i--) {
            size_t j = (size_t)test_random_below(&r, i);
            struct answer a = t.answers[i - 1];
            int32_t points = t.indicators[i - 1].points;

            t.answers[i - 1] = t.answers[j];
            t.answers[j] = a;
            t.indicators[i - 1].points = t.indicators[j].points;
            t.indicators[j].points = points;
        }
        struct score after = toy_score(&t);
        EXPECT(same_score(&before, &after));
    }
}

/* A better answer to the same question. */
static struct answer improved(struct answer a)
{
    if (a.kind == ANSWER_SAMPLED && a.k < a.n)
        return (struct answer){ ANSWER_SAMPLED, a.k + 1, a.n };
    if (a.kind == ANSWER_NOT_APPLICABLE)
        return a;
    return (struct answer){ .kind = ANSWER_MET };
}

/* [property] */
TEST(a_better_answer_never_lowers_the_score)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 300; round++) {
        struct toy t;

        toy_draw(&t, &r);
        for (int step = 0; step < 20; step++) {
            size_t i = (size_t)test_random_below(&r, t.s.leaf_count);
            struct score before = toy_score(&t);

            t.answers[i] = improved(t.answers[i]);
            struct score after = toy_score(&t);
            EXPECT(after.shown >= before.shown);
            EXPECT(after.level >= before.level);
        }
    }
}

/* [property] The score is what the doubles say, to a ten-billionth. */
TEST(the_score_agrees_with_plain_arithmetic)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 1000; round++) {
        struct toy t;
        double won = 0;
        double of = 0;

        toy_draw(&t, &r);
        t.in.deductions = 0;
        t.in.bonus = false;
        for (size_t i = 0; i < t.s.leaf_count; i++) {
            struct answer a = t.answers[i];
            double points = t.indicators[i].points;

            of += a.kind == ANSWER_NOT_APPLICABLE ? 0 : points;
            won += a.kind == ANSWER_MET ? points : 0;
            won += a.kind == ANSWER_SAMPLED ? points * a.k / a.n : 0;
        }
        struct score got = toy_score(&t);
        double exact = (double)got.exact.num / (double)got.exact.den;
        double want = of > 0 ? 100 * won / of : 0;
        EXPECT(exact - want < 1e-10 && want - exact < 1e-10);
        EXPECT(got.shown <= exact * 100 && got.shown + 1 > exact * 100 - 1e-9);
    }
}

/* --- single leaves ---------------------------------------------------- */

TEST(points_lost_are_rounded_up)
{
    static const int32_t points[] = { 833 };
    static const struct {
        const char *name;
        struct answer a;
        int32_t want;
    } rows[] = {
        { "met", { ANSWER_MET, 0, 0 }, 0 },
        { "does not apply", { ANSWER_NOT_APPLICABLE, 0, 0 }, 0 },
        { "not met", { ANSWER_NOT_MET, 0, 0 }, 833 },
        { "not answered", { ANSWER_NONE, 0, 0 }, 833 },
        { "all of a sample", { ANSWER_SAMPLED, 10, 10 }, 0 },
        { "none of it", { ANSWER_SAMPLED, 0, 10 }, 833 },
        { "half: 416.5", { ANSWER_SAMPLED, 5, 10 }, 417 },
        { "a tenth: 83.3", { ANSWER_SAMPLED, 9, 10 }, 84 },
        { "59 of 60: 13.9", { ANSWER_SAMPLED, 59, 60 }, 14 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct toy t;

        toy_make(&t, points, 1);
        EXPECT_ROW(rows[i].name,
                   score_lost(&t.s, 0, rows[i].a) == rows[i].want);
    }
}

TEST(an_answer_must_fit_its_leaf)
{
    static const int32_t points[] = { 100000 };
    static const struct {
        const char *name;
        enum leaf_kind kind;
        bool excludable;
        struct answer a;
        const char *id; /* NULL: it fits */
    } rows[] = {
        /* clang-format off */
        { "met", LEAF_MET, false, { ANSWER_MET, 0, 0 }, NULL },
        { "not met", LEAF_MET, false, { ANSWER_NOT_MET, 0, 0 }, NULL },
        { "open", LEAF_MET, false, { ANSWER_NONE, 0, 0 }, NULL },
        { "open sample", LEAF_SAMPLED, false, { ANSWER_NONE, 0, 0 }, NULL },
        { "none of one", LEAF_SAMPLED, false, { ANSWER_SAMPLED, 0, 1 }, NULL },
        { "all of the most", LEAF_SAMPLED, false, { ANSWER_SAMPLED, SAMPLE_MAX, SAMPLE_MAX }, NULL },
        { "excludable", LEAF_MET, true, { ANSWER_NOT_APPLICABLE, 0, 0 }, NULL },
        { "excludable sample", LEAF_SAMPLED, true, { ANSWER_NOT_APPLICABLE, 0, 0 }, NULL },
        { "a sample where none is", LEAF_MET, false, { ANSWER_SAMPLED, 1, 1 }, "score.not_sampled" },
        { "met where a sample is", LEAF_SAMPLED, false, { ANSWER_MET, 0, 0 }, "score.sampled" },
        { "not met where a sample is", LEAF_SAMPLED, false, { ANSWER_NOT_MET, 0, 0 }, "score.sampled" },
        { "nothing sampled", LEAF_SAMPLED, false, { ANSWER_SAMPLED, 0, 0 }, "score.sample" },
        { "one too many sampled", LEAF_SAMPLED, false, { ANSWER_SAMPLED, 1, SAMPLE_MAX + 1 }, "score.sample" },
        { "more than all", LEAF_SAMPLED, false, { ANSWER_SAMPLED, 2, 1 }, "score.sample" },
        { "less than none", LEAF_SAMPLED, false, { ANSWER_SAMPLED, -1, 1 }, "score.sample" },
        { "must apply", LEAF_MET, false, { ANSWER_NOT_APPLICABLE, 0, 0 }, "score.excludable" },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct toy t;

        toy_make(&t, points, 1);
        t.indicators[0].kind = rows[i].kind;
        t.indicators[0].excludable = rows[i].excludable;
        err e = score_check(&a, &t.s, 0, rows[i].a);
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
    }
}
