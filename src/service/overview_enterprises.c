/*
 * overview_enterprises -- the enterprises, and everything of one of them.
 */

#include "base/arena.h"
#include "codec/utf8.h"
#include "domain/events.h"
#include "service/case_parts.h"
#include "service/overview_parts.h"
#include "service/stream.h"
#include "service/typed.h"
#include "store/enterprises.h"

/* --- all of them --------------------------------------------------------- */

static err list_lines(const struct looking *l, const struct list *rows,
                      struct overview *out)
{
    const struct enterprise_counts *row = rows->p;
    size_t n = looking_shown(rows);
    struct enterprise_line *lines = arena_array(l->a, n, sizeof *lines);
    size_t found = 0;

    TRY_MEMORY(lines);
    for (size_t i = 0; i < n; i++) {
        if (looking_may_read(l, row[i].id))
            lines[found++] = (struct enterprise_line){
                row[i].uscc,  row[i].name,    row[i].province, row[i].city,
                row[i].cases, row[i].running, row[i].owed,
            };
    }
    out->found = (struct list){ lines, found };
    out->next = n < rows->n ? row[n - 1].uscc : S("");
    return OK;
}

err overview_of_enterprises(struct app *app, struct arena *a,
                            const struct session *who,
                            const struct enterprise_search *search,
                            struct overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = {
        .app = app, .a = a, .who = who, .today = search->today
    };
    const struct page page = { search->after, OVERVIEW_PAGE + 1 };
    struct enterprise_wanted wanted = { .words = search->words,
                                        .today = search->today };
    struct list rows = { 0 };

    *out = (struct overview){ .next = S("") };
    if (!overviews_open_to(who) || !utf8_is_text(search->words) ||
        !utf8_is_text(search->after))
        return OK;
    TRY(typed_number(a, search->words, &wanted.code));
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(overview_enterprises(tx, a, &wanted, &page, &rows));
    return list_lines(&l, &rows, out);
}

/* --- documents of its cases [M5] ----------------------------------------- */

/* What a case took over from another, which may come later. */
struct taken {
    const struct document *document;
    const struct taken *next;
};

/* What is gathered of the cases, one after the other. */
struct gathering {
    const struct looking *l;
    const struct case_row *row;   /* the case */
    const struct scheme *scheme;  /* its package */
    struct shared_document *docs; /* OVERVIEW_PAGE of them at most */
    size_t n;
    const struct taken *taken;
};

/* "C2026-0001:licence" names what was added there. */
static bool is_source(const struct shared_document *d,
                      const struct document *taken)
{
    return str_begins(taken->from, d->case_number) &&
           hash_eq(&d->content, &taken->blob);
}

static void count_uses(struct gathering *g)
{
    for (const struct taken *t = g->taken; t != NULL; t = t->next) {
        for (size_t i = 0; i < g->n; i++)
            g->docs[i].uses += is_source(&g->docs[i], t->document);
    }
}

static err add_taken(struct gathering *g, const struct document *d)
{
    struct taken *t = arena_zero(g->l->a, sizeof *t);

    TRY_MEMORY(t);
    *t = (struct taken){ d, g->taken };
    g->taken = t;
    return OK;
}

static struct label requirement_of(const struct scheme *s, str requirement)
{
    int32_t at = scheme_requirement(s, requirement);

    if (at < 0)
        return (struct label){ requirement, requirement };
    return s->requirements[at].label;
}

static err add_document(struct gathering *g, const struct event *e)
{
    const struct document *d = e->data;

    if (d->from.n > 0)
        return add_taken(g, d);
    if (g->n == OVERVIEW_PAGE)
        return OK;
    g->docs[g->n++] = (struct shared_document){
        .case_number = g->row->number,
        .requirement = requirement_of(g->scheme, d->requirement),
        .title = d->title,
        .added = e->on,
        .covers_from = d->covers_from,
        .covers_to = d->covers_to,
        .content = d->blob,
    };
    return OK;
}

static err add_documents(struct gathering *g)
{
    const struct looking *l = g->l;
    struct stream_row stream;
    struct event_list events;

    TRY(app_scheme(l->app, l->tx, &g->row->scheme_hash, &g->scheme));
    TRY(stream_get(l->tx, l->a, g->row->id, &stream));
    TRY(stream_events(l->tx, l->a, &stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "document.added") == 0)
            TRY(add_document(g, e));
    }
    return OK;
}

static err list_documents(const struct looking *l, const struct list *cases,
                          struct list *out)
{
    const struct case_row *row = cases->p;
    struct gathering g = { .l = l };

    g.docs = arena_array(l->a, OVERVIEW_PAGE, sizeof *g.docs);
    TRY_MEMORY(g.docs);
    for (size_t i = 0; i < cases->n; i++) {
        g.row = &row[i];
        TRY(add_documents(&g));
    }
    count_uses(&g);
    *out = (struct list){ g.docs, g.n };
    return OK;
}

/* --- one of them --------------------------------------------------------- */

static err list_cases(const struct looking *l, str enterprise,
                      const struct list *rows, struct list *out)
{
    const struct case_row *row = rows->p;
    struct case_line *lines = arena_array(l->a, rows->n, sizeof *lines);

    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows->n; i++)
        TRY(case_line_of(l->app, l->tx, &row[i], enterprise, &lines[i]));
    *out = (struct list){ lines, rows->n };
    return OK;
}

static err list_invoices(const struct looking *l, id enterprise,
                         struct enterprise_overview *out)
{
    const struct due_overview *due;
    struct open_invoice *invoices;
    struct list rows = { 0 };

    TRY(overview_dues_of(l->tx, l->a, enterprise, STORE_PAGE_MAX, &rows));
    due = rows.p;
    invoices = arena_array(l->a, rows.n, sizeof *invoices);
    TRY_MEMORY(invoices);
    for (size_t i = 0; i < rows.n; i++) {
        invoices[i] = (struct open_invoice){
            due[i].case_number, due[i].enterprise, due[i].enterprise_name,
            due[i].number,      due[i].due,        due[i].amount,
        };
        out->owed += due[i].amount;
    }
    out->invoices = (struct list){ invoices, rows.n };
    return OK;
}

static err list_all(const struct looking *l, const struct enterprise_row *e,
                    struct enterprise_overview *out)
{
    const struct page page = { S(""), OVERVIEW_PAGE };
    struct list rows = { 0 };

    TRY(case_list_of_enterprise(l->tx, l->a, e->id, &page, &rows));
    TRY(list_cases(l, e->name, &rows, &out->cases));
    TRY(list_documents(l, &rows, &out->documents));
    TRY(overview_certificates_of(l->tx, l->a, e->uscc, &page, &rows));
    TRY(looking_certificates(l, &rows, &out->certificates));
    return list_invoices(l, e->id, out);
}

/* In the same words whether there is none or one may not read it. */
static err find_enterprise(const struct looking *l, str uscc,
                           struct enterprise_row *out)
{
    err missing = err_new(l->a, ERR_NOT_FOUND, "register.no_enterprise",
                          ARG_STR("uscc", uscc));

    if (!overviews_open_to(l->who) || !utf8_is_text(uscc))
        return missing;
    err e = enterprise_by_uscc(l->tx, l->a, uscc, out);
    if (err_is(e, ERR_NOT_FOUND))
        return missing;
    TRY(e);
    return looking_may_read(l, out->id) ? OK : missing;
}

err overview_of_enterprise(struct app *app, struct arena *a,
                           const struct session *who, day today, str uscc,
                           struct enterprise_overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who, .today = today };
    struct enterprise_row e = { .uscc = S("") };

    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(find_enterprise(&l, uscc, &e));
    *out = (struct enterprise_overview){
        .uscc = e.uscc,
        .name = e.name,
        .name_en = e.name_en,
        .registered = e.registered,
        .province = e.province,
        .city = e.city,
        .address = e.address,
        .scope = e.scope,
    };
    return list_all(&l, &e, out);
}
