/*
 * case_records_rows -- the rows behind a figure: those of a group, or those
 * that a screen points at, as they stand in the file. [M26]
 *
 *   [WD1] Cells are shown as the file has them, those of customers and
 *         telephones masked (service/records_held.h): who has to see more has
 *         the file itself.
 *   [WD2] A list goes on after a line.
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/percent.h"
#include "service/records_words.h"
#include "web/case_records.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 8000, LINE_MOST = 2000000000 };

/* What is looked at, as the address has it. */
struct row_wish {
    bool screened; /* what a screen points at; else a group */
    enum screen screen;
    enum figure_group kind;
    str group;
    int64_t after;
};

static bool find_screen(str word, enum screen *out)
{
    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (str_eq(word, screen_word((enum screen)i))) {
            *out = (enum screen)i;
            return true;
        }
    }
    return false;
}

static err read_wish(struct request *rq, struct row_wish *out)
{
    str word = asked(rq, "by");

    *out = (struct row_wish){ .group = asked(rq, "group") };
    (void)asked_number(rq, "after", 0, LINE_MOST, &out->after);
    out->screened = find_screen(asked(rq, "screen"), &out->screen);
    if (out->screened || records_kind_of(word, &out->kind))
        return OK;
    return err_new(rq->arena, ERR_NOT_FOUND, "records_page.no_kind",
                   ARG_STR("kind", word));
}

/* --- which rows ---------------------------------------------------------- */

/* A screen is for some only; of the rest it says what it says of no page. */
static err ask_screened(const struct records_view *x, const struct row_wish *w,
                        struct held_rows *out)
{
    struct request *rq = x->v.rq;
    struct held_asked_rows asked_rows = { .kind = GROUP_WHOLE };
    struct held_drawn *drawn;

    if (!held_may_screen(&x->of))
        return err_new(rq->arena, ERR_NOT_FOUND, "records_page.no_kind",
                       ARG_STR("kind", screen_word(w->screen)));
    CASE_ROWS(&x->v, drawn, SCREEN_COUNT);
    TRY(held_drawn_rows(web_app(rq), rq->arena, &x->of, x->held.id, drawn));
    asked_rows.lines = drawn[w->screen].lines;
    asked_rows.lines_n = drawn[w->screen].n;
    *out = (struct held_rows){ .names = NULL };
    if (asked_rows.lines_n == 0)
        return OK;
    return held_rows(web_app(rq), rq->arena, &x->of, x->held.id, &asked_rows,
                     out);
}

static err ask_rows(const struct records_view *x, const struct row_wish *w,
                    struct held_rows *out)
{
    const struct held_asked_rows asked_rows = {
        .kind = w->kind,
        .group = w->group,
        .after = (uint64_t)w->after,
    };

    return w->screened ? ask_screened(x, w, out)
                       : held_rows(web_app(x->v.rq), x->v.rq->arena, &x->of,
                                   x->held.id, &asked_rows, out);
}

/* --- the page ------------------------------------------------------------ */

static err show_names(const struct records_view *x,
                      const struct held_rows *found,
                      struct page_case_records_rows *page)
{
    struct page_case_records_rows_names *names;

    CASE_ROWS(&x->v, names, found->names_n);
    for (size_t i = 0; i < found->names_n; i++)
        names[i].name = found->names[i];
    page->names = names;
    page->names_n = found->names_n;
    return OK;
}

static err show_cells(const struct records_view *x, const struct held_row *from,
                      struct page_case_records_row *out)
{
    struct page_case_records_row_cells *cells;

    CASE_ROWS(&x->v, cells, from->n);
    for (size_t i = 0; i < from->n; i++)
        cells[i].text = from->cells[i];
    *out = (struct page_case_records_row){
        .line = (int64_t)from->line,
        .cells = cells,
        .cells_n = from->n,
    };
    return OK;
}

static err show_found(const struct records_view *x,
                      const struct held_rows *found,
                      struct page_case_records_rows *page)
{
    const struct held_row *from = found->rows.p;
    struct page_case_records_row *rows;

    TRY(show_names(x, found, page));
    CASE_ROWS(&x->v, rows, found->rows.n);
    for (size_t i = 0; i < found->rows.n; i++)
        TRY(show_cells(x, &from[i], &rows[i]));
    page->rows = rows;
    page->rows_n = found->rows.n;
    return OK;
}

/* [WD2] */
static err show_next(const struct records_view *x, const struct row_wish *w,
                     uint64_t next, str *out)
{
    struct buf b;

    if (next == 0 || w->screened)
        return OK;
    buf_init(&b, x->v.rq->arena, ADDRESS_MOST);
    buf_printf(&b, "?by=%s&group=", records_group_word(w->kind));
    percent_encode(&b, w->group);
    buf_printf(&b, "&after=%lld", (long long)next);
    return buf_done(&b, out);
}

static err name_it(const struct records_view *x, const struct row_wish *w,
                   struct page_case_records_rows *page)
{
    struct request *rq = x->v.rq;
    const struct report_group group = { .label = w->group };

    if (w->screened) {
        page->what = records_name(rq, "records_page.screens");
        page->which = records_name(rq, screen_name(w->screen));
        return OK;
    }
    page->what = records_name(rq, report_group_name(w->kind));
    page->which = report_label(&group, web_lang(rq));
    page->word = str_of(records_group_word(w->kind));
    return OK;
}

static err show(const struct records_view *x, const struct held_counted *c,
                const struct row_wish *w, struct response *rs)
{
    struct request *rq = x->v.rq;
    const struct records_at here = { w->screened ? RECORDS_SCREENS
                                                 : RECORDS_GROUPS,
                                     w->kind };
    struct page_case_records_rows page = {
        .number = x->v.file.number,
        .id = x->id,
        .screened = w->screened,
        .begun = w->after > 0,
        .group = w->group,
    };
    struct held_rows found = { .names = NULL };
    struct buf b;

    TRY(ask_rows(x, w, &found));
    TRY(case_view_room(&x->v, TAB_RECORDS, &page.head));
    TRY(records_head(x, c, here, &page.file));
    TRY(name_it(x, w, &page));
    TRY(show_found(x, &found, &page));
    TRY(show_next(x, w, found.next, &page.next));
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_records_rows_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

err records_rows_get(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct records_view x;
    struct row_wish w = { .group = S("") };

    TRY(records_view_file(rq, &x));
    TRY(read_wish(rq, &w));
    TRY(records_counted(&x, rs, &counted));
    return counted.c == NULL ? OK : show(&x, counted.c, &w, rs);
}
