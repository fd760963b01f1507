/*
 * case_records_screens -- where to draw rows: what made-up records often look
 * like, for whoever may read the working papers. [M9] [M15]
 *
 *   [WS1] Every screen stands there, raised or not, with what is counted, what
 *         that is held against, and why honest records may look so too.  None
 *         is a finding, and the page says so first.
 *   [WS2] The enterprise learns nothing of them (records_held.h [RH5]).
 */

#include "base/arena.h"
#include "base/size.h"
#include "web/case_records.h"
#include "web/saying.h"

enum { LINES_TEXT = 1000 };

static err say_lines(const struct records_view *x,
                     const struct held_drawn *drawn, str *out)
{
    struct buf b;

    buf_init(&b, x->v.rq->arena, LINES_TEXT);
    for (size_t i = 0; i < drawn->n; i++) {
        buf_str(&b, i > 0 ? S(" ") : S(""));
        buf_int(&b, (int64_t)drawn->lines[i]);
    }
    return buf_done(&b, out);
}

static err show_raised(const struct records_view *x,
                       const struct screen_result *r,
                       const struct held_drawn *drawn,
                       struct page_case_records_screens_raised *out)
{
    struct err_arg args[SCREEN_ARGS];

    *out = (struct page_case_records_screens_raised){
        .name = screen_name(r->screen),
        .word = screen_word(r->screen),
        .concerned = (int64_t)r->concerned,
    };
    screen_arguments(r, args);
    TRY(say(x->v.rq, screen_says(r->screen), args, &out->says));
    out->drawn = (int64_t)drawn->n;
    return say_lines(x, drawn, &out->lines);
}

static err show_other(const struct records_view *x,
                      const struct screen_result *r,
                      struct page_case_records_screens_quiet *out)
{
    struct err_arg args[SCREEN_ARGS];

    *out = (struct page_case_records_screens_quiet){
        .name = screen_name(r->screen),
        .told = r->status == SCREEN_QUIET,
    };
    if (!out->told)
        return OK;
    screen_arguments(r, args);
    return say(x->v.rq, screen_says(r->screen), args, &out->says);
}

/* [WS1] */
static err show_screens(const struct records_view *x,
                        const struct held_counted *c,
                        struct page_case_records_screens *page)
{
    const struct screen_result *results = c->figures->screens;
    struct page_case_records_screens_raised *raised;
    struct page_case_records_screens_quiet *quiet;
    struct held_drawn *drawn;

    page->looked = results != NULL;
    page->tickets = (int64_t)c->figures->screened;
    if (results == NULL)
        return OK;
    CASE_ROWS(&x->v, raised, SCREEN_COUNT);
    CASE_ROWS(&x->v, quiet, SCREEN_COUNT);
    CASE_ROWS(&x->v, drawn, SCREEN_COUNT);
    TRY(held_drawn_rows(web_app(x->v.rq), x->v.rq->arena, &x->of, x->held.id,
                        drawn));
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        const struct screen_result *r = &results[i];

        if (r->status == SCREEN_RAISED)
            TRY(show_raised(x, r, &drawn[i], &raised[page->raised_n++]));
        else
            TRY(show_other(x, r, &quiet[page->quiet_n++]));
    }
    page->raised = raised;
    page->quiet = quiet;
    return OK;
}

static err show(const struct records_view *x, const struct held_counted *c,
                struct response *rs)
{
    static const struct records_at here = { RECORDS_SCREENS, GROUP_WHOLE };
    struct request *rq = x->v.rq;
    struct page_case_records_screens page = {
        .number = x->v.file.number,
        .id = x->id,
    };
    struct buf b;

    TRY(case_view_room(&x->v, TAB_RECORDS, &page.head));
    TRY(records_head(x, c, here, &page.file));
    TRY(show_screens(x, c, &page));
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_records_screens_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* [WS2] */
static err get_screens(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct records_view x;

    TRY(records_view_file(rq, &x));
    if (!held_may_screen(&x.of))
        return err_new(rq->arena, ERR_NOT_FOUND, "case.missing",
                       ARG_STR("ref", request_parameter(rq, S("number"))));
    TRY(records_counted(&x, rs, &counted));
    return counted.c == NULL ? OK : show(&x, counted.c, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}/screens", RIGHT_IN, BODY_NONE,
      get_screens },
    { METHOD_GET, "/cases/{number}/records/{id}/rows", RIGHT_IN, BODY_NONE,
      records_rows_get },
};

const struct route_table case_record_screen_routes = { routes, COUNT(routes) };
