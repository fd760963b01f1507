/*
 * What of a file would be refused, before anything goes in: for a strict import
 * and for one that only checks. [RI1]
 *
 * Numbers that the file has twice are found by eight bytes of their SHA-256, in
 * sixteen bytes of memory each: of four million, two others fall together once
 * in two million files, and then one of them is refused here, not taken.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "crypto/hash.h"
#include "service/import_parts.h"

enum { SEEN_FIRST = 1024, CANONICAL_MAX = 1 << 18 };

/* A number that the file has. */
struct seen {
    uint64_t number;  /* of its hash; 0: no number lies here */
    uint32_t content; /* of its row's hash */
    uint32_t line;
};

struct looking {
    struct app *app;
    const struct import_order *order;
    struct hash file;
    struct heap *heap;
    struct seen *seen;
    size_t room; /* a power of two */
    size_t n;
    struct buf text; /* of one row */
};

/* --- numbers that are there twice --------------------------------------- */

/* Its place, or the one where it would be. */
static struct seen *place_of(struct seen *all, size_t room, uint64_t number)
{
    size_t i = (size_t)number & (room - 1);

    while (all[i].number != 0 && all[i].number != number)
        i = (i + 1) & (room - 1);
    return &all[i];
}

static err grow(struct looking *l)
{
    size_t room = l->room == 0 ? SEEN_FIRST : 2 * l->room;
    struct seen *all = l->heap->resize(l->heap, NULL, room * sizeof *all);

    TRY_MEMORY(all);
    memset(all, 0, room * sizeof *all);
    for (size_t i = 0; i < l->room; i++) {
        if (l->seen[i].number != 0)
            *place_of(all, room, l->seen[i].number) = l->seen[i];
    }
    l->heap->resize(l->heap, l->seen, 0);
    l->seen = all;
    l->room = room;
    return OK;
}

static err seen_of(struct looking *l, const struct import_entry *e,
                   struct seen *out)
{
    struct seen s = { .line = (uint32_t)e->line };
    struct hash h;
    str text;

    sha256(e->row.number.p, e->row.number.n, h.b);
    memcpy(&s.number, h.b, sizeof s.number);
    s.number |= s.number == 0;
    l->text.n = 0;
    import_canonical(&l->text, &e->row, 0); /* whatever its line */
    TRY(buf_done(&l->text, &text));
    sha256(text.p, text.n, h.b);
    memcpy(&s.content, h.b, sizeof s.content);
    *out = s;
    return OK;
}

/* Is it the first of its number?  Otherwise it is known, or refused. */
static err look_in_file(struct looking *l, struct import_entry *e,
                        struct arena *a, bool *first)
{
    struct seen s = { .number = 0 };
    struct seen *at;

    if (4 * (l->n + 1) > 3 * l->room)
        TRY(grow(l));
    TRY(seen_of(l, e, &s));
    at = place_of(l->seen, l->room, s.number);
    *first = at->number == 0;
    if (*first) {
        *at = s;
        l->n++;
    } else if (at->content != s.content) {
        e->why = err_new(a, ERR_CONFLICT, "import.twice_differs",
                         ARG_INT("at", at->line));
    }
    return err_is(e->why, ERR_MEMORY) ? e->why : OK;
}

/* --- against the register ----------------------------------------------- */

static err look_in_register(struct looking *l, struct tx *tx,
                            struct import_entry *e, struct arena *a,
                            bool *known)
{
    bool taken;

    *known = false;
    TRY(imported_is_taken(tx, e->row.number, &taken));
    if (!taken)
        return OK;
    TRY(import_taken(tx, a, &e->row, &l->file, &e->why));
    *known = !failed(e->why);
    return err_is(e->why, ERR_MEMORY) ? e->why : OK;
}

static err look_at(struct looking *l, struct tx *tx, struct import_entry *e,
                   struct arena *a, struct import_counts *counts)
{
    bool known = false;
    bool first;

    TRY(look_in_file(l, e, a, &first));
    if (first)
        TRY(look_in_register(l, tx, e, a, &known));
    counts->known += known || (!first && !failed(e->why));
    counts->refused += failed(e->why);
    return OK;
}

static err look_at_batch(struct looking *l, struct import_batch *b,
                         struct import_counts *counts)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct import_entry *e = b->entries.p;

    TRY(app_read(l->app, &b->arena, &tx));
    for (size_t i = 0; i < b->entries.n; i++)
        TRY(look_at(l, tx, &e[i], &b->arena, counts));
    counts->rows += b->rows;
    counts->refused += b->refused_rows;
    return import_tell(l->order, b);
}

static err look_at_all(struct looking *l, struct import_reader *r,
                       struct import_batch *b, struct import_counts *counts)
{
    bool more = true;

    l->file = import_file_hash(r->file);
    counts->file = l->file;
    counts->unused = import_file_unused(r->file);
    while (more) {
        TRY(import_batch_fill(r, b));
        TRY(look_at_batch(l, b, counts));
        more = !b->ended;
        if (more && !import_go_on(r))
            return err_new(&b->arena, ERR_REFUSED, "records.stopped");
    }
    counts->before = r->before;
    counts->rows += r->before;
    return OK;
}

static err look(struct looking *l, struct arena *a, struct import_reader *r,
                struct import_counts *counts)
{
    struct import_batch b;

    import_batch_begin(&b, l->heap);
    err e = err_keep(a, look_at_all(l, r, &b, counts));
    import_batch_end(&b);
    return e;
}

err import_look(struct app *app, struct arena *a,
                const struct import_order *order, struct import_counts *out)
{
    struct import_reader *r = arena_zero(a, sizeof *r);
    struct looking l = { .app = app, .order = order };
    scoped(arena_end) struct arena text;

    l.heap = app_world_of(app)->heap;
    arena_init(&text, l.heap, (size_t)2 * CANONICAL_MAX);
    buf_init(&l.text, &text, CANONICAL_MAX);
    TRY_MEMORY(r);
    err e = import_reader_begin(app, a, order, r);
    if (!failed(e))
        e = look(&l, a, r, out);
    import_reader_end(r);
    l.heap->resize(l.heap, l.seen, 0);
    if (!failed(e) && order->strict && out->refused > 0)
        return err_new(a, ERR_REFUSED, "import.strict",
                       ARG_INT("count", out->refused));
    return e;
}
