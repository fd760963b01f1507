/*
 * register_reports -- what the public reported, as the body's quality staff
 * read it, close it, and take it over into a case. (service/reports.h)
 *
 *   [WR1] Taken over it becomes what the commands of a case make of it: the
 *         form opens with what was reported (case_first_report.c), and once it
 *         was carried out the report names the case (case_do.c).
 *   [WR2] Who reported stands on its page only, and goes into no form.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/rights.h"
#include "http/percent.h"
#include "service/cases.h"
#include "web/registers.h"
#include "web/report.h"

enum { ADDRESS_MOST = 400, ACTS_MOST = 2 };

/* What a report may become in a case, as far as the reader may. */
static const char *const acts[ACTS_MOST] = { "complaint.record",
                                             "misuse.record" };

/* --- the list ------------------------------------------------------------- */

struct state_words {
    const char *name;
    const char *style;
};

static const struct state_words *words_of(enum report_state s)
{
    static const struct state_words words[] = {
        [REPORT_IS_OPEN] = { "reports.state_open", "pending" },
        [REPORT_IS_CLOSED] = { "reports.state_closed", "ended" },
        [REPORT_IS_TAKEN] = { "reports.state_taken", "valid" },
    };

    return &words[s];
}

static struct page_reports_rows row_of(const struct report_line *r)
{
    return (struct page_reports_rows){
        .number = r->number,
        .kind = report_kind_id(r->kind),
        .certificate = r->certificate,
        .holder = r->holder,
        .place = r->place,
        .filed = r->filed,
        .state = words_of(r->state)->name,
        .style = str_of(words_of(r->state)->style),
        .on = r->ended,
        .case_number = r->case_number,
    };
}

static err list_rows(struct request *rq, const struct reports_wish *wish,
                     struct page_reports *page)
{
    static const char *const kept[] = { "which" };
    const struct report_line *line;
    struct page_reports_rows *rows;
    struct overview list;

    TRY(reports_list(web_app(rq), rq->arena, registers_reader(rq), wish,
                     &list));
    line = list.found.p;
    REGISTER_ROWS(rq, rows, list.found.n);
    for (size_t i = 0; i < list.found.n; i++)
        rows[i] = row_of(&line[i]);
    page->rows = rows;
    page->rows_n = list.found.n;
    return registers_next(rq, kept, COUNT(kept), list.next, &page->next);
}

static err get_reports(struct request *rq, struct response *rs)
{
    const struct reports_wish wish = {
        .ended = str_eq(asked(rq, "which"), S("ended")),
        .after = asked(rq, "after"),
    };
    struct page_reports page = { .ended = wish.ended };
    struct buf b;

    registers_tabs(rq, AT_REPORTS, &page.tabs);
    TRY(list_rows(rq, &wish, &page));
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_reports_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- one of them ---------------------------------------------------------- */

static str number_of(const struct request *rq)
{
    return request_parameter(rq, S("number"));
}

static bool may_give(const struct request *rq, const char *command)
{
    const struct session *who = registers_reader(rq);

    return (who->actor.roles & right_find(command)->roles) != 0;
}

static err list_acts(struct request *rq, struct page_report_file *page)
{
    struct page_report_file_acts *rows;

    REGISTER_ROWS(rq, rows, ACTS_MOST);
    for (size_t i = 0; i < ACTS_MOST; i++) {
        struct page_report_file_acts *row = &rows[page->acts_n];

        if (!may_give(rq, acts[i]))
            continue;
        row->command = str_of(acts[i]);
        TRY(answer_id(rq, "command.", row->command, &row->what));
        page->acts_n++;
    }
    page->acts = rows;
    return OK;
}

static err fill(struct request *rq, const struct report_file *f,
                struct page_report_file *page)
{
    const struct report_line *r = &f->line;

    page->token = web_visit(rq)->token;
    page->number = r->number;
    page->certificate = r->certificate;
    page->holder = r->holder;
    page->place = r->place;
    page->seen = r->seen;
    page->filed = r->filed;
    page->words = f->words;
    page->named = f->name.n + f->contact.n > 0;
    page->name = f->name;
    page->contact = f->contact;
    page->open = r->state == REPORT_IS_OPEN;
    page->taken = r->state == REPORT_IS_TAKEN;
    page->ended = r->ended;
    page->ended_by = f->ended_by;
    page->why = f->why;
    page->case_number = r->case_number;
    page->settles = reports_settled_by(registers_reader(rq));
    if (page->of_case.n == 0)
        page->of_case = f->of_case;
    page->kind = report_kind_id(r->kind);
    return list_acts(rq, page);
}

static err show(struct request *rq, struct response *rs, int status,
                struct page_report_file *page)
{
    struct report_file file;
    struct buf b;

    TRY(reports_one(web_app(rq), rq->arena, registers_reader(rq), number_of(rq),
                    &file));
    TRY(fill(rq, &file, page));
    registers_tabs(rq, AT_REPORTS, &page->tabs);
    TRY(visit_work(rq, page->number, AT_REGISTERS, &page->work));
    answer_buf(rq, &b);
    page_report_file_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_one(struct request *rq, struct response *rs)
{
    struct page_report_file page = { .done = asked(rq, "done").n > 0 };

    return show(rq, rs, 200, &page);
}

/* --- what becomes of it --------------------------------------------------- */

static err lead(struct request *rq, struct response *rs, str before, str middle,
                const char *after)
{
    struct buf b;
    str address;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, before);
    percent_encode(&b, middle);
    buf_str(&b, str_of(after));
    TRY(buf_done(&b, &address));
    return respond_redirect(rs, 303, address);
}

static err post_close(struct request *rq, struct response *rs)
{
    const struct report_ending ending = {
        .who = registers_reader(rq),
        .today = faces_today(rq->app),
        .number = number_of(rq),
        .why = answer_field(rq, S("why")),
    };
    struct page_report_file page = { .why_typed = ending.why };
    err e = reports_close(web_app(rq), rq->arena, &ending);

    if (!failed(e))
        return lead(rq, rs, S("/reports/"), ending.number, "?done=closed");
    if (err_is(e, ERR_NOT_FOUND) || !answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e,
                     err_is(e, ERR_INVALID) ? &page.why_wrong : &page.problem));
    return show(rq, rs, answer_status(e), &page);
}

static const char *act_of(const struct request *rq)
{
    str command = asked(rq, "command");

    for (size_t i = 0; i < ACTS_MOST; i++) {
        if (str_eq(command, str_of(acts[i])))
            return acts[i];
    }
    return acts[0];
}

/* "/cases/C2026-0001/do/complaint.record?report=R2026-0001" */
static err lead_to_form(struct request *rq, struct response *rs,
                        str case_number)
{
    struct buf b;
    str after;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_printf(&b, "/do/%s?report=", act_of(rq));
    percent_encode(&b, number_of(rq));
    buf_char(&b, '\0');
    TRY(buf_done(&b, &after));
    return lead(rq, rs, S("/cases/"), case_number, after.p);
}

/* [WR1] A case that is none of theirs is said here, beside what was typed. */
static err get_case(struct request *rq, struct response *rs)
{
    str ref = asked(rq, "case");
    struct page_report_file page = { .of_case = ref };
    struct report_file report;
    struct case_file file;

    TRY(reports_one(web_app(rq), rq->arena, registers_reader(rq), number_of(rq),
                    &report));
    err e =
        cases_load(web_app(rq), rq->arena, registers_reader(rq), ref, &file);
    if (!failed(e))
        return lead_to_form(rq, rs, file.number);
    if (!err_is(e, ERR_NOT_FOUND))
        return e;
    TRY(answer_words(rq, e, &page.problem));
    return show(rq, rs, answer_status(e), &page);
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/reports", RIGHT_BODY, BODY_NONE, get_reports },
    { METHOD_GET, "/reports/{number}", RIGHT_BODY, BODY_NONE, get_one },
    { METHOD_GET, "/reports/{number}/case", RIGHT_BODY, BODY_NONE, get_case },
    { METHOD_POST, "/reports/{number}/close", RIGHT_BODY, BODY_FORM, post_close },
};
/* clang-format on */

const struct route_table register_report_routes = { routes, COUNT(routes) };
