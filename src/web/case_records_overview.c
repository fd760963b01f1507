/*
 * case_records_overview -- what a file of service records is, and what it comes
 * to as a whole. [M3] [M14] [M26]
 *
 *   [WO1] What was left out of the figures stands beside them with its number.
 *   [WO2] The signed sheet of the figures goes to the case's documents from
 *         here; what that needs the service says (held_submit()).
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/percent.h"
#include "service/records_words.h"
#include "web/case_records.h"
#include "web/saying.h"

enum { NOTES_SHOWN = 5, ADDRESS_MOST = 400 };

struct overview_of {
    const struct records_view *x;
    const struct held_counted *c;
    struct records_report r;
    struct page_case_records_overview page;
};

static struct request *asker(const struct overview_of *o)
{
    return o->x->v.rq;
}

/* --- what the file is ---------------------------------------------------- */

static str separator_name(struct request *rq, char separator)
{
    static const struct {
        char sign;
        const char *id;
    } known[] = {
        { ',', "records.comma" },
        { ';', "records.semicolon" },
        { '\t', "records.tab" },
        { '|', "records.bar" },
    };

    for (size_t i = 0; i < COUNT(known); i++) {
        if (known[i].sign == separator)
            return records_name(rq, known[i].id);
    }
    return S("");
}

static err say_layout(struct overview_of *o)
{
    const struct records_file *f = &o->c->file;
    const struct err_arg args[] = {
        ARG_STR("encoding", records_charset_name(f->charset)),
        ARG_STR("separator", separator_name(asker(o), f->layout.separator)),
        ARG_INT("columns", f->columns.n),
        ARG_INT("line", f->layout.data_line),
        { 0 },
    };

    o->page.book = f->from.workbook;
    o->page.sheet = f->from.sheet;
    return say(asker(o), "cli.records_layout", args, &o->page.reading);
}

static err say_file(struct overview_of *o)
{
    const struct records_figures *f = o->c->figures;
    const struct column_why *why = &o->c->file.events_why;

    TRY(say_layout(o));
    o->page.rows = (int64_t)f->rows;
    o->page.tickets = (int64_t)f->tickets;
    o->page.counted = o->r.whole.tickets;
    o->page.first = f->terms.first;
    o->page.last = f->terms.last;
    o->page.repeat = f->terms.repeat_days;
    if (why->id != NULL)
        TRY(say(asker(o), why->id, why->args, &o->page.events));
    if (o->r.whole.tally.shares[SHARE_SATISFIED].n > 0) {
        const struct err_arg args[] = {
            ARG_INT("satisfied", f->terms.satisfied),
            ARG_INT("low", f->terms.scale_low),
            ARG_INT("high", f->terms.scale_high),
            { 0 },
        };
        return say(asker(o), records_scale_id(&f->terms), args, &o->page.scale);
    }
    return OK;
}

/* --- what was left out [WO1] --------------------------------------------- */

static err add_left(struct overview_of *o,
                    struct page_case_records_overview_lefts *rows,
                    const char *message, uint64_t n)
{
    const struct err_arg args[] = { ARG_INT("count", n), { 0 } };

    return n == 0 ? OK
                  : say(asker(o), message, args, &rows[o->page.lefts_n++].says);
}

static err add_ungrouped(struct overview_of *o,
                         struct page_case_records_overview_lefts *rows,
                         enum column_role role)
{
    const struct err_arg args[] = {
        ARG_IDS("role", str_of(column_role_text(role))), { 0 }
    };

    return o->c->figures->ungrouped[role]
               ? say(asker(o), "cli.records_ungrouped", args,
                     &rows[o->page.lefts_n++].says)
               : OK;
}

static err show_left(struct overview_of *o)
{
    const struct records_figures *f = o->c->figures;
    struct page_case_records_overview_lefts *rows;

    CASE_ROWS(&o->x->v, rows,
              (size_t)LEFT_COUNT + ROW_FAULTS + COLUMN_ROLES + 1);
    for (int i = 0; i < LEFT_COUNT; i++)
        TRY(add_left(o, rows, records_left_words((enum figure_left_out)i).id,
                     o->r.left_out[i]));
    for (int i = 0; i < ROW_FAULTS; i++)
        TRY(add_left(o, rows, records_fault_words((enum row_fault)i).id,
                     f->faults[i]));
    for (int i = 0; i < COLUMN_ROLES; i++)
        TRY(add_ungrouped(o, rows, (enum column_role)i));
    TRY(add_left(o, rows, "cli.records_replaced", f->replaced));
    o->page.lefts = rows;
    return OK;
}

/* The first of the rows that were refused, and of slips. */
static err show_notes(struct overview_of *o)
{
    const struct records_figures *f = o->c->figures;
    size_t n = f->notes_n < NOTES_SHOWN ? f->notes_n : NOTES_SHOWN;
    struct page_case_records_overview_notes *rows;

    CASE_ROWS(&o->x->v, rows, n);
    for (size_t i = 0; i < n; i++) {
        const struct records_note *note = &f->notes[i];
        bool slip = note->fault >= ROW_SLIP_MOMENT;
        const struct err_arg args[] = {
            ARG_INT("line", note->line),
            ARG_STR("column",
                    slip ? o->c->file.columns.columns[note->column].name
                         : S("")),
            { 0 },
        };

        TRY(say(asker(o),
                slip ? "cli.records_slip_line" : "cli.records_bad_line", args,
                &rows[i].says));
    }
    o->page.notes = rows;
    o->page.notes_n = n;
    return OK;
}

/* --- figures ------------------------------------------------------------- */

static err show_share(struct overview_of *o, enum figure_share which,
                      struct page_case_records_overview_shares *rows)
{
    struct share of = o->r.whole.tally.shares[which];
    struct records_said said;

    TRY(records_say_share(asker(o), &o->r, which, of, &said));
    if (!said.known)
        return OK;
    rows[o->page.shares_n++] = (struct page_case_records_overview_shares){
        .name = report_share_name(which),
        .k = of.k,
        .n = of.n,
        .percent = said.percent,
        .interval = said.interval,
        .wants = said.verdict != NULL,
        .wanted = said.wanted,
        .verdict = said.verdict,
        .style = said.verdict == NULL ? S("") : str_of(said.style),
    };
    return OK;
}

/* All that the records tell, and above them what the level asks for. */
static err show_shares(struct overview_of *o)
{
    struct page_case_records_overview_shares *rows;
    struct page_case_records_overview_gates *gates;

    CASE_ROWS(&o->x->v, rows, SHARE_COUNT);
    CASE_ROWS(&o->x->v, gates, SHARE_COUNT);
    for (int i = 0; i < SHARE_COUNT; i++)
        TRY(show_share(o, (enum figure_share)i, rows));
    for (size_t i = 0; i < o->page.shares_n; i++) {
        if (rows[i].wants)
            gates[o->page.gates_n++] =
                (struct page_case_records_overview_gates){
                    .name = rows[i].name,
                    .percent = rows[i].percent,
                    .interval = rows[i].interval,
                    .wanted = rows[i].wanted,
                    .verdict = rows[i].verdict,
                    .style = rows[i].style,
                };
    }
    o->page.shares = rows;
    o->page.gates = gates;
    return OK;
}

static err show_times(struct overview_of *o)
{
    struct page_case_records_overview_times *rows;

    CASE_ROWS(&o->x->v, rows, TIME_COUNT);
    for (int i = 0; i < TIME_COUNT; i++) {
        const struct spread *t = &o->r.whole.times[i];
        struct page_case_records_overview_times *row = &rows[o->page.times_n];

        if (t->n == 0)
            continue;
        row->name = report_time_name((enum figure_time)i);
        row->n = t->n;
        TRY(records_duration(asker(o), t->median, &row->median));
        TRY(records_duration(asker(o), t->p90, &row->p90));
        o->page.times_n++;
    }
    o->page.times = rows;
    return OK;
}

/* How work lies on people, on days, on stock. */
static err show_load(struct overview_of *o)
{
    const struct load *l = &o->r.load;
    const struct columns *columns = &o->c->file.columns;
    const int64_t *days = o->r.backlog.p;
    size_t n = o->r.backlog.n;
    size_t most = 0;

    o->page.persons = l->persons;
    o->page.per_person =
        l->persons == 0 ? 0 : (int64_t)(l->tickets / l->persons);
    o->page.busiest = l->most;
    o->page.stocked = columns->place[COLUMN_STOCK] < columns->n;
    o->page.low_days = o->r.low_days;
    for (size_t i = 1; i < n; i++)
        most = days[i] > days[most] ? i : most;
    o->page.opens = n > 0;
    o->page.loaded = o->page.opens || o->page.stocked || l->persons > 0;
    if (o->page.opens) {
        o->page.open_last = days[n - 1];
        o->page.open_most = days[most];
        o->page.open_on = o->r.terms.first + (day)most;
    }
    return records_backlog(asker(o), &o->r, &o->page.backlog);
}

/* --- handing the figures in [WO2] ---------------------------------------- */

static err show_submit(struct overview_of *o)
{
    const struct scheme *s = o->x->v.file.state->scheme;
    struct page_case_records_overview_requirements *rows;
    bool may = false;

    TRY(case_view_ask(&o->x->v, "document.add", &may, NULL));
    o->page.submits = may && held_may_hand_in(&o->x->of);
    if (!o->page.submits)
        return OK;
    CASE_ROWS(&o->x->v, rows, s->requirement_count);
    for (size_t i = 0; i < s->requirement_count; i++)
        rows[i] = (struct page_case_records_overview_requirements){
            .value = s->requirements[i].id,
            .name = web_label(asker(o), s->requirements[i].label),
        };
    o->page.requirements = rows;
    o->page.requirements_n = s->requirement_count;
    return OK;
}

/* --- the page ------------------------------------------------------------ */

static err fill(struct overview_of *o)
{
    static const struct records_at here = { RECORDS_OVERVIEW, GROUP_WHOLE };

    TRY(records_whole(o->x, o->c, &o->r));
    TRY(records_head(o->x, o->c, here, &o->page.file));
    TRY(say_file(o));
    TRY(show_left(o));
    TRY(show_notes(o));
    TRY(show_shares(o));
    TRY(show_times(o));
    TRY(show_load(o));
    return show_submit(o);
}

static err show(const struct records_view *x, const struct held_counted *c,
                struct response *rs, int status, str problem)
{
    struct request *rq = x->v.rq;
    struct overview_of *o = arena_zero(rq->arena, sizeof *o);
    struct buf b;

    TRY_MEMORY(o);
    o->x = x;
    o->c = c;
    o->page = (struct page_case_records_overview){
        .number = x->v.file.number,
        .id = x->id,
        .token = web_visit(rq)->token,
        .problem = problem,
    };
    TRY(case_view_room(&x->v, TAB_RECORDS, &o->page.head));
    TRY(fill(o));
    TRY(visit_work(rq, x->v.file.number, AT_CASES, &o->page.work));
    case_view_buf(rq, &b);
    page_case_records_overview_render(&b, web_lang(rq), &o->page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_overview(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct records_view x;

    TRY(records_view_file(rq, &x));
    if (x.held.state == HELD_ARRIVING || x.held.state == HELD_REFUSED)
        return records_wait_show(&x, rs);
    counted.app = web_app(rq);
    err e = held_counted(counted.app, rq->arena, &x.of, x.held.id, &counted.c);
    if (!failed(e))
        return show(&x, counted.c, rs, 200, S(""));
    if (!err_is(e, ERR_BUSY))
        return e;
    return records_wait_show(&x, rs);
}

static err go_to_papers(const struct records_view *x, struct response *rs)
{
    struct buf b;
    str way;

    buf_init(&b, x->v.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, x->v.file.number);
    buf_str(&b, S("/papers"));
    TRY(buf_done(&b, &way));
    return respond_redirect(rs, 303, way);
}

static err post_submit(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct case_answer unused;
    struct records_view x;
    str problem;

    TRY(records_view_file(rq, &x));
    TRY(records_counted(&x, rs, &counted));
    if (counted.c == NULL)
        return OK;
    err e = held_submit(web_app(rq), rq->arena, &x.of, x.held.id,
                        answer_field(rq, S("requirement")), &unused);
    if (failed(e) && !answer_is_theirs(e))
        return e;
    if (failed(e)) {
        TRY(answer_words(rq, e, &problem));
        return show(&x, counted.c, rs, answer_status(e), problem);
    }
    return go_to_papers(&x, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}", RIGHT_IN, BODY_NONE,
      get_overview },
    { METHOD_POST, "/cases/{number}/records/{id}/submit", RIGHT_IN, BODY_FORM,
      post_submit },
};

const struct route_table case_record_overview_routes = { routes,
                                                         COUNT(routes) };
