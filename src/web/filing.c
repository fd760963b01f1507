/*
 * filing -- a month's report to the authority: what it would hold, what is
 * wrong with it row by row, and the acts of the reporter. [FI1] [FI2] [M20]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/rights.h"
#include "web/filings.h"

#include <string.h>

enum {
    PROBLEMS_MOST = 200,      /* shown */
    WORKBOOK_ROOM = 64 << 20, /* of a month's rows, and the file */
    WHY_MOST = 4000,
};

#define TYPE_WORKBOOK                                                          \
    S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

/* A month that is looked at. */
struct looking_at {
    struct request *rq;
    struct arena *roomy; /* for what a month is made of */
    const struct session *who;
    struct month month;
    struct page_filing page;
};

/* As if it were no page: what is no month, and one that has not begun, of which
 * there is nothing yet. */
static err open_month(struct request *rq, struct looking_at *out)
{
    str given = request_parameter(rq, S("month"));

    *out = (struct looking_at){ .rq = rq, .who = registers_reader(rq) };
    if (!month_parse(given, &out->month) ||
        month_first(out->month) > faces_today(rq->app) ||
        !overviews_open_to(out->who))
        return err_new(rq->arena, ERR_NOT_FOUND, "filings.no_month",
                       ARG_STR("month", given));
    out->page.month = given;
    out->page.due = month_due(out->month);
    out->page.may = rights_may_report(&out->who->actor);
    return OK;
}

/* --- what is on record ---------------------------------------------------- */

static err show_line(struct looking_at *l, const struct reporting_line *line)
{
    const struct ledger_month *m = &line->month;
    struct page_filing *page = &l->page;

    page->known = true;
    page->late = filings_late(line->state);
    page->is_exported = m->exported != NULL;
    page->exported = m->exported_on;
    page->whole = m->whole;
    page->changed = line->late > 0;
    page->since = line->late;
    page->is_filed = m->filed != NULL;
    if (m->filed != NULL) {
        page->filed = m->filed->filed;
        page->receipt = m->filed->receipt;
    }
    return filings_state(l->rq, line->state, &page->state);
}

static err show_record(struct looking_at *l)
{
    const struct reporting_line *line;
    struct list lines;

    TRY(reporting_list(web_app(l->rq), l->rq->arena, l->who,
                       faces_today(l->rq->app), &lines));
    line = lines.p;
    for (size_t i = 0; i < lines.n; i++) {
        if (month_eq(line[i].month.month, l->month))
            TRY(show_line(l, &line[i]));
    }
    return OK;
}

/* --- what it would hold --------------------------------------------------- */

static err show_sheets(struct looking_at *l, const struct reporting_made *made)
{
    struct page_filing_sheets *rows;

    REGISTER_ROWS(l->rq, rows, SHEET_COUNT);
    for (int32_t i = 0; i < SHEET_COUNT; i++)
        rows[i] = (struct page_filing_sheets){
            .name = made->dictionary->sheets[i].name,
            .rows = made->filing.sheets[i].n,
            .sound = made->filing.sheets[i].sound,
        };
    l->page.sheets = rows;
    l->page.sheets_n = SHEET_COUNT;
    return OK;
}

static err say_why(struct looking_at *l, const struct filing_problem *p,
                   str *out)
{
    struct buf b;

    buf_init(&b, l->rq->arena, WHY_MOST);
    text_err(&b, web_lang(l->rq), p->what);
    return buf_done(&b, out);
}

/* The problems of a row, as far as there is room. */
static err add_problems(struct looking_at *l, str sheet,
                        const struct filing_row *row,
                        struct page_filing_problems *rows)
{
    for (const struct filing_problem *p = row->problems;
         p != NULL && l->page.problems_n < PROBLEMS_MOST; p = p->next) {
        struct page_filing_problems *out = &rows[l->page.problems_n++];

        *out = (struct page_filing_problems){
            .sheet = sheet,
            .row = row->number,
            .case_number = row->case_number,
            .certificate = row->certificate,
            .column = p->field->title,
            .value = p->value,
            .subject = p->subject,
            .code = p->code,
        };
        TRY(say_why(l, p, &out->why));
    }
    return OK;
}

static err show_problems(struct looking_at *l,
                         const struct reporting_made *made)
{
    struct page_filing_problems *rows;

    REGISTER_ROWS(l->rq, rows, PROBLEMS_MOST);
    for (int32_t i = 0; i < SHEET_COUNT; i++) {
        const struct filing_row *row = made->filing.sheets[i].first;

        for (; row != NULL; row = row->next)
            TRY(add_problems(l, made->dictionary->sheets[i].name, row, rows));
    }
    l->page.problems = rows;
    l->page.problem_count = made->filing.problems;
    l->page.wrong = made->filing.problems > 0;
    l->page.shown = (int64_t)l->page.problems_n;
    l->page.cut = l->page.shown < made->filing.problems;
    return OK;
}

static err show_content(struct looking_at *l)
{
    const struct reporting_wish wish = {
        .who = l->who,
        .month = l->month,
        .today = faces_today(l->rq->app),
    };
    struct reporting_made made;

    TRY(reporting_make(web_app(l->rq), l->roomy, &wish, &made));
    l->page.edition = made.dictionary->edition;
    TRY(show_sheets(l, &made));
    return show_problems(l, &made);
}

/* --- the page ------------------------------------------------------------- */

static err show_page(struct looking_at *l, struct response *rs, int status)
{
    char today[DAY_TEXT];
    struct buf b;

    if (l->roomy == NULL)
        TRY(request_arena_for(l->rq, WORKBOOK_ROOM, &l->roomy));
    TRY(show_record(l));
    TRY(show_content(l));
    l->page.token = web_visit(l->rq)->token;
    l->page.done = str_eq(asked(l->rq, "done"), S("1"));
    TRY_MEMORY(arena_str(l->rq->arena, day_text(faces_today(l->rq->app), today),
                         &l->page.today));
    registers_tabs(l->rq, AT_FILINGS, &l->page.tabs);
    TRY(visit_work(l->rq, l->page.month, AT_REGISTERS, &l->page.work));
    answer_buf(l->rq, &b);
    page_filing_render(&b, web_lang(l->rq), &l->page);
    return web_send(l->rq, rs, status, &b, NULL);
}

static err get_filing(struct request *rq, struct response *rs)
{
    struct looking_at l;

    TRY(open_month(rq, &l));
    return show_page(&l, rs, 200);
}

/* --- acts ----------------------------------------------------------------- */

static err done(struct looking_at *l, struct response *rs)
{
    struct buf b;
    str to;

    buf_init(&b, l->rq->arena, 100);
    buf_str(&b, S("/filings/"));
    buf_str(&b, l->page.month);
    buf_str(&b, S("?done=1"));
    TRY(buf_done(&b, &to));
    return respond_redirect(rs, 303, to);
}

static err say_wrong(struct looking_at *l, struct response *rs, err e)
{
    if (!answer_is_theirs(e))
        return e;
    if (strcmp(e.info->id, "filing.problems") == 0)
        l->page.problem = text_get(web_lang(l->rq), "filings.has_problems");
    else
        TRY(answer_words(l->rq, e, &l->page.problem));
    return show_page(l, rs, answer_status(e));
}

static err post_export(struct request *rq, struct response *rs)
{
    struct reporting_made made;
    struct looking_at l;

    TRY(open_month(rq, &l));
    TRY(request_arena_for(rq, WORKBOOK_ROOM, &l.roomy));

    const struct reporting_wish wish = {
        .who = l.who,
        .month = l.month,
        .today = faces_today(rq->app),
        .partial = answer_field(rq, S("partial")).n > 0,
    };
    err e = reporting_export(web_app(rq), l.roomy, &wish, S(""), &made);

    return failed(e) ? say_wrong(&l, rs, e) : done(&l, rs);
}

static err read_mark(struct looking_at *l, struct reporting_mark *out)
{
    str filed = answer_field(l->rq, S("filed"));

    l->page.typed_filed = filed;
    l->page.typed_receipt = answer_field(l->rq, S("receipt"));
    *out = (struct reporting_mark){
        .who = l->who,
        .month = l->month,
        .today = faces_today(l->rq->app),
        .receipt = l->page.typed_receipt,
    };
    if (day_parse(filed, &out->filed))
        return OK;
    return err_new(l->rq->arena, ERR_INVALID, "filings.no_day",
                   ARG_STR("given", filed));
}

static err post_filed(struct request *rq, struct response *rs)
{
    struct reporting_mark mark;
    struct looking_at l;

    TRY(open_month(rq, &l));
    err e = read_mark(&l, &mark);
    if (!failed(e))
        e = reporting_mark(web_app(rq), rq->arena, &mark);
    return failed(e) ? say_wrong(&l, rs, e) : done(&l, rs);
}

/* --- the workbook [RT6] --------------------------------------------------- */

static err name_of(struct looking_at *l, str *out)
{
    const struct err_arg args[] = { ARG_STR("month", l->page.month), { 0 } };

    return say(l->rq, "filings.file_name", args, out);
}

static err get_workbook(struct request *rq, struct response *rs)
{
    struct looking_at l;
    str bytes;
    str name;

    TRY(open_month(rq, &l));
    if (!l.page.may)
        return err_new(rq->arena, ERR_NOT_FOUND, "filings.no_month",
                       ARG_STR("month", l.page.month));
    TRY(request_arena_for(rq, WORKBOOK_ROOM, &l.roomy));
    err e = reporting_again(web_app(rq), l.roomy, l.who, l.month, &bytes);
    if (failed(e))
        return say_wrong(&l, rs, e);
    TRY(name_of(&l, &name));
    return answer_file(rq, rs, name, TYPE_WORKBOOK, bytes);
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/filings/{month}", RIGHT_BODY, BODY_NONE, get_filing },
    { METHOD_GET, "/filings/{month}/workbook", RIGHT_BODY, BODY_NONE, get_workbook },
    { METHOD_POST, "/filings/{month}/export", RIGHT_BODY, BODY_FORM, post_export },
    { METHOD_POST, "/filings/{month}/filed", RIGHT_BODY, BODY_FORM, post_filed },
};
/* clang-format on */

const struct route_table filing_routes = { routes, COUNT(routes) };
