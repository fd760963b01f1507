/* selfcheck_result -- what a self-check comes to: score, level, gap, and what
 * costs most. [SK2] [SK3] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/explain.h"
#include "web/selfcheck.h"

enum { LOSSES_SHOWN = 10, STEPS_SHOWN = 20 };

/* --- the score ---------------------------------------------------------- */

static void put_u128(struct buf *b, u128 n)
{
    char digits[40];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + (int)(n % 10));
        n /= 10;
    } while (n > 0);
    buf_str(b, (str){ digits + at, sizeof digits - at });
}

/* The fraction itself, where two places do not say it all. */
static err exact_text(struct request *rq, const struct score *x, str *out)
{
    struct buf b;

    *out = S("");
    if (fraction_cmp(x->exact, x->shown * 10) == 0)
        return OK;
    buf_init(&b, rq->arena, 100);
    put_u128(&b, x->exact.num);
    buf_char(&b, '/');
    put_u128(&b, x->exact.den);
    return buf_done(&b, out);
}

static err set_score(const struct check *c, const struct explanation *x,
                     struct page_check_score *page)
{
    const struct scheme *s = c->scheme;

    page->points = s->method == METHOD_POINTS;
    page->score = x->score.shown;
    page->has_level = x->score.level >= 0;
    if (page->has_level) {
        page->level = web_label(c->rq, s->levels[x->score.level].label);
        page->stars = page_stars(s->levels[x->score.level].stars);
    }
    page->failed_by_specials = x->score.failed_by_specials;
    page->of = (int64_t)s->leaf_count;
    page->unanswered = page->of - x->score.answered;
    return exact_text(c->rq, &x->score, &page->exact);
}

/* --- the gap ------------------------------------------------------------ */

/* Hundredths that are enough, of thousandths. */
static int64_t hundredths_up(int32_t thousandths)
{
    return (thousandths + 9) / 10;
}

static err list_steps(const struct check *c, const struct explanation *x,
                      struct page_check_gap *page)
{
    size_t n =
        x->gap.step_count < STEPS_SHOWN ? x->gap.step_count : STEPS_SHOWN;
    struct page_check_gap_steps *rows =
        arena_array(c->rq->arena, n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++) {
        const struct loss *l = &x->losses[x->gap.steps[i]];
        const struct indicator *leaf = scheme_leaf_at(c->scheme, l->leaf);

        rows[i] = (struct page_check_gap_steps){
            .id = leaf->id,
            .what = web_label(c->rq, leaf->label),
            .worth = l->worth / 10,
        };
    }
    page->steps = rows;
    page->steps_n = n;
    page->steps_more = (int64_t)(x->gap.step_count - n);
    return OK;
}

static err set_gap(const struct check *c, const struct explanation *x,
                   struct page_check_gap *page)
{
    const struct gap *g = &x->gap;

    page->has_gap = g->level >= 0;
    if (!page->has_gap)
        return OK;
    page->wanted = web_label(c->rq, c->scheme->levels[g->level].label);
    page->lacks_points = page->points && g->missing > 0;
    page->missing = hundredths_up(g->missing);
    page->closable = g->closable;
    page->blocked = g->blocked > 0;
    page->reached = !page->lacks_points && !page->blocked && page->points;
    return list_steps(c, x, page);
}

static err list_gates(const struct check *c, const struct explanation *x,
                      struct page_check_gap *page)
{
    static const char *const ids[] = {
        [GATE_MET] = "gate.met",
        [GATE_NOT_MET] = "gate.not_met",
        [GATE_UNKNOWN] = "gate.unknown",
        [GATE_CANNOT_TELL] = "gate.cannot_tell",
    };
    static const str styles[] = {
        [GATE_MET] = S_INIT("valid"),
        [GATE_NOT_MET] = S_INIT("withdrawn"),
        [GATE_UNKNOWN] = S_INIT("pending"),
        [GATE_CANNOT_TELL] = S_INIT("suspended"),
    };
    const struct scheme *s = c->scheme;
    struct page_check_gap_gates *rows =
        arena_array(c->rq->arena, x->score.gate_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < x->score.gate_count; i++) {
        const struct gate_result *r = &x->score.gates[i];
        const struct level *l = &s->levels[r->level];

        rows[i] = (struct page_check_gap_gates){
            .level = web_label(c->rq, l->label),
            .what = web_label(c->rq, l->gates[r->gate].label),
            .state = ids[r->state],
            .style = styles[r->state],
        };
    }
    page->gates = rows;
    page->gates_n = x->score.gate_count;
    return OK;
}

/* --- what costs most ---------------------------------------------------- */

/* The greatest loss that is not among the `n` taken so far; the first of
 * several. */
static const struct loss *next_loss(const struct explanation *x,
                                    const struct loss *const *taken, size_t n)
{
    const struct loss *best = NULL;

    for (size_t i = 0; i < x->loss_count; i++) {
        const struct loss *l = &x->losses[i];
        bool is_taken = false;

        for (size_t j = 0; j < n; j++)
            is_taken = is_taken || taken[j] == l;
        if (!is_taken && (best == NULL || l->points > best->points))
            best = l;
    }
    return best;
}

static err list_losses(const struct check *c, const struct explanation *x,
                       struct page_check_gap *page)
{
    static const char *const reasons[] = {
        [ANSWER_NONE] = "answer.none",
        [ANSWER_MET] = "answer.met",
        [ANSWER_NOT_MET] = "answer.not_met",
        [ANSWER_SAMPLED] = "answer.sampled",
        [ANSWER_NOT_APPLICABLE] = "answer.na",
    };
    const struct loss *taken[LOSSES_SHOWN] = { NULL };
    struct page_check_gap_losses *rows =
        arena_array(c->rq->arena, LOSSES_SHOWN, sizeof *rows);

    TRY_MEMORY(rows);
    while (page->losses_n < LOSSES_SHOWN && page->losses_n < x->loss_count) {
        const struct loss *l = next_loss(x, taken, page->losses_n);
        const struct indicator *leaf = scheme_leaf_at(c->scheme, l->leaf);

        taken[page->losses_n] = l;
        rows[page->losses_n++] = (struct page_check_gap_losses){
            .id = leaf->id,
            .what = web_label(c->rq, leaf->label),
            .why = reasons[l->given.kind],
            .lost = hundredths_up(l->points),
        };
    }
    page->losses = rows;
    page->losses_more = (int64_t)(x->loss_count - page->losses_n);
    return OK;
}

/* --- the page ----------------------------------------------------------- */

err check_result(const struct check *c, struct page_check_score *score,
                 struct page_check_gap *gap)
{
    struct explanation *x = arena_zero(c->rq->arena, sizeof *x);
    int32_t wish = scheme_level(c->scheme, asked(c->rq, "wish"));

    TRY_MEMORY(x);
    TRY(explain(c->rq->arena, c->scheme, &c->given, wish, x));
    TRY(set_score(c, x, score));
    gap->points = score->points;
    TRY(set_gap(c, x, gap));
    TRY(list_gates(c, x, gap));
    return list_losses(c, x, gap);
}

err check_result_page(const struct check *c, struct response *rs)
{
    struct request *rq = c->rq;
    struct page_check_result page = {
        .scheme = c->scheme->id,
        .name = web_label(rq, c->scheme->name),
    };
    struct buf b;

    TRY(web_base(rq, page.name, &page.base));
    web_about(rq, "public.check_about", &page.base);
    TRY(check_result(c, &page.score, &page.gap));
    TRY(check_address(c, S("1"), &page.change));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_check_result_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}
