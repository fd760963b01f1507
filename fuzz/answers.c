/*
 * Any bytes as a file of answers, the first of them choosing a scheme and
 * whether it is a golden case: problems with their places, or an assessment
 * that fits the scheme and can be scored and explained.
 */

#include "service/test_world.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "domain/answers.h"
#include "domain/explain.h"
#include "domain/golden.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_problems(const struct problem *p)
{
    int64_t line = 1;

    check(p != NULL);
    for (; p != NULL; p = p->next) {
        check(p->line >= line && p->column >= 1);
        check(p->what.info->code == ERR_INVALID);
        line = p->line;
    }
}

static void check_fits(struct arena *a, const struct scheme *s,
                       const struct assessment *in)
{
    for (size_t i = 0; i < s->leaf_count; i++)
        check(in->answers[i].kind == ANSWER_NONE ||
              !failed(score_check(a, s, (int32_t)i, in->answers[i])));
    for (size_t i = 0; i < s->figure_count; i++)
        check(in->figures[i].k >= 0 && in->figures[i].k <= in->figures[i].n);
    check(in->sample.k >= 0 && in->sample.k <= in->sample.n);
    check(in->sample.n <= SAMPLE_MAX && in->deductions >= 0);
}

/* What a level lacks, when met, is what it lacked (domain/explain.h [EX2]). */
static void check_gap(struct arena *a, const struct scheme *s,
                      const struct assessment *in, const struct explanation *x)
{
    struct answer *answers = arena_array(a, s->leaf_count, sizeof *answers);
    struct assessment better = *in;
    struct score score;

    check(answers != NULL);
    if (x->gap.level < 0 || !x->gap.closable)
        return;
    memcpy(answers, in->answers, s->leaf_count * sizeof *answers);
    for (size_t i = 0; i < x->gap.step_count; i++)
        answers[x->losses[x->gap.steps[i]].leaf] =
            (struct answer){ .kind = ANSWER_MET };
    better.answers = answers;
    score_compute(s, &better, &score);
    check(score.level_by_score >= x->gap.level);
}

static void check_scored(struct arena *a, const struct scheme *s,
                         const struct assessment *in)
{
    for (int32_t wish = -1; wish < (int32_t)s->level_count; wish++) {
        struct explanation x;

        check(!failed(explain(a, s, in, wish, &x)));
        check(x.score.shown >= 0 && x.score.shown <= 10000);
        check(x.score.level <= x.score.level_by_score);
        check(fraction_cmp(x.score.exact, x.score.shown * 10) >= 0);
        check_gap(a, s, in, &x);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct problem *problems = NULL;
    struct assessment in = { 0 };

    arena_init(&a, &h, 256 << 20);
    if (n == 0)
        return 0;
    const struct scheme *s = world_scheme(bytes[0] & 3);
    str text = { (const char *)bytes + 1, n - 1 };
    struct package_file file = { S("golden/x.yaml"), text };
    bool golden = (bytes[0] & 4) != 0;
    err e = golden ? golden_check(&a, s, world_calendar(), &file, &problems)
                   : answers_read(&a, s, S("x.yaml"), text, &in, &problems);
    check(failed(e) == (problems != NULL));
    if (failed(e)) {
        check(e.info->code == ERR_INVALID);
        check_problems(problems);
    } else if (!golden) {
        check_fits(&a, s, &in);
        check_scored(&a, s, &in);
    }
    return 0;
}
