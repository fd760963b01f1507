/*
 * case_records_groups -- the figures of service records by month, outlet,
 * product, person or category of service. [M26] [M27]
 *
 *   [WG2] The most tickets first, months by the calendar; a page holds
 *         REPORT_SHOWN groups and the next begins after its last, but for
 *         months, of which all stand on one.
 *   [WG3] One figure at a time is drawn over the table, which has the main
 *         ones side by side; which it is stands in the address.
 *   [WG4] A group leads to its rows.
 */

#include "base/arena.h"
#include "base/size.h"
#include "service/records_words.h"
#include "web/case_records.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 400 };

struct grouping {
    const struct records_view *x;
    const struct held_counted *c;
    enum figure_group kind;
    enum figure_share drawn;
    struct records_order order;
    struct records_order part; /* of it, on this page */
    size_t from;               /* where that begins */
    struct records_report r;   /* the whole, and the groups of this page */
    struct page_case_records_groups page;
};

static struct request *asker(const struct grouping *g)
{
    return g->x->v.rq;
}

static bool is_told(const struct grouping *g, enum figure_share which)
{
    return g->r.whole.tally.shares[which].n > 0;
}

/* --- which figure is drawn [WG3] ----------------------------------------- */

static const enum figure_share usual[] = {
    SHARE_FIRST_TIME,
    SHARE_SATISFIED,
    SHARE_RESOLVED_IN_TIME,
    SHARE_RESOLVED,
};

static void choose_drawn(struct grouping *g)
{
    str word = asked(asker(g), "figure");

    g->drawn = SHARE_RESOLVED;
    for (size_t i = COUNT(usual); i-- > 0;) {
        if (is_told(g, usual[i]))
            g->drawn = usual[i];
    }
    for (int i = 0; i < SHARE_COUNT; i++) {
        enum figure_share which = (enum figure_share)i;

        if (str_eq(word, str_of(records_share_words(which)->name)) &&
            is_told(g, which))
            g->drawn = which;
    }
}

/* A column of its own has what the file tells and is not drawn. */
static bool stands_beside(const struct grouping *g, enum figure_share which)
{
    return which != g->drawn && is_told(g, which);
}

static err show_choice(struct grouping *g)
{
    struct page_case_records_groups_choices *rows;

    CASE_ROWS(&g->x->v, rows, SHARE_COUNT);
    for (int i = 0; i < SHARE_COUNT; i++) {
        enum figure_share which = (enum figure_share)i;

        if (is_told(g, which))
            rows[g->page.choices_n++] =
                (struct page_case_records_groups_choices){
                    .value = str_of(records_share_words(which)->name),
                    .name = report_share_name(which),
                    .chosen = which == g->drawn,
                };
    }
    g->page.choices = rows;
    g->page.drawn = report_share_name(g->drawn);
    g->page.with_resolved = stands_beside(g, SHARE_RESOLVED);
    g->page.with_in_time = stands_beside(g, SHARE_RESOLVED_IN_TIME);
    g->page.with_first_time = stands_beside(g, SHARE_FIRST_TIME);
    g->page.with_satisfied = stands_beside(g, SHARE_SATISFIED);
    return OK;
}

/* --- where the page begins [WG2] ----------------------------------------- */

static void find_place(struct grouping *g)
{
    int64_t after = 0;
    size_t left;

    if (asked_number(asker(g), "after", 0, UINT32_MAX, &after) ==
        ASKED_NUMBER) {
        for (size_t i = 0; i < g->order.n; i++) {
            if (g->order.indices[i] == (uint32_t)after)
                g->from = i + 1;
        }
    }
    left = g->order.n - g->from;
    g->part = (struct records_order){
        g->order.indices + g->from,
        g->kind == GROUP_MONTH || left < REPORT_SHOWN ? left : REPORT_SHOWN,
    };
}

static err show_next(struct grouping *g)
{
    size_t end = g->from + g->r.groups[g->kind].n;
    struct buf b;

    g->page.from = (int64_t)g->from + 1;
    g->page.to = (int64_t)end;
    g->page.all = (int64_t)g->order.n;
    g->page.begun = g->from > 0;
    if (end >= g->order.n || end == 0)
        return OK;
    buf_init(&b, asker(g)->arena, ADDRESS_MOST);
    buf_printf(&b, "?figure=%s&after=%u", records_share_words(g->drawn)->name,
               (unsigned)g->order.indices[end - 1]);
    return buf_done(&b, &g->page.next);
}

/* --- rows ---------------------------------------------------------------- */

static err say_cell(const struct grouping *g, const struct report_group *group,
                    enum figure_share which, str *out)
{
    struct records_said said;

    TRY(records_say_share(asker(g), &g->r, which, group->tally.shares[which],
                          &said));
    *out = said.known ? said.percent : S("–");
    return OK;
}

static err say_time(const struct grouping *g, const struct report_group *group,
                    enum figure_time which, str *out)
{
    *out = S("–");
    return group->times[which].n == 0
               ? OK
               : records_duration(asker(g), group->times[which].median, out);
}

static err show_group(const struct grouping *g,
                      const struct report_group *group,
                      struct page_case_records_groups_rows *out)
{
    struct share of = group->tally.shares[g->drawn];
    struct records_said said;

    *out = (struct page_case_records_groups_rows){
        .label = report_label(group, web_lang(asker(g))),
        .group = group->label,
        .tickets = group->tickets,
        .small = group->tickets < REPORT_LEAST,
        .k = of.k,
        .n = of.n,
    };
    TRY(records_say_share(asker(g), &g->r, g->drawn, of, &said));
    out->known = said.known;
    out->percent = said.percent;
    out->interval = said.interval;
    out->judged = said.known && said.verdict != NULL && !out->small;
    out->verdict = said.verdict;
    out->style = said.verdict == NULL ? S("") : str_of(said.style);
    TRY(say_cell(g, group, SHARE_RESOLVED, &out->resolved));
    TRY(say_cell(g, group, SHARE_RESOLVED_IN_TIME, &out->in_time));
    TRY(say_cell(g, group, SHARE_FIRST_TIME, &out->first_time));
    TRY(say_cell(g, group, SHARE_SATISFIED, &out->satisfied));
    TRY(say_time(g, group, TIME_RESPONSE, &out->response));
    return say_time(g, group, TIME_RESOLUTION, &out->resolution);
}

static err show_rows(struct grouping *g)
{
    const struct list *groups = &g->r.groups[g->kind];
    const struct report_group *group = groups->p;
    struct page_case_records_groups_rows *rows;

    CASE_ROWS(&g->x->v, rows, groups->n);
    for (size_t i = 0; i < groups->n; i++) {
        TRY(show_group(g, &group[i], &rows[i]));
        g->page.smalls = g->page.smalls || rows[i].small;
    }
    g->page.rows = rows;
    g->page.rows_n = groups->n;
    return records_chart(asker(g), &g->r, g->kind, g->drawn, &g->page.picture,
                         &g->page.height);
}

/* --- the page ------------------------------------------------------------ */

static err fill(struct grouping *g)
{
    const struct records_at here = { RECORDS_GROUPS, g->kind };

    TRY(records_whole(g->x, g->c, &g->r));
    choose_drawn(g);
    records_order(g->c, g->kind, &g->order);
    find_place(g);
    TRY(records_some(g->x, g->c, g->kind, &g->part, &g->r.groups[g->kind]));
    TRY(records_head(g->x, g->c, here, &g->page.file));
    TRY(show_choice(g));
    TRY(show_rows(g));
    return show_next(g);
}

static err show(struct grouping *g, struct response *rs)
{
    static const struct {
        const char *id;
    } headings[GROUP_COUNT] = {
        [GROUP_MONTH] = { .id = "records_page.by_month" },
        [GROUP_OUTLET] = { .id = "records_page.by_outlet" },
        [GROUP_PRODUCT] = { .id = "records_page.by_product" },
        [GROUP_PERSON] = { .id = "records_page.by_person" },
        [GROUP_TRADE] = { .id = "records_page.by_trade" },
    };
    struct request *rq = asker(g);
    struct buf b;

    g->page.number = g->x->v.file.number;
    g->page.id = g->x->id;
    g->page.word = str_of(records_group_word(g->kind));
    g->page.heading = headings[g->kind].id;
    g->page.what = report_group_name(g->kind);
    g->page.months = g->kind == GROUP_MONTH;
    g->page.least = REPORT_LEAST;
    TRY(case_view_room(&g->x->v, TAB_RECORDS, &g->page.head));
    TRY(fill(g));
    TRY(visit_work(rq, g->x->v.file.number, AT_CASES, &g->page.work));
    case_view_buf(rq, &b);
    page_case_records_groups_render(&b, web_lang(rq), &g->page);
    return web_send(rq, rs, 200, &b, NULL);
}

static err get_groups(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct grouping *g = arena_zero(rq->arena, sizeof *g);
    str word = request_parameter(rq, S("kind"));
    struct records_view x;

    TRY_MEMORY(g);
    TRY(records_view_file(rq, &x));
    if (!records_kind_of(word, &g->kind))
        return err_new(rq->arena, ERR_NOT_FOUND, "records_page.no_kind",
                       ARG_STR("kind", word));
    TRY(records_counted(&x, rs, &counted));
    if (counted.c == NULL)
        return OK;
    g->x = &x;
    g->c = counted.c;
    return show(g, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}/by/{kind}", RIGHT_IN, BODY_NONE,
      get_groups },
};

const struct route_table case_record_group_routes = { routes, COUNT(routes) };
