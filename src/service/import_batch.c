/* Rows of a file, read and looked at, as many as go in together. */

#include "service/import_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/utf8.h"

enum {
    BATCH_MAX = 1 << 30,
    LINE_MAX = 1 << 20,
    CANONICAL_MAX = 1 << 18,
    LEVELS_MAX = 1 << 16,
    NUMBER_SHOWN = 60,
};

/* --- the reader ------------------------------------------------------- */

/* Where an earlier run broke off. [RI3] */
static err find_start(struct app *app, struct arena *a, struct import_reader *r)
{
    const struct hash file = import_file_hash(r->file);
    scoped(tx_abort) struct tx *tx = NULL;
    struct imported_chunk newest;
    bool found;

    TRY(app_read(app, a, &tx));
    TRY(imported_chunk_newest(tx, &file, &newest, &found));
    if (found) {
        r->after = newest.lines;
        r->part = newest.part;
    }
    return OK;
}

err import_reader_begin(struct app *app, struct arena *a,
                        const struct import_order *order,
                        struct import_reader *out)
{
    struct heap *h = app_world_of(app)->heap;

    *out = (struct import_reader){ .app = app, .order = order };
    arena_init(&out->line_arena, h, LINE_MAX);
    arena_init(&out->text_arena, h, (size_t)2 * CANONICAL_MAX);
    buf_init(&out->text, &out->text_arena, CANONICAL_MAX);
    TRY(import_file_open(a, h, &order->from, &out->file));
    return find_start(app, a, out);
}

void import_reader_end(struct import_reader *r)
{
    import_file_end(&r->file);
    arena_end(&r->line_arena);
    arena_end(&r->text_arena);
}

/* The next row that no earlier run has seen to. */
static err read_ahead(struct import_reader *r)
{
    if (r->ahead)
        return OK;
    if (failed(r->line.why))
        arena_reset(&r->line_arena);
    do
        TRY(import_file_next(r->file, &r->line_arena, &r->line, &r->ahead));
    while (r->ahead && r->line.line <= r->after && ++r->before > 0);
    return OK;
}

/* --- batches ---------------------------------------------------------- */

void import_batch_begin(struct import_batch *b, struct heap *h)
{
    *b = (struct import_batch){ .rows = 0 };
    arena_init(&b->arena, h, BATCH_MAX);
}

void import_batch_end(struct import_batch *b)
{
    arena_end(&b->arena);
}

static void clear(struct import_batch *b)
{
    struct arena *a = &b->arena;

    arena_reset(a);
    *b = (struct import_batch){ .arena = *a };
}

static err add_refusal(struct import_batch *b,
                       const struct import_refusal *refusal)
{
    struct import_refusal *r;

    if (err_is(refusal->why, ERR_MEMORY))
        return refusal->why;
    TRY_MEMORY(rows_grow(&b->arena, &b->refused, sizeof *r, &b->refused_room));
    r = (struct import_refusal *)b->refused.p + b->refused.n++;
    *r = *refusal;
    return OK;
}

/* Each of a row's faults. */
static err refuse_faults(struct import_batch *b, const struct import_line *line,
                         const struct import_faults *faults)
{
    struct import_refusal r = { .line = line->line };

    TRY_MEMORY(arena_str(&b->arena,
                         utf8_first(str_trim(line->cells[IMPORT_NUMBER]),
                                    NUMBER_SHOWN),
                         &r.number));
    for (size_t i = 0; i < faults->n; i++) {
        r.column = faults->at[i].column;
        r.why = faults->at[i].why;
        TRY(add_refusal(b, &r));
    }
    b->refused_rows++;
    return OK;
}

/* --- schemes ---------------------------------------------------------- */

/* The package of this name, or NULL; remembered. */
static err find_scheme(struct import_reader *r, str name,
                       const struct scheme **out)
{
    struct import_scheme *s = &r->schemes[r->scheme_n % IMPORT_SCHEMES];
    scoped(tx_abort) struct tx *tx = NULL;
    scoped(arena_end) struct arena own;

    for (size_t i = 0; i < r->scheme_n && i < IMPORT_SCHEMES; i++) {
        if (str_eq((str){ r->schemes[i].name, r->schemes[i].n }, name)) {
            *out = r->schemes[i].scheme;
            return OK;
        }
    }
    arena_init(&own, app_world_of(r->app)->heap, LINE_MAX);
    s->scheme = NULL;
    TRY(err_keep(&r->line_arena, app_read(r->app, &own, &tx)));
    err e = app_scheme_named(r->app, tx, name, &s->scheme);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return err_keep(&r->line_arena, e);
    memcpy(s->name, name.p, name.n);
    s->n = name.n;
    r->scheme_n++;
    *out = s->scheme;
    return OK;
}

static err no_level(struct arena *a, const struct scheme *s, str given,
                    err *out)
{
    struct buf b;
    str known;

    buf_init(&b, a, LEVELS_MAX);
    for (size_t i = 0; i < s->level_count; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, s->levels[i].id);
    }
    TRY(buf_done(&b, &known));
    *out = err_new(a, ERR_INVALID, "import.level_unknown",
                   ARG_STR("scheme", s->id), ARG_STR("given", given),
                   ARG_STR("known", known));
    return OK;
}

/* A level of a package that is here is one of its levels. */
static err check_level(struct import_reader *r, struct import_batch *b,
                       const struct import_row *row,
                       struct import_faults *faults)
{
    const struct scheme *s;
    err why;

    if (row->scheme.n == 0 || row->level.n == 0)
        return OK;
    TRY(find_scheme(r, row->scheme, &s));
    if (s == NULL || scheme_level(s, row->level) >= 0)
        return OK;
    TRY(no_level(&b->arena, s, row->level, &why));
    import_add_fault(faults, IMPORT_LEVEL, why);
    return OK;
}

/* --- rows ------------------------------------------------------------- */

static err add_entry(struct import_reader *r, struct import_batch *b,
                     const struct import_row *row)
{
    struct import_entry *e;
    str text;

    TRY_MEMORY(rows_grow(&b->arena, &b->entries, sizeof *e, &b->room));
    e = (struct import_entry *)b->entries.p + b->entries.n;
    *e = (struct import_entry){ .row = *row, .line = r->line.line };
    r->text.n = 0;
    import_canonical(&r->text, row, e->line);
    TRY(buf_done(&r->text, &text));
    merkle_leaf(text, &e->leaf);
    TRY(import_row_keep(&b->arena, &e->row));
    b->entries.n++;
    return OK;
}

static err add_row(struct import_reader *r, struct import_batch *b)
{
    struct import_faults faults = { .n = 0 };
    struct import_row row;

    if (failed(r->line.why)) {
        import_add_fault(&faults, IMPORT_COLUMNS,
                         err_keep(&b->arena, r->line.why));
        return refuse_faults(b, &r->line, &faults);
    }
    TRY(import_read(&b->arena, r->line.cells, r->order->today, &row, &faults));
    if (faults.n == 0)
        TRY(check_level(r, b, &row, &faults));
    return faults.n > 0 ? refuse_faults(b, &r->line, &faults)
                        : add_entry(r, b, &row);
}

err import_batch_fill(struct import_reader *r, struct import_batch *b)
{
    const int64_t most =
        r->order->at_once > 0 ? r->order->at_once : IMPORT_CHUNK;

    clear(b);
    TRY(read_ahead(r));
    while (r->ahead && b->rows < most) {
        TRY(add_row(r, b));
        b->rows++;
        b->line = r->line.line;
        r->ahead = false;
        TRY(read_ahead(r));
    }
    b->ended = !r->ahead;
    return OK;
}

bool import_go_on(struct import_reader *r)
{
    struct records_progress p = import_file_progress(r->file);
    struct records_watch *w = r->order->watch;

    return w == NULL || w->tell(w, &p);
}

/* --- what is told ------------------------------------------------------- */

static err tell_entry(const struct import_order *order,
                      const struct import_entry *e)
{
    const struct import_refusal r = {
        .line = e->line,
        .column = IMPORT_NUMBER,
        .number = e->row.number,
        .why = e->why,
    };

    return order->listener->refused(order->listener, &r);
}

/* Both lists are in the order of the file. */
err import_tell(const struct import_order *order, const struct import_batch *b)
{
    const struct import_entry *e = b->entries.p;
    const struct import_refusal *r = b->refused.p;
    size_t i = 0;

    if (order->listener == NULL)
        return OK;
    for (size_t k = 0; k < b->entries.n; k++) {
        if (!failed(e[k].why))
            continue;
        for (; i < b->refused.n && r[i].line < e[k].line; i++)
            TRY(order->listener->refused(order->listener, &r[i]));
        TRY(tell_entry(order, &e[k]));
    }
    for (; i < b->refused.n; i++)
        TRY(order->listener->refused(order->listener, &r[i]));
    return OK;
}
