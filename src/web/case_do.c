/*
 * case_do -- the form of a command on a case, and carrying it out.
 *
 *   [WO1] The form is made of the command's record table (record_form.h); who
 *         may give it, and whether, the service says.
 *   [WO2] A form is of the version its page was made from: what changed since
 *         is a conflict, and what was typed is shown again.
 *   [WO3] It carries the id of its command: sent twice, it is done once.
 *   [WO4] What must be confirmed (domain/rights.h [RI9]) is shown once more,
 *         to be read, with the hash of what was sent, before it is done; the
 *         button "change" leads back to the form with what was typed.
 *   [WO5] A form that was led to by a report of the public names it, and with
 *         the command, in its transaction, the report is taken over into the
 *         case (register_reports.c [WR1]).
 *   [WO6] Photographs of a meeting, and photographs and papers of what was
 *         corrected, are chosen, or taken, in the form: they are kept with the
 *         case, and only their hashes go into the command.
 */

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "service/confirmed.h"
#include "service/evidence.h"
#include "service/reports.h"
#include "web/case_beside.h"
#include "web/case_declare.h"
#include "web/case_first.h"
#include "web/case_offers.h"
#include "web/case_page.h"
#include "web/case_turn.h"
#include "web/case_ways.h"
#include "web/record_form.h"
#include "web/saying.h"

#include <string.h>

enum { ADDRESS_MOST = 400, TASK_NUMBER_MOST = 100000 };

/* Names that are the page's, and no command's field. */
static const char *const own[] = { "token",  "command-id",    "version",
                                   "shown",  "second-factor", "change",
                                   "report", "all",           NULL };

/* A command in the making. */
struct making {
    struct case_view view;
    const struct command_kind *kind;
    const struct record_offer *offers; /* case_offers.h */
    size_t offer_count;
    struct record_form form;
    struct command_form command;
    struct hash shown; /* [WO4] */
    bool confirms;
    int64_t about;              /* number of what it is about; 0: none */
    str problem;                /* about no field */
    struct page_case_ways ways; /* and where to go on */
    str report;                 /* [WO5] its number; empty: none */
};

static struct record_form_of form_of(const struct making *m)
{
    return (struct record_form_of){
        .command = m->kind->name,
        .record = m->kind->record,
        .offers = m->offers,
        .offer_count = m->offer_count,
    };
}

/* Somebody who may read the case, and a command that there is. */
static err begin(struct request *rq, struct making *m)
{
    str command = request_parameter(rq, S("command"));

    *m = (struct making){ .kind = command_kind_find(command) };
    TRY(case_view_open(rq, &m->view));
    if (m->kind == NULL || right_find(m->kind->name) == NULL)
        return err_new(rq->arena, ERR_NOT_FOUND, "command.unknown",
                       ARG_STR("name", str_first(command, 100)));
    return case_offers(&m->view, m->kind, &m->offers, &m->offer_count);
}

/* [WO5] */
static void set_report(struct making *m, str number)
{
    bool becomes_of_one = strcmp(m->kind->name, "complaint.record") == 0 ||
                          strcmp(m->kind->name, "misuse.record") == 0;

    if (becomes_of_one && reports_is_number(number) &&
        reports_settled_by(m->view.who))
        m->report = number;
}

/* --- the page ------------------------------------------------------------- */

/* Its data has a list of photographs. [WO6] */
static bool is_photographed(const struct command_kind *k)
{
    const struct record *r = k->record;

    for (size_t i = 0; r != NULL && i < r->n; i++) {
        if (strcmp(r->fields[i].name, "photos") == 0)
            return true;
    }
    return false;
}

/* Where the form goes; with files to a route that takes them. */
static err send_way(const struct making *m, str *out)
{
    struct buf b;
    str form;

    TRY(case_view_form(&m->view, m->kind->name, &form));
    buf_init(&b, m->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, form);
    if (is_photographed(m->kind))
        buf_str(&b, S("/photographs"));
    return buf_done(&b, out);
}

static err fill(struct request *rq, const struct making *m,
                struct page_command *page)
{
    const struct visit *v = web_visit(rq);
    const char *what;

    TRY(answer_id(rq, "command.", str_of(m->kind->name), &what));
    *page = (struct page_command){
        .number = m->view.file.number,
        .what = text_get(web_lang(rq), what),
        .who = m->view.file.enterprise.name,
        .token = v->token,
        .version = m->command.version,
        .asks = record_form_asks(m->kind->record),
        .problem = m->problem,
        .ways = m->ways,
        .confirms = m->confirms,
        .hashes = strcmp(m->kind->name, "sample.commit") == 0,
        .code = v->who.has_factor,
        .report = m->report,
        .declares = case_declare_offers(m->kind->name),
        .photographed = is_photographed(m->kind) && !m->confirms,
        .papers = evidence_takes_papers(str_of(m->kind->name)),
    };
    TRY(command_form_text(rq, m->command.id, &page->command_id));
    TRY(send_way(m, &page->way));
    if (m->confirms)
        TRY(hex_text(rq->arena, m->shown.b, sizeof m->shown.b, &page->shown));
    TRY(case_beside(&m->view, m->kind->name, m->about, &page->beside));
    page->known = page->beside.facts_n > 0 || page->beside.notes_n > 0;
    TRY(record_form_show(rq->arena, &m->form, web_lang(rq), &page->fields));
    return record_form_summary(rq->arena, &page->fields, web_lang(rq),
                               &page->said);
}

static err show(struct request *rq, struct response *rs, int status,
                const struct making *m)
{
    struct page_command page;
    struct buf b;

    TRY(fill(rq, m, &page));
    TRY(visit_work(rq, m->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_command_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

/* What was refused, and where to go on. */
static err take_problem(struct request *rq, struct making *m, err why)
{
    TRY(answer_words(rq, why, &m->problem));
    return case_ways(&m->view, m->kind->name, why, &m->ways);
}

/* What a form begins with is about. */
static int64_t number_in(const struct json *known)
{
    const struct json *n = json_get(known, S("number"));

    return n != NULL && n->kind == JSON_INT ? n->number : 0;
}

/* Whoever has no right to it gets no form, nor is there one at another stage;
 * what the case is not ready for is said over it, and what would have to come
 * first. */
static err may_begin(struct request *rq, struct making *m)
{
    const struct right *act = right_find(m->kind->name);
    const struct case_view *v = &m->view;

    TRY(case_act_prepare(web_app(rq), rq->arena, v->who, &v->file, v->today,
                         act));
    err e =
        case_act_ask(web_app(rq), rq->arena, v->who, &v->file, v->today, act);
    if (failed(e) && answer_is_theirs(e))
        return take_problem(rq, m, e);
    return e;
}

/* There is no form of it at this stage of the case. */
static err show_refused(struct request *rq, struct response *rs,
                        struct making *m, err why)
{
    struct page_refused page = { .number = m->view.file.number,
                                 .who = m->view.file.enterprise.name };
    const char *what;
    struct buf b;

    TRY(take_problem(rq, m, why));
    TRY(answer_id(rq, "command.", str_of(m->kind->name), &what));
    page.what = text_get(web_lang(rq), what);
    page.problem = m->problem;
    page.ways = m->ways;
    TRY(visit_work(rq, m->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_refused_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, answer_status(why), &b, NULL);
}

static err get_do(struct request *rq, struct response *rs)
{
    struct making m;
    struct record_form_of of;
    struct json *known;
    int64_t number = 0;

    TRY(begin(rq, &m));
    set_report(&m, asked(rq, "report"));
    err e = may_begin(rq, &m);
    if (err_is(e, ERR_REFUSED))
        return show_refused(rq, rs, &m, e);
    TRY(e);
    of = form_of(&m);
    TRY(command_form_new(rq, m.view.file.state->version, &m.command));
    (void)asked_number(rq, "number", 1, TASK_NUMBER_MOST, &number);
    TRY(case_first(&m.view, &of, number, &known));
    m.about = number_in(known);
    TRY(record_form_begin(rq->arena, &of, known, &m.form));
    return show(rq, rs, 200, &m);
}

/* --- carrying it out ------------------------------------------------------ */

static struct case_order order_of(const struct making *m)
{
    struct case_order order =
        case_view_order(&m->view, &m->command, m->kind->name, m->form.value);

    order.report = m->report;
    return order;
}

/* [WO4] Shown with its hash, or done when what was shown is what was sent. */
static err confirm(struct request *rq, struct making *m,
                   const struct case_order *order, bool *shown)
{
    struct case_answer unused;
    str given = answer_field(rq, S("shown"));
    str now;

    TRY(confirmed_hash(rq->arena, order, &m->shown));
    TRY(hex_text(rq->arena, m->shown.b, sizeof m->shown.b, &now));
    *shown = !str_eq(given, now);
    if (*shown)
        return cases_ask(web_app(rq), rq->arena, order);

    const struct confirmed_order c = { &web_visit(rq)->who, order, m->shown,
                                       answer_field(rq, S("second-factor")) };
    return confirmed_do(web_app(rq), rq->arena, &c, &unused);
}

/* The files that were chosen; browsers send a part without a name and bytes
 * where none was. */
static err read_photographs(const struct request *rq, struct list *out)
{
    const struct upload *u = &rq->upload;
    struct photograph *rows = arena_array(rq->arena, u->n, sizeof *rows);
    size_t n = 0;

    TRY_MEMORY(rows);
    for (size_t i = 0; i < u->n; i++) {
        const struct upload_file *f = &u->files[i];

        if (f->name.n > 0 || f->bytes.n > 0)
            rows[n++] = (struct photograph){ f->name, f->bytes };
    }
    *out = (struct list){ rows, n };
    return OK;
}

static err carry_out(struct request *rq, struct making *m, bool *shown)
{
    struct list photographs;
    const struct case_order order = order_of(m);
    struct case_answer unused;

    *shown = false;
    if (right_is_confirmed(m->kind->name))
        return confirm(rq, m, &order, shown);
    TRY(read_photographs(rq, &photographs));
    if (is_photographed(m->kind) && photographs.n > 0)
        return evidence_photographs(web_app(rq), rq->arena, &order,
                                    m->form.value, &photographs, &unused);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

/* Is it about who confirms (service/door.h), and not about what? */
static bool is_about_the_code(err why)
{
    return str_begins(str_of(why.info->id), S("door."));
}

/* Beside its field, or over the form, which is of what there is now; of a code
 * that is wrong, once more what is to be confirmed. */
static err say_refused(struct request *rq, struct response *rs,
                       struct making *m, err why)
{
    if (!answer_is_theirs(why))
        return why;
    TRY(take_problem(rq, m, why));
    m->confirms = is_about_the_code(why);
    if (m->confirms)
        return show(rq, rs, answer_status(why), m);
    TRY(record_form_refuse(rq->arena, &m->form, why));
    m->command.version = m->view.file.state->version;
    return show(rq, rs, answer_status(why), m);
}

static err post_do(struct request *rq, struct response *rs)
{
    struct making m;
    struct record_form_of of;
    bool shown;

    TRY(begin(rq, &m));
    set_report(&m, answer_field(rq, S("report")));
    of = form_of(&m);
    TRY(command_form_read(rq, &m.command)); /* [WO2] [WO3] */
    (void)number_in_digits(answer_field(rq, S("number")), 1, TASK_NUMBER_MOST,
                           &m.about);
    struct form sent = rq->form;
    if (case_declare_offers(m.kind->name) && answer_field(rq, S("all")).n > 0)
        TRY(case_declare_rest(&m.view, &rq->form, &sent));
    TRY(record_form_post(rq->arena, &of, &sent, own, &m.form));
    if (m.form.value == NULL || answer_field(rq, S("change")).n > 0)
        return show(rq, rs, m.form.problem_count > 0 ? 422 : 200, &m);
    err e = carry_out(rq, &m, &shown);
    if (failed(e))
        return say_refused(rq, rs, &m, e);
    m.confirms = shown;
    if (shown)
        return show(rq, rs, 200, &m);
    return case_view_go(&m.view, case_turn_after(m.kind->name), rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/do/{command}", RIGHT_IN, BODY_NONE, get_do },
    { METHOD_POST, "/cases/{number}/do/{command}", RIGHT_IN, BODY_FORM,
      post_do },
    { METHOD_POST, "/cases/{number}/do/{command}/photographs", RIGHT_IN,
      BODY_UPLOAD, post_do },
};

const struct route_table case_do_routes = { routes, COUNT(routes) };
