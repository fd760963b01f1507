#include "service/register_import.h"

#include "base/arena.h"
#include "base/heap.h"
#include "domain/rights.h"
#include "service/import_parts.h"
#include "service/stream.h"
#include "sys/clock.h"
#include "sys/entropy.h"

#include <pthread.h>

enum { HEX = 2 * 32 };

/* A chunk on its way in. */
struct putting {
    struct app *app;
    const struct import_order *order;
    struct import_batch *batch;
    struct import_chunk chunk;
    id stream; /* for the first chunk of the file */
};

/* --- rows --------------------------------------------------------------- */

/* One row: it goes in, is known, or is refused. */
static err put_entry(struct tx *tx, struct putting *x, struct import_entry *e,
                     struct merkle_edge *edge)
{
    struct imported_row row = import_stored(&e->row);
    struct hash made[MERKLE_LEVELS];
    bool put;

    e->why = OK;
    row.row = x->chunk.last + 1;
    row.line = e->line;
    TRY(imported_put(tx, &row, &put));
    if (put) {
        x->chunk.last++;
        (void)merkle_append(edge, &e->leaf, made);
        return OK;
    }
    TRY(import_taken(tx, &x->batch->arena, &e->row, &x->chunk.file, &e->why));
    if (!failed(e->why))
        x->chunk.known++;
    else
        x->chunk.refused++;
    return err_is(e->why, ERR_MEMORY) ? e->why : OK;
}

static err put_entries(struct tx *tx, struct putting *x)
{
    struct import_entry *e = x->batch->entries.p;
    struct merkle_edge *edge = arena_zero(&x->batch->arena, sizeof *edge);
    int64_t last;

    TRY_MEMORY(edge);
    TRY(imported_last(tx, &last));
    x->chunk.first = last + 1;
    x->chunk.last = last;
    x->chunk.known = 0;
    x->chunk.refused = x->batch->refused_rows;
    for (size_t i = 0; i < x->batch->entries.n; i++)
        TRY(put_entry(tx, x, &e[i], edge));
    merkle_edge_root(edge, &x->chunk.root);
    return OK;
}

/* --- the chunk ---------------------------------------------------------- */

static err hex_of(struct arena *a, const struct hash *h, str *out)
{
    struct buf b;

    buf_init(&b, a, HEX);
    buf_hex(&b, h->b, sizeof h->b);
    return buf_done(&b, out);
}

/* Is the chunk the next of its file? */
static err check_turn(struct tx *tx, const struct putting *x)
{
    struct imported_chunk newest = { .part = 0 };
    bool found;

    TRY(imported_chunk_newest(tx, &x->chunk.file, &newest, &found));
    return newest.part == x->chunk.part - 1
               ? OK
               : err_new(tx_arena(tx), ERR_CONFLICT, "import.elsewhere");
}

static err find_stream(struct tx *tx, const struct putting *x, int64_t at,
                       struct stream_row *out)
{
    str kind = str_of(stream_names[STREAM_IMPORT]);
    struct event_list before;
    str number;

    TRY(hex_of(tx_arena(tx), &x->chunk.file, &number));
    if (x->chunk.part > 1) {
        TRY(stream_by_number(tx, tx_arena(tx), kind, number, out));
        return stream_events(tx, tx_arena(tx), out, &before);
    }
    *out = (struct stream_row){
        .id = x->stream,
        .kind = kind,
        .number = number,
        .opened = at,
    };
    return stream_open(tx, out);
}

static err enter_chunk(struct tx *tx, const struct putting *x)
{
    struct clock *clock = app_world_of(x->app)->clock;
    const struct facts f = {
        .at = clock->now(clock),
        .today = x->order->today,
        .actor = x->order->who->actor,
        .channel = x->order->who->channel,
    };
    const struct import_chunk *c = &x->chunk;
    const struct imported_chunk row = import_chunk_row(c);
    struct event_list events = { 0 };
    struct stream_row stream;

    TRY(find_stream(tx, x, f.at, &stream));
    TRY(event_emit(tx_arena(tx), &events, "import.chunk", &f, c));
    TRY(stream_append(tx, stream.id, stream.version, &stream.head, &events));
    TRY(imported_chunk_put(tx, &row));
    return stream_enter_log(tx, x->app, &events);
}

static err put_chunk(struct tx *tx, void *context)
{
    struct putting *x = context;

    TRY(check_turn(tx, x));
    TRY(put_entries(tx, x));
    if (x->order->strict && x->chunk.refused > 0) /* since it was looked at */
        return err_new(tx_arena(tx), ERR_REFUSED, "import.strict",
                       ARG_INT("count", x->chunk.refused));
    return enter_chunk(tx, x);
}

/* --- where those of an enterprise are ------------------------------------ */

enum { CODE_EVERY = IMPORTED_CODED / IMPORT_CHUNK };

static err code(struct tx *tx, void *context)
{
    return imported_code(tx, IMPORTED_CODED, context);
}

/* Look-ups by code go through what is left (store/imported.h), so it is never
 * much more than a million rows. */
static err code_all(struct app *app, struct arena *a)
{
    bool done = false;

    while (!done)
        TRY(app_write(app, a, code, &done));
    return OK;
}

/* --- room ----------------------------------------------------------------- */

/* Numbers of many bodies go in all over their index: with this much of the
 * database in memory its pages are fetched and written once for many chunks. */
enum { ROOM = 40 << 20 };

static err set_room(struct tx *tx, void *context)
{
    return tx_room(tx, *(const int64_t *)context);
}

static err give_room(struct app *app, struct arena *a, int64_t bytes)
{
    return app_write_case(app, a, set_room, &bytes);
}

/* --- chunk by chunk ----------------------------------------------------- */

/* The next batch, read by a thread of its own while this one goes in. */
struct ahead {
    struct import_reader *reader;
    struct import_batch *batch;
    pthread_t thread;
    bool running;
    err failed;
};

static void *fill_ahead(void *context)
{
    struct ahead *x = context;

    x->failed = import_batch_fill(x->reader, x->batch);
    return NULL;
}

/* Where no thread can be had, it is read when it is wanted. */
static void begin_ahead(struct ahead *x)
{
    x->running = pthread_create(&x->thread, NULL, fill_ahead, x) == 0;
}

static err end_ahead(struct ahead *x)
{
    if (!x->running)
        return import_batch_fill(x->reader, x->batch);
    (void)pthread_join(x->thread, NULL);
    x->running = false;
    return x->failed;
}

static err put_batch(struct app *app, const struct import_order *order,
                     struct import_batch *b, struct import_chunk *chunk,
                     struct import_counts *counts)
{
    struct putting x = { app, order, b, *chunk, { { 0 } } };

    x.chunk.part++;
    x.chunk.lines = b->line;
    x.chunk.read = b->rows;
    x.chunk.ended = b->ended;
    TRY(entropy_id(app_world_of(app)->entropy, &x.stream));
    TRY(app_write(app, &b->arena, put_chunk, &x));
    *chunk = x.chunk;
    counts->rows += b->rows;
    counts->known += x.chunk.known;
    counts->refused += x.chunk.refused;
    counts->put += x.chunk.last - x.chunk.first + 1;
    counts->chunks++;
    if (counts->first == 0 && x.chunk.last >= x.chunk.first)
        counts->first = x.chunk.first;
    if (x.chunk.last >= x.chunk.first)
        counts->last = x.chunk.last;
    if (counts->chunks % CODE_EVERY == 0)
        TRY(code_all(app, &b->arena));
    return import_tell(order, b);
}

static err put_all(struct app *app, struct arena *a,
                   struct import_reader *reader, struct import_batch *batches,
                   struct import_chunk *chunk, struct import_counts *counts)
{
    struct import_batch *now = &batches[0];
    struct ahead next = { reader, &batches[1], 0, false, OK };
    err e = import_batch_fill(reader, now);

    while (!failed(e) && now->rows > 0) {
        bool ended = now->ended;

        if (!ended)
            begin_ahead(&next);
        e = put_batch(app, reader->order, now, chunk, counts);
        if (!failed(e) && !ended && !import_go_on(reader))
            e = err_new(a, ERR_REFUSED, "records.stopped");
        e = err_keep(a, e);
        if (ended)
            break;
        err read = end_ahead(&next);
        if (!failed(e))
            e = read;
        now = next.batch;
        next.batch = now == &batches[0] ? &batches[1] : &batches[0];
    }
    return failed(e) ? err_keep(a, e) : OK;
}

static err run(struct app *app, struct arena *a, struct import_reader *reader,
               struct import_counts *counts)
{
    struct heap *h = app_world_of(app)->heap;
    struct import_batch batches[2];
    struct import_chunk chunk = { .file = import_file_hash(reader->file) };

    counts->file = chunk.file;
    counts->unused = import_file_unused(reader->file);
    chunk.part = reader->part;
    import_batch_begin(&batches[0], h);
    import_batch_begin(&batches[1], h);
    err e = give_room(app, a, ROOM);
    if (!failed(e))
        e = put_all(app, a, reader, batches, &chunk, counts);
    import_batch_end(&batches[0]);
    import_batch_end(&batches[1]);
    /* also where an earlier run ended between its last chunk and this */
    if (!failed(e) && chunk.part > 0)
        e = code_all(app, a);
    err back = give_room(app, a, STORE_ROOM);
    e = failed(e) ? e : back;
    counts->before = reader->before;
    counts->rows += reader->before;
    return e;
}

err register_import(struct app *app, struct arena *a,
                    const struct import_order *order, struct import_counts *out)
{
    struct import_reader *reader = arena_zero(a, sizeof *reader);

    *out = (struct import_counts){ .rows = 0 };
    TRY_MEMORY(reader);
    if (!rights_may_import(&order->who->actor))
        return err_new(a, ERR_DENIED, "import.denied");
    if (order->strict || order->only_check) {
        TRY(import_look(app, a, order, out));
        if (order->only_check)
            return OK;
        *out = (struct import_counts){ .rows = 0 };
    }
    err e = import_reader_begin(app, a, order, reader);
    if (!failed(e))
        e = run(app, a, reader, out);
    import_reader_end(reader);
    return e;
}
