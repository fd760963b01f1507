/*
 * Any bytes as a package's scheme.yaml: a list of problems down the file, each
 * in words; or a scheme that is what scheme.h promises, can be frozen, and
 * works.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "domain/explain.h"
#include "domain/number.h"
#include "domain/score.h"
#include "scheme/load.h"

#include <stdint.h>

enum { WHOLE = 100000 }; /* a hundred points, in thousandths */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* --- what is refused ------------------------------------------------------ */

static void check_words(struct arena *a, const struct problem *p)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct buf b;
        str words = S("");

        buf_init(&b, a, 1 << 20);
        problem_render(&b, l, S("folder"), p);
        check(!failed(buf_done(&b, &words)));
        check(str_begins(words, S("folder/scheme.yaml")));
        check(text_get(l, p->what.info->id).n > 0);
    }
}

static void check_problems(struct arena *a, err e, const struct problem *p)
{
    int64_t line = 1;

    check(e.info->code == ERR_INVALID);
    check(p != NULL);
    for (; p != NULL; p = p->next) {
        check(p->line >= line && p->column >= 1);
        check(p->what.info->code == ERR_INVALID);
        check_words(a, p);
        line = p->line;
    }
}

/* --- what is loaded ------------------------------------------------------- */

static void check_label(struct label l)
{
    check(l.zh.n > 0 && l.en.n > 0);
}

/* [SC1] */
static void check_tree(const struct scheme *s)
{
    int64_t roots = 0;
    int32_t leaves = 0;

    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct indicator *in = &s->indicators[i];
        int64_t sum = 0;

        check_label(in->label);
        check(in->parent < (int32_t)i);
        roots += in->parent < 0 ? in->points : 0;
        for (size_t k = 0; k < s->indicator_count; k++) {
            check(k == i || !str_eq(s->indicators[k].id, in->id));
            sum += s->indicators[k].parent == (int32_t)i
                       ? s->indicators[k].points
                       : 0;
        }
        check(in->leaf < 0 ? sum == in->points : in->leaf == leaves);
        leaves += in->leaf >= 0;
    }
    check(leaves > 0 && (size_t)leaves == s->leaf_count);
    check(leaves <= LEAF_MAX);
    check(roots == (s->method == METHOD_POINTS ? WHOLE : 0));
}

/* [SC2] [SC3] */
static void check_levels(const struct scheme *s)
{
    check(s->level_count >= 1 && s->level_count <= LEVEL_MAX);
    for (size_t i = 0; i < s->level_count; i++) {
        const struct level *l = &s->levels[i];

        check_label(l->label);
        check(l->min >= 0 && l->min <= WHOLE);
        check(i == 0 || l->min > l[-1].min);
        check(l->gate_count <= GATE_MAX);
        for (size_t g = 0; g < l->gate_count; g++) {
            check(l->gates[g].figure >= 0);
            check((size_t)l->gates[g].figure < s->figure_count);
            check(l->gates[g].min_d >= 1 && l->gates[g].min_d <= RATE_D_MAX);
            check(l->gates[g].min_n <= l->gates[g].min_d);
        }
    }
    check(!s->sample.used ||
          (s->sample.least >= 1 && s->sample.least <= s->sample.most &&
           s->sample.most <= SAMPLE_MAX &&
           (size_t)s->sample.figure < s->figure_count));
}

/* Whoever meets everything reaches the highest level; whoever meets nothing is
 * told how to. */
static void check_score(struct arena *a, const struct scheme *s)
{
    struct answer *answers = arena_array(a, s->leaf_count, sizeof *answers);
    struct ratio *figures = arena_array(a, s->figure_count, sizeof *figures);
    struct assessment in = { .answers = answers, .figures = figures };
    struct explanation x;

    check(answers != NULL && figures != NULL);
    check(!failed(explain(a, s, &in, 0, &x)));
    check(x.score.level == -1 || s->levels[x.score.level].min == 0);
    check(x.loss_count == s->leaf_count && x.gap.step_count <= x.loss_count);
    for (size_t i = 0; i < s->leaf_count; i++)
        answers[i] = scheme_leaf_at(s, (int32_t)i)->kind == LEAF_SAMPLED
                         ? (struct answer){ ANSWER_SAMPLED, 1, 1 }
                         : (struct answer){ .kind = ANSWER_MET };
    for (size_t i = 0; i < s->figure_count; i++)
        figures[i] = (struct ratio){ 1, 1 };
    in.sample = (struct ratio){ SAMPLE_MAX, SAMPLE_MAX };
    check(!failed(explain(a, s, &in, -1, &x)));
    check(x.score.level_by_score == (int32_t)s->level_count - 1);
    check(x.loss_count == 0);
}

static void check_number(struct arena *a, const struct scheme *s)
{
    const struct number_parts parts = { S("712"), 2026, 12345, 1, 5000 };
    str number;

    check(!failed(number_make(a, s->certificate.number, &parts, &number)));
    check(number.n > 0);
}

static void check_works(struct arena *a, const struct package *p,
                        const struct scheme *s)
{
    struct hash hash = scheme_hash(p);
    struct problem *problems = NULL;
    struct scheme *thawed = NULL;

    check_label(s->name);
    check_tree(s);
    check_levels(s);
    check_score(a, s);
    check_number(a, s);
    check(memcmp(&hash, &s->hash, sizeof hash) == 0); /* [SC4] */
    check(!failed(scheme_thaw(a, p, &thawed, &problems)));
    check(memcmp(&hash, &thawed->hash, sizeof hash) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct package_file file = { S("scheme.yaml"), { (const char *)bytes, n } };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *s = NULL;

    arena_init(&a, &h, 256 << 20);
    err e = scheme_load(&a, &package, &s, &problems);
    check(failed(e) == (s == NULL));
    if (failed(e))
        check_problems(&a, e, problems);
    else
        check_works(&a, &package, s);
    return 0;
}
