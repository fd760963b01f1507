/*
 * case_records_files -- the figures of service records to take away: as a
 * document, a workbook, a document for programs; and the rows that were
 * refused. [M27]
 *
 *   [WF1] Document and workbook are those of the report
 *         (service/records_report.h), in the language of the page.
 *   [WF2] A row that was refused is told by its line and the reason, so that
 *         it can be put right where it came from.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/csv.h"
#include "service/records_json.h"
#include "service/records_paper.h"
#include "service/records_words.h"
#include "web/case_records.h"
#include "web/saying.h"

#include <assert.h>

enum {
    ROOM = 24 << 20,      /* of a document or workbook without groups */
    ROOM_OF_GROUP = 9000, /* in a workbook: each has all figures */
    JSON_MOST = 64 << 20,
    NOTES_MOST = 1 << 20,
    NAME_MOST = 400,
};

/* --- what they are called ------------------------------------------------ */

static err name_of(const struct records_view *x, const char *ending, str *out)
{
    struct buf b;

    buf_init(&b, x->v.rq->arena, NAME_MOST);
    buf_str(&b, x->v.file.number);
    buf_str(&b, S("-service-records"));
    buf_str(&b, str_of(ending));
    return buf_done(&b, out);
}

static err send(const struct records_view *x, struct response *rs,
                const char *ending, str type, str bytes)
{
    str name;

    TRY(name_of(x, ending, &name));
    return answer_file(x->v.rq, rs, name, type, bytes);
}

/* --- the report [WF1] ---------------------------------------------------- */

static size_t groups_of(const struct held_counted *c)
{
    const struct row_words *w = &c->figures->words;

    return (size_t)w->outlet.n + w->product.n + w->person.n + w->trade.n +
           figures_groups(c->figures->figures, GROUP_MONTH);
}

static err gather(const struct records_view *x, const struct held_counted *c,
                  struct arena *a, struct records_report *out)
{
    const struct records_figures *f = c->figures;
    const struct report_source from = {
        .figures = f->figures,
        .terms = f->terms,
        .words = { [GROUP_OUTLET] = &f->words.outlet,
                   [GROUP_PRODUCT] = &f->words.product,
                   [GROUP_PERSON] = &f->words.person,
                   [GROUP_TRADE] = &f->words.trade },
        .untold = f->untold,
    };
    struct app *app = web_app(x->v.rq);

    TRY(report_gather(a, app_world_of(app)->heap, &from, out));
    out->enterprise = x->v.file.enterprise.name;
    out->made = x->v.today;
    records_wanted(x, out->wanted);
    return OK;
}

static err send_report(const struct records_view *x,
                       const struct held_counted *c, struct response *rs)
{
    struct request *rq = x->v.rq;
    struct records_report r;
    const struct body *body;
    struct arena *a;
    str file;

    TRY(request_arena_for(rq, ROOM + groups_of(c) * sizeof(struct report_group),
                          &a));
    TRY(web_body(rq, &body));
    TRY(gather(x, c, a, &r));
    TRY(records_paper(web_app(rq), a, &r, web_lang(rq), body, &file));
    return send(x, rs, ".pdf", S("application/pdf"), file);
}

static err send_workbook(const struct records_view *x,
                         const struct held_counted *c, struct response *rs)
{
    struct request *rq = x->v.rq;
    struct records_report r;
    const struct body *body;
    struct arena *a;
    str book;

    TRY(request_arena_for(rq, ROOM + groups_of(c) * ROOM_OF_GROUP, &a));
    TRY(web_body(rq, &body));
    TRY(gather(x, c, a, &r));
    TRY(report_workbook(a, &r, web_lang(rq), body, &book));
    return send(x, rs, ".xlsx",
                S("application/"
                  "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                book);
}

/* --- for programs -------------------------------------------------------- */

/* The whole and its months; ?by= asks for other groups. */
static err send_figures(const struct records_view *x,
                        const struct held_counted *c, struct response *rs)
{
    struct request *rq = x->v.rq;
    enum figure_group by = GROUP_MONTH;
    struct arena *a;
    struct json *j;
    struct buf b;
    str text;

    (void)records_kind_of(asked(rq, "by"), &by);
    TRY(request_arena_for(rq, ROOM + groups_of(c) * ROOM_OF_GROUP, &a));
    TRY(records_figures_json(a, &c->file, c->figures, by, &j));
    buf_init(&b, a, JSON_MOST);
    json_canonical(&b, j);
    TRY(buf_done(&b, &text));
    return send(x, rs, ".json", TYPE_JSON, text);
}

/* --- refused rows [WF2] -------------------------------------------------- */

static const struct {
    const char *id;
} reasons[] = {
    [ROW_FIELDS] = { .id = "records_page.fault_fields" },
    [ROW_NOT_OPENED] = { .id = "records_page.fault_not_opened" },
    [ROW_OPEN_QUOTE] = { .id = "records_page.fault_open_quote" },
    [ROW_SLIP_MOMENT] = { .id = "records_page.fault_moment" },
    [ROW_SLIP_NUMBER] = { .id = "records_page.fault_number" },
    [ROW_SLIP_YES] = { .id = "records_page.fault_yes" },
    [ROW_SLIP_WORD] = { .id = "records_page.fault_word" },
    [ROW_SLIP_MANY] = { .id = "records_page.fault_many" },
};
static_assert(COUNT(reasons) == ROW_FAULTS);

static void put_note(struct request *rq, const struct held_counted *c,
                     const struct records_note *note, struct buf *b)
{
    char line[TEXT_VALUE];
    bool slip = note->fault >= ROW_SLIP_MOMENT;
    const str cells[] = {
        text_number((int64_t)note->line, line),
        slip ? c->file.columns.columns[note->column].name : S(""),
        records_name(rq, reasons[note->fault].id),
    };

    csv_put_row(b, cells, COUNT(cells));
}

static err send_refused(const struct records_view *x,
                        const struct held_counted *c, struct response *rs)
{
    struct request *rq = x->v.rq;
    const struct records_figures *f = c->figures;
    const str heads[] = {
        records_name(rq, "records_page.line"),
        records_name(rq, "records_page.column"),
        records_name(rq, "records_report.why"),
    };
    struct buf b;
    str text;

    buf_init(&b, rq->arena, NOTES_MOST);
    buf_str(&b, S("\xef\xbb\xbf")); /* else spreadsheets guess the encoding */
    csv_put_row(&b, heads, COUNT(heads));
    for (size_t i = 0; i < f->notes_n; i++)
        put_note(rq, c, &f->notes[i], &b);
    TRY(buf_done(&b, &text));
    return send(x, rs, "-refused.csv", S("text/csv; charset=utf-8"), text);
}

/* --- routes -------------------------------------------------------------- */

typedef err sender(const struct records_view *x, const struct held_counted *c,
                   struct response *rs);

static err get(struct request *rq, struct response *rs, sender *run)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct records_view x;

    TRY(records_view_file(rq, &x));
    TRY(records_counted(&x, rs, &counted));
    return counted.c == NULL ? OK : run(&x, counted.c, rs);
}

static err get_report(struct request *rq, struct response *rs)
{
    return get(rq, rs, send_report);
}

static err get_workbook(struct request *rq, struct response *rs)
{
    return get(rq, rs, send_workbook);
}

static err get_figures(struct request *rq, struct response *rs)
{
    return get(rq, rs, send_figures);
}

static err get_refused(struct request *rq, struct response *rs)
{
    return get(rq, rs, send_refused);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}/report", RIGHT_IN, BODY_NONE,
      get_report },
    { METHOD_GET, "/cases/{number}/records/{id}/workbook", RIGHT_IN, BODY_NONE,
      get_workbook },
    { METHOD_GET, "/cases/{number}/records/{id}/figures", RIGHT_IN, BODY_NONE,
      get_figures },
    { METHOD_GET, "/cases/{number}/records/{id}/refused", RIGHT_IN, BODY_NONE,
      get_refused },
};

const struct route_table case_record_file_routes = { routes, COUNT(routes) };
