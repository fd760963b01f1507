#include "service/records_held_ahead.h"

#include "base/arena.h"
#include "base/heap.h"

enum { PIECE = 1 << 20 };

err held_ahead_new(struct app *app, struct arena *a, struct held_ahead **out)
{
    struct held_ahead *x = arena_zero(a, sizeof *x);

    TRY_MEMORY(x);
    x->arena = a;
    x->app = app;
    sha256_init(&x->hash);
    *out = x;
    return OK;
}

void held_ahead_end(struct held_ahead **x)
{
    if (*x != NULL)
        records_opening_end(&(*x)->opening);
    *x = NULL;
}

err held_ahead_turn(struct held_ahead *x, const struct held_row_of *row,
                    struct records_watch *watch)
{
    x->row = *row;
    x->watch = watch;
    TRY(held_reader_begin(x->app, x->arena, row, &x->reader));
    if (row->state == HELD_ROW_ARRIVING) {
        x->reader.reader.size = (uint64_t)row->size;
        x->reader.reader.missing = (uint64_t)(row->size - row->arrived);
    }
    return OK;
}

void held_ahead_over(struct held_ahead *x)
{
    held_reader_end(&x->reader);
    x->reader = (struct held_reader){ 0 };
    x->watch = NULL;
}

/* --- its hash ------------------------------------------------------------ */

static err stopped(struct arena *a)
{
    return err_new(a, ERR_REFUSED, "records.stopped");
}

static err hash_on(struct held_ahead *x, char *piece)
{
    struct source_reader *r = &x->reader.reader;
    struct records_progress p = { .size = r->size };
    size_t got = PIECE;

    while (got > 0) {
        p.bytes = x->hashed;
        if (!x->watch->tell(x->watch, &p))
            return stopped(x->arena);
        TRY(r->read(r, x->arena, x->hashed, piece, PIECE, &got));
        sha256_add(&x->hash, piece, got);
        x->hashed += got;
    }
    return OK;
}

static err hash_what_came(struct held_ahead *x)
{
    struct heap *h = app_world_of(x->app)->heap;
    char *piece = h->resize(h, NULL, PIECE);

    TRY_MEMORY(piece);
    err e = hash_on(x, piece);
    h->resize(h, piece, 0);
    return e;
}

err held_ahead_hash(struct held_ahead *x)
{
    if (x->row.hashed)
        return OK;
    TRY(hash_what_came(x));
    sha256_end(&x->hash, x->row.sha256.b);
    x->row.hashed = true;
    return OK;
}

/* --- what it is ---------------------------------------------------------- */

struct records_input held_ahead_input(struct held_ahead *x)
{
    struct records_input in = held_input(&x->row, &x->asked, &x->reader);
    size_t processors = pass_processors();

    in.watch = x->watch;
    if (x->row.size > HELD_LARGE) /* others work too */
        in.workers = processors > 1 ? processors / 2 : 1;
    else /* somebody looks at the page and waits */
        in.workers = processors;
    return in;
}

static err begin(struct held_ahead *x)
{
    struct records_input in = held_ahead_input(x);

    records_opening_end(&x->opening);
    return records_open_begin(x->arena, app_world_of(x->app)->heap, &in,
                              &x->opening);
}

/* What was asked of the enterprise's last file; empty: nothing. */
static err recall(struct held_ahead *x, struct held_asked_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found = false;

    *out = (struct held_asked_row){ .enterprise = x->row.enterprise,
                                    .columns = S(""),
                                    .asked = S("") };
    TRY(app_read(x->app, x->arena, &tx));
    return held_asked_get(tx, x->arena, out, &found);
}

/* This file as the last one, where it is such a table; a mapping that was true
 * of the last file need not be of this one. */
static err begin_as_last(struct held_ahead *x)
{
    str columns = S("");

    x->as_last = false;
    if (x->was.asked.n == 0)
        return OK;
    TRY(held_asked_read(x->arena, x->row.name, x->was.asked, &x->asked));
    err e = begin(x);
    if (err_is(e, ERR_INVALID))
        return OK;
    TRY(e);
    if (x->opening == NULL)
        return OK;
    TRY(held_columns(x->arena, records_opening_file(x->opening), &columns));
    x->as_last = str_eq(columns, x->was.columns);
    return OK;
}

static err begin_usual(struct held_ahead *x)
{
    x->as_last = false;
    x->asked = held_usual();
    return begin(x);
}

/* [RH6] */
static err begin_first(struct held_ahead *x)
{
    TRY(recall(x, &x->was));
    TRY(begin_as_last(x));
    return x->as_last ? OK : begin_usual(x);
}

static err read_on(struct held_ahead *x, struct records_file *out)
{
    TRY(records_open_more(x->opening, x->watch));
    return records_open_end(x->opening, out);
}

/* Somebody may have asked something else of another file since it was begun. */
static err check_recalled(struct held_ahead *x)
{
    struct held_asked_row is;

    if (x->opening == NULL)
        return OK;
    TRY(recall(x, &is));
    if (!str_eq(is.asked, x->was.asked) || !str_eq(is.columns, x->was.columns))
        records_opening_end(&x->opening);
    return OK;
}

static err open_first(struct held_ahead *x, struct records_file *out)
{
    TRY(check_recalled(x));
    if (x->opening == NULL)
        TRY(begin_first(x));
    err e = read_on(x, out);
    if (!x->as_last || !err_is(e, ERR_INVALID))
        return e;
    TRY(begin_usual(x));
    return read_on(x, out);
}

static err open_as_asked(struct held_ahead *x, struct records_file *out)
{
    TRY(held_asked_read(x->arena, x->row.name, x->row.asked, &x->asked));
    TRY(begin(x));
    return read_on(x, out);
}

err held_ahead_open(struct held_ahead *x, struct records_file *out)
{
    err e = x->row.asked.n == 0 ? open_first(x, out) : open_as_asked(x, out);

    records_opening_end(&x->opening);
    return e;
}

/* --- what came ----------------------------------------------------------- */

static err open_on(struct held_ahead *x)
{
    if (x->opening == NULL && x->row.arrived <= RECORDS_HEAD)
        return OK;
    if (x->opening == NULL)
        TRY(begin_first(x));
    x->not_ahead = x->opening == NULL;
    return x->not_ahead ? OK : records_open_more(x->opening, x->watch);
}

err held_ahead_read(struct held_ahead *x)
{
    err e = OK;

    TRY(hash_what_came(x));
    if (!x->not_ahead)
        e = open_on(x);
    if (!failed(e))
        return OK;
    x->not_ahead = true;
    records_opening_end(&x->opening);
    return err_is(e, ERR_INVALID) || err_is(e, ERR_LIMIT) ? OK : e; /* [HA2] */
}
