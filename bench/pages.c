/*
 * bench/pages -- a body with fifty thousand cases, for its pages to be timed.
 *
 *   build/bench/bench_pages DATA       (a demonstration's folder, to be filled)
 *
 * Copies of the demonstration's cases, round and round: the rows that lists and
 * look-ups read, with what waits in each, what it counts for, an invoice and
 * its certificate, under ids and numbers of their own, for enterprises of which
 * each has ten.  What a page of one case reads, its journal, is there for the
 * demonstration's own cases. tools/benchpages.py asks for the pages.
 */

#include "installation.h"
#include "measure.h"

#include "service/project.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/invoices.h"
#include "store/tallies.h"
#include "store/tasks.h"

#include <stdio.h>

enum {
    CASES = 50000,
    ORIGINALS_MOST = 200,
    EACH = 10,    /* cases of an enterprise */
    SPREAD = 365, /* days over which what waits for somebody is due */
    CHUNK = 1000, /* cases in a transaction */
    KEPT_ARENA = 64 << 20,
    NUMBER = 24,
    BILL = 3600000, /* fen, of each invoice */
};

/* A case that is copied, and all that lists know of it. */
struct original {
    struct case_row row;
    struct certificate_row certificate;
    bool certified;
    struct list tasks;
    struct list tallies;
};

struct filling {
    struct installation at;
    struct arena kept;
    struct original all[ORIGINALS_MOST];
    size_t n;
    int32_t from; /* the chunk that is written next */
};

/* --- what is copied ------------------------------------------------------- */

static err read_original(struct filling *f, struct tx *tx,
                         const struct case_row *row)
{
    struct original *o = &f->all[f->n++];

    o->row = *row;
    o->certified = row->certificate.n > 0;
    if (o->certified)
        TRY(certificate_get(tx, &f->kept, row->certificate, &o->certificate));
    TRY(tally_of_case(tx, &f->kept, row->id, &o->tallies));
    return task_list_of_case(tx, &f->kept, row->id, &o->tasks);
}

static err read_originals(struct filling *f)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct page page = { .limit = ORIGINALS_MOST };
    struct list rows;

    TRY(app_read(f->at.app, &f->kept, &tx));
    TRY(case_list(tx, &f->kept, &page, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(read_original(f, tx, (const struct case_row *)rows.p + i));
    return OK;
}

/* --- copies --------------------------------------------------------------- */

static id id_of(int32_t i, uint8_t kind)
{
    id x = { { kind, 0xBE } };

    memcpy(x.b + 8, &i, sizeof i);
    return x;
}

static str number_of_copy(struct tx *tx, int32_t i, const char *end)
{
    char *text = arena_array(tx_arena(tx), NUMBER, 1);

    must(text != NULL, "no memory");
    (void)snprintf(text, NUMBER, "B%08d%s", i, end);
    return str_of(text);
}

/* A year's work, before and after the original's day. */
static err put_tasks(struct tx *tx, const struct original *o, int32_t i)
{
    const struct task_row *tasks = o->tasks.p;

    for (size_t k = 0; k < o->tasks.n; k++) {
        struct task_row t = tasks[k];

        t.of_case = id_of(i, 1);
        t.due += t.due == DAY_NEVER ? 0 : i % SPREAD - SPREAD / 2;
        TRY(task_put(tx, &t));
    }
    return OK;
}

static err put_tallies(struct tx *tx, const struct original *o, int32_t i)
{
    const struct tally_place at = { id_of(i, 1), o->row.scheme_id };
    const struct tally_row *rows = o->tallies.p;

    for (size_t k = 0; k < o->tallies.n; k++)
        TRY(tally_change(tx, &at, &rows[k], 0));
    return OK;
}

/* One each, due within the year: every second one is paid. */
static err put_invoice(struct tx *tx, const struct original *o, int32_t i)
{
    const struct invoice_row row = {
        .of_case = id_of(i, 1),
        .place = 1,
        .enterprise = id_of(i / EACH, 3),
        .number = number_of_copy(tx, i, "-F"),
        .standing = i % 2 == 0 ? INVOICE_OPEN : INVOICE_PAID,
        .due = o->row.opened + i % SPREAD,
        .amount = BILL,
        .paid = i % 2 == 0 ? 0 : BILL,
    };

    return invoice_change(tx, NULL, &row);
}

/* Whose copies from the i-th on are. */
static err put_enterprise(struct tx *tx, const struct original *o, int32_t i)
{
    struct enterprise_row row;

    TRY(enterprise_get(tx, tx_arena(tx), o->row.enterprise, &row));
    row.id = id_of(i / EACH, 3);
    row.uscc = number_of_copy(tx, i / EACH, "");
    return enterprise_put(tx, &row);
}

static err put_copy(struct tx *tx, const struct original *o, int32_t i)
{
    struct case_row row = o->row;
    struct certificate_row certificate = o->certificate;

    if (i % EACH == 0)
        TRY(put_enterprise(tx, o, i));
    row.id = id_of(i, 1);
    row.enterprise = id_of(i / EACH, 3);
    row.number = number_of_copy(tx, i, "");
    row.certificate = S("");
    row.previous = S("");
    if (o->certified) {
        certificate.id = id_of(i, 2);
        certificate.of_case = row.id;
        certificate.enterprise = row.enterprise;
        certificate.uscc = number_of_copy(tx, i / EACH, "");
        certificate.number = number_of_copy(tx, i, "R0M");
        row.certificate = certificate.number;
    }
    TRY(case_put(tx, &row));
    if (o->certified)
        TRY(certificate_put(tx, &certificate));
    TRY(put_tallies(tx, o, i));
    TRY(put_invoice(tx, o, i));
    return put_tasks(tx, o, i);
}

static err put_chunk(struct tx *tx, void *context)
{
    struct filling *f = context;

    for (int32_t i = f->from; i < f->from + CHUNK && i < CASES; i++)
        TRY(put_copy(tx, &f->all[(size_t)i % f->n], i));
    return OK;
}

static void fill(struct filling *f)
{
    for (f->from = 0; f->from < CASES; f->from += CHUNK) {
        struct arena a;

        arena_init(&a, &f->at.heap, 1 << 30);
        ok(app_write(f->at.app, &a, put_chunk, f));
        arena_end(&a);
    }
}

int main(int argc, char **argv)
{
    static struct filling f;

    must(argc == 2, "which folder?");
    installation_open(&f.at, argv[1], APP_WRITE);
    arena_init(&f.kept, &f.at.heap, KEPT_ARENA);
    ok(read_originals(&f));
    must(f.n > 0, "the folder has no case");
    fill(&f);
    tell("pages.cases", CASES + (double)f.n);
    arena_end(&f.kept);
    installation_close(&f.at);
    return 0;
}
