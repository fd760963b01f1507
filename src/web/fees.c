/*
 * fees -- what a certification may cost, by the package's own rules, before
 * anybody applies. [M28]-[M31] [M33] [条例 20]
 *
 *   [WF1] Every figure is domain/fees'; nothing is added on the way, no market
 *         price and no subsidy among it [D3].
 *   [WF2] What others sell around a certification is named apart and without a
 *         price: it is not the body's business, and nobody needs it.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/fees.h"
#include "web/answer.h"
#include "web/fee_words.h"
#include "web/saying.h"

static const char page_cache[] = "private, max-age=300";

/* --- what was asked ----------------------------------------------------- */

/* The scheme that was named, else the first. */
static const struct scheme *chosen(const struct request *rq,
                                   const struct list *found)
{
    const struct scheme *const *s = found->p;
    str name = asked(rq, "scheme");

    for (size_t i = 0; i < found->n; i++) {
        if (str_eq(s[i]->id, name))
            return s[i];
    }
    return found->n == 0 ? NULL : s[0];
}

/* A field that is no number in its range says so beside itself. */
static err take_number(struct request *rq, const char *name, int64_t most,
                       int64_t *n, str *wrong)
{
    const struct err_arg range[] = { ARG_INT("most", most), { 0 } };

    if (asked_number(rq, name, 1, most, n) != ASKED_WRONG)
        return OK;
    return say(rq, "public.number_wrong", range, wrong);
}

static err take_question(struct request *rq, const struct scheme *s,
                         struct fee_question *q, struct page_fees *page)
{
    err e;

    page->staff = asked(rq, "staff");
    page->sites = asked(rq, "sites");
    page->trade = asked(rq, "trade");
    TRY(take_number(rq, "staff", FEE_STAFF_MAX, &q->staff, &page->staff_wrong));
    q->sites = 1;
    TRY(take_number(rq, "sites", FEE_SITES_MAX, &q->sites, &page->sites_wrong));
    q->level = scheme_level(s, asked(rq, "level"));
    q->trade = page->trade;
    q->renewal = asked(rq, "renewal").n > 0;
    e = fees_check_trade(rq->arena, q->trade);
    if (failed(e)) {
        q->trade = S("");
        return answer_words(rq, e, &page->trade_wrong);
    }
    return OK;
}

static bool is_answerable(const struct fee_question *q,
                          const struct page_fees *page)
{
    return q->staff > 0 &&
           page->staff_wrong.n + page->sites_wrong.n + page->trade_wrong.n == 0;
}

/* --- what there is to choose -------------------------------------------- */

static err list_schemes(struct request *rq, const struct list *found,
                        const struct scheme *now, struct page_fees *page)
{
    const struct scheme *const *s = found->p;
    struct page_fees_schemes *rows =
        arena_array(rq->arena, found->n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < found->n; i++)
        rows[i] = (struct page_fees_schemes){
            .id = s[i]->id,
            .name = web_label(rq, s[i]->name),
            .now = s[i] == now,
        };
    page->schemes = rows;
    page->schemes_n = found->n;
    return OK;
}

static err list_levels(struct request *rq, const struct scheme *s,
                       int32_t level, struct page_fees *page)
{
    struct page_fees_levels *rows =
        arena_array(rq->arena, s->level_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->level_count; i++)
        rows[i] = (struct page_fees_levels){
            .id = s->levels[i].id,
            .name = web_label(rq, s->levels[i].label),
            .now = (int32_t)i == level,
        };
    page->levels = rows;
    page->levels_n = s->level_count > 1 ? s->level_count : 0;
    return OK;
}

/* --- the answer --------------------------------------------------------- */

static void set_range(struct money_range from, int64_t *least, int64_t *most,
                      bool *exact)
{
    *least = from.least;
    *most = from.most;
    *exact = from.least == from.most;
}

static err days_text(struct request *rq, const struct fee_sum *x, str *out)
{
    const struct err_arg visited[] = { ARG_INT("count", x->visited), { 0 } };
    struct err_arg days[] = { ARG_STR("days", S("")), { 0 } };
    str sites;

    TRY(say_thousandths(rq->arena, x->days * 100, &days[0].text));
    TRY(say(rq, "public.fee_days", days, out));
    TRY(say(rq, "public.fee_visited", visited, &sites));
    return say_both(rq, *out, sites, out);
}

static err list_first(struct request *rq, const struct fee_sum *x,
                      struct page_fees *page)
{
    struct page_fees_first *rows =
        arena_array(rq->arena, x->count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < x->count; i++) {
        rows[i].what = fee_rule_ids[x->lines[i].rule];
        set_range(x->lines[i].amount, &rows[i].least, &rows[i].most,
                  &rows[i].exact);
    }
    page->first = rows;
    page->first_n = x->count;
    set_range(x->total, &page->first_least, &page->first_most,
              &page->first_exact);
    return days_text(rq, x, &page->first_days);
}

static err list_later(struct request *rq, const struct fee_sum *x,
                      struct page_fees *page)
{
    struct page_fees_later *rows =
        arena_array(rq->arena, x->count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < x->count; i++) {
        rows[i].what = fee_rule_ids[x->lines[i].rule];
        set_range(x->lines[i].amount, &rows[i].least, &rows[i].most,
                  &rows[i].exact);
    }
    page->later = rows;
    page->later_n = x->count;
    set_range(x->total, &page->later_least, &page->later_most,
              &page->later_exact);
    return days_text(rq, x, &page->later_days);
}

static err answer(struct request *rq, const struct scheme *s,
                  const struct fee_question *q, struct page_fees *page)
{
    struct fee_answer x;
    err e = fees_estimate(rq->arena, s, q, &x);

    if (err_is(e, ERR_REFUSED) || err_is(e, ERR_LIMIT))
        return answer_words(rq, e, &page->refused);
    TRY(e);
    TRY(list_first(rq, &x.first, page));
    TRY(list_later(rq, &x.surveillance, page));
    page->answered = true;
    page->surveillances = x.surveillances;
    page->assumed = x.assumed;
    set_range(x.whole, &page->whole_least, &page->whole_most,
              &page->whole_exact);
    return say_span(rq, s->limits.validity, &page->validity);
}

static err fill(struct request *rq, const struct list *found,
                struct page_fees *page)
{
    const struct scheme *s = chosen(rq, found);
    struct fee_question q = { 0 };

    TRY(list_schemes(rq, found, s, page));
    if (s == NULL)
        return OK;
    page->scheme = s->id;
    page->has_trades = s->fees.trade_count > 0;
    TRY(take_question(rq, s, &q, page));
    page->renewal = q.renewal;
    TRY(list_levels(rq, s, q.level, page));
    return is_answerable(&q, page) ? answer(rq, s, &q, page) : OK;
}

static err get_fees(struct request *rq, struct response *rs)
{
    struct page_fees page = { 0 };
    struct list found;
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "public.fees_about", &page.base);
    TRY(web_schemes(rq, &found));
    TRY(fill(rq, &found, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_fees_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, page_cache);
}

static const struct route routes[] = {
    { METHOD_GET, "/fees", 0, BODY_NONE, get_fees },
};

const struct route_table fees_routes = { routes, COUNT(routes) };
