/*
 * case_records_wait -- a file of service records on its way: while it comes,
 * while it is counted, or when it cannot be. [WR3]
 *
 *   [WW1] The page asks how far it is, and is led on by the answer that it is
 *         counted; without scripts a link asks.
 *   [WW2] Of what cannot be counted the reason stands there, with the way to
 *         where a mapping corrects it; of what is no table, to another file.
 */

#include "base/size.h"
#include "service/records_words.h"
#include "web/case_records.h"
#include "web/saying.h"

#include <string.h>

enum { PERCENT = 100, MS_OF_SECOND = 1000 };

/* --- what stands over every page of a file ------------------------------- */

static err show_kinds(const struct records_view *x,
                      const struct held_counted *c, struct records_at at,
                      struct page_case_records_head *out)
{
    static const enum figure_group kinds[] = { GROUP_MONTH, GROUP_OUTLET,
                                               GROUP_PRODUCT, GROUP_PERSON,
                                               GROUP_TRADE };
    static const struct {
        const char *id;
    } names[GROUP_COUNT] = {
        [GROUP_MONTH] = { .id = "records_page.by_month" },
        [GROUP_OUTLET] = { .id = "records_page.by_outlet" },
        [GROUP_PRODUCT] = { .id = "records_page.by_product" },
        [GROUP_PERSON] = { .id = "records_page.by_person" },
        [GROUP_TRADE] = { .id = "records_page.by_trade" },
    };
    struct page_case_records_head_kinds *rows;

    CASE_ROWS(&x->v, rows, COUNT(kinds));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!records_has(c, kinds[i]))
            continue;
        rows[out->kinds_n++] = (struct page_case_records_head_kinds){
            .word = str_of(records_group_word(kinds[i])),
            .name = names[kinds[i]].id,
            .here = at.tab == RECORDS_GROUPS && at.kind == kinds[i],
        };
    }
    out->kinds = rows;
    return OK;
}

/* Would a mapping or other terms help?  Not where there is no table. */
static bool is_mended_by_terms(err why)
{
    static const char *const no_table[] = { "records.charset", "records.empty",
                                            "records.no_table",
                                            "records.columns",
                                            "records.book_size" };

    for (size_t i = 0; i < COUNT(no_table); i++) {
        if (strcmp(why.info->id, no_table[i]) == 0)
            return false;
    }
    return !str_begins(str_of(why.info->id), S("xlsx."));
}

err records_head(const struct records_view *x, const struct held_counted *c,
                 struct records_at at, struct page_case_records_head *out)
{
    *out = (struct page_case_records_head){
        .number = x->v.file.number,
        .id = x->id,
        .name = x->held.name,
        .until = x->held.until,
        .screened = c != NULL && held_may_screen(&x->of),
        .at_overview = at.tab == RECORDS_OVERVIEW,
        .at_screens = at.tab == RECORDS_SCREENS,
        .at_columns = at.tab == RECORDS_COLUMNS,
        .mapped =
            x->held.state != HELD_REFUSED || is_mended_by_terms(x->held.why),
    };
    TRY(case_view_size(&x->v, x->held.size, &out->size));
    return c == NULL ? OK : show_kinds(x, c, at, out);
}

/* --- how far it is ------------------------------------------------------- */

static err show_progress(const struct records_view *x,
                         struct page_case_records_progress *out)
{
    const struct held_file *f = &x->held;
    const struct records_progress *p = &f->progress;
    int64_t size = (int64_t)p->size;

    *out = (struct page_case_records_progress){
        .arrives = f->state == HELD_ARRIVING,
        .rows = (int64_t)p->lines,
        .known = size > 0,
        .percent = size > 0 ? (int64_t)p->bytes * PERCENT / size : 0,
        .timed = f->left >= 0,
        .seconds = (f->left + MS_OF_SECOND - 1) / MS_OF_SECOND,
    };
    if (!out->arrives)
        return OK;
    out->known = f->size > 0;
    out->percent = f->size > 0 ? f->arrived * PERCENT / f->size : 0;
    return case_view_size(&x->v, f->arrived, &out->arrived);
}

err records_say_why(struct request *rq, const struct held_file *f, str *out)
{
    const struct err_arg args[] = { ARG_STR("name", f->name), { 0 } };

    if (strcmp(f->why.info->id, "records.no_opening") == 0)
        return say(rq, "records_page.no_opening", args, out);
    return answer_words(rq, f->why, out);
}

err records_wait_show(const struct records_view *x, struct response *rs)
{
    static const struct records_at here = { RECORDS_OVERVIEW, GROUP_WHOLE };
    struct request *rq = x->v.rq;
    struct page_case_records_wait page = {
        .number = x->v.file.number,
        .id = x->id,
        .refused = x->held.state == HELD_REFUSED,
        .may = held_may_hand_in(&x->of),
    };
    struct buf b;

    TRY(case_view_room(&x->v, TAB_RECORDS, &page.head));
    TRY(records_head(x, NULL, here, &page.file));
    TRY(show_progress(x, &page.progress));
    if (page.refused) {
        page.mends = is_mended_by_terms(x->held.why);
        TRY(records_say_why(rq, &x->held, &page.why));
    }
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &page.work));
    page.work.typing.on = !page.refused;
    case_view_buf(rq, &b);
    page_case_records_wait_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* Is there anything to be led on to?  What was counted may have to be counted
 * again (records_held.h [RH4]). */
static err is_through(const struct records_view *x, bool *out)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct request *rq = x->v.rq;

    *out = x->held.state == HELD_REFUSED;
    if (*out || x->held.state == HELD_ARRIVING)
        return OK;
    counted.app = web_app(rq);
    err e =
        held_counted(counted.app, rq->arena, &x->of, x->held.id, &counted.c);
    *out = !err_is(e, ERR_BUSY);
    return failed(e) && !answer_is_theirs(e) ? e : OK;
}

/* [WW1] */
static err get_progress(struct request *rq, struct response *rs)
{
    struct page_case_records_progress part;
    struct records_view x;
    bool through = false;
    struct buf b;

    TRY(records_view_file(rq, &x));
    TRY(is_through(&x, &through));
    TRY(show_progress(&x, &part));
    case_view_buf(rq, &b);
    page_case_records_progress_render(&b, web_lang(rq), &part);
    if (through)
        TRY(response_header(rs, S("HX-Refresh"), S("true")));
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}/progress", RIGHT_IN, BODY_NONE,
      get_progress },
};

const struct route_table case_record_wait_routes = { routes, COUNT(routes) };
