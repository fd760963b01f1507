/*
 * check_import -- [CK8] certificates that files brought against the events that
 * tell of them: each chunk has the rows that its event names, and no row is of
 * none; where rows are read, the root of the tree over them is what was entered
 * in the log.
 */

#include "service/check_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "domain/import.h"
#include "service/import_parts.h"
#include "store/journal.h"

enum { CANONICAL_MAX = 1 << 18, HEX = 64 };

static err bad_chunk(struct arena *a, const struct stream_row *stream,
                     int64_t part)
{
    return err_new(a, ERR_CORRUPT, "check.import",
                   ARG_STR("file", stream->number), ARG_INT("part", part));
}

/* --- the rows of a chunk ------------------------------------------------ */

/* How far they are read. */
struct walking {
    const struct import_chunk *chunk;
    struct merkle_edge edge;
    int64_t next; /* row */
    bool gone;    /* a row is missing, or one too many is there */
};

static err add_leaf(struct arena *a, struct walking *w,
                    const struct imported_row *stored)
{
    const struct import_row row = import_row_of(stored);
    struct hash made[MERKLE_LEVELS];
    struct hash leaf;
    struct buf b;
    str text;

    buf_init(&b, a, CANONICAL_MAX);
    import_canonical(&b, &row, stored->line);
    TRY(buf_done(&b, &text));
    merkle_leaf(text, &leaf);
    (void)merkle_append(&w->edge, &leaf, made);
    return OK;
}

static err read_page(struct checking *c, struct arena *a, void *what)
{
    struct walking *w = what;
    int64_t left = w->chunk->last - w->next + 1;
    const struct imported_row *r;
    struct list rows;

    TRY(imported_after(c->tx, a, w->next - 1,
                       (int32_t)(left < CHECK_PAGE ? left : CHECK_PAGE),
                       &rows));
    r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        w->gone = w->gone || r[i].row != w->next++;
        TRY(add_leaf(a, w, &r[i]));
    }
    w->gone = w->gone || rows.n == 0;
    return OK;
}

/* Do the rows make the root? */
static err read_rows(struct checking *c, struct arena *a,
                     const struct import_chunk *chunk, bool *fits)
{
    struct walking *w = arena_zero(a, sizeof *w);
    struct hash root;

    TRY_MEMORY(w);
    w->chunk = chunk;
    w->next = chunk->first;
    while (w->next <= chunk->last && !w->gone)
        TRY(check_apart(c, read_page, w));
    merkle_edge_root(&w->edge, &root);
    *fits = !w->gone && hash_eq(&root, &chunk->root);
    return OK;
}

/* --- chunks ------------------------------------------------------------- */

static bool same_chunk(const struct imported_chunk *x,
                       const struct imported_chunk *y)
{
    return hash_eq(&x->file, &y->file) && x->part == y->part &&
           x->first == y->first && x->last == y->last && x->lines == y->lines &&
           x->ended == y->ended && hash_eq(&x->root, &y->root);
}

/* It is that of the stream's file, in its turn. */
static err is_in_turn(struct arena *a, const struct stream_row *stream,
                      const struct event *e, bool *out)
{
    const struct import_chunk *chunk = e->data;
    struct buf b;
    str file;

    buf_init(&b, a, HEX);
    buf_hex(&b, chunk->file.b, sizeof chunk->file.b);
    TRY(buf_done(&b, &file));
    *out = str_eq(file, stream->number) && chunk->part == e->n &&
           chunk->last >= chunk->first - 1;
    return OK;
}

static err check_chunk(struct checking *c, struct arena *a,
                       const struct stream_row *stream, const struct event *e)
{
    const struct import_chunk *chunk = e->data;
    const struct imported_chunk want = import_chunk_row(chunk);
    struct imported_chunk row;
    bool fits;

    TRY(is_in_turn(a, stream, e, &fits));
    if (fits)
        TRY(imported_chunk_get(c->tx, &want.file, want.part, &row, &fits));
    fits = fits && same_chunk(&row, &want);
    if (fits && c->whole)
        TRY(read_rows(c, a, chunk, &fits));
    if (!fits)
        return bad_chunk(a, stream, e->n);
    c->chunks++;
    c->imported += chunk->last - chunk->first + 1;
    return OK;
}

err check_import(struct checking *c, struct arena *a, void *what)
{
    const struct stream_row *stream = what;
    struct event_list events;

    TRY(check_read_events(c, a, stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        TRY(check_chunk(c, a, stream, e));
    return OK;
}

/* Every chunk of an event was found; so more than those are of none, and more
 * rows than they have. */
err check_imports(struct checking *c)
{
    int64_t chunks;
    int64_t rows;
    int64_t count;
    int64_t wrong = 0;

    TRY(imported_chunk_sums(c->tx, &chunks, &rows));
    TRY(imported_count(c->tx, &count));
    if (c->whole)
        TRY(imported_code_wrong(c->tx, &wrong));
    if (wrong > 0)
        return err_new(c->kept, ERR_CORRUPT, "check.imported_code",
                       ARG_INT("count", wrong));
    if (chunks == c->chunks && rows == c->imported && count == c->imported)
        return OK;
    return err_new(c->kept, ERR_CORRUPT, "check.imported",
                   ARG_INT("count", count), ARG_INT("told", c->imported));
}
