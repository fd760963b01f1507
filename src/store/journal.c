#include "store/journal.h"

#include "base/arena.h"
#include "base/check.h"

enum { CURSOR_PAGE = 256 };

/* --- streams ---------------------------------------------------------- */

static void read_stream(struct query *q, struct arena *a, void *out)
{
    *(struct stream_row *)out = (struct stream_row){
        .id = query_id(q, 0),
        .kind = query_str(q, a, 1),
        .number = query_str(q, a, 2),
        .version = query_int(q, 3, 0, INT64_MAX),
        .head = query_hash(q, 4),
        .opened = query_int(q, 5, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind stream_kind = { sizeof(struct stream_row),
                                             read_stream };

static err no_stream(struct tx *tx, str name)
{
    return err_new(tx_arena(tx), ERR_NOT_FOUND, "journal.stream",
                   ARG_STR("stream", name));
}

err stream_open(struct tx *tx, const struct stream_row *s)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_stream_open, &q));
    query_bind_id(q, 1, s->id);
    query_bind_str(q, 2, s->kind);
    query_bind_str(q, 3, s->number);
    query_bind_hash(q, 4, &s->head);
    query_bind_int(q, 5, s->opened);
    err e = query_change_one(q);
    if (err_is(e, ERR_CONFLICT))
        return err_new(tx_arena(tx), ERR_CONFLICT, "journal.number",
                       ARG_STR("kind", s->kind), ARG_STR("number", s->number));
    return e;
}

err stream_get(struct tx *tx, struct arena *a, id stream,
               struct stream_row *out)
{
    scoped(query_end) struct query *q = NULL;
    char name[ID_TEXT];
    bool found;

    TRY(query_begin(tx, SQL_stream_get, &q));
    query_bind_id(q, 1, stream);
    TRY(row_maybe(q, a, &stream_kind, out, &found));
    return found ? OK : no_stream(tx, id_text(stream, name));
}

err stream_touched(struct tx *tx, id stream, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t at;

    TRY(query_begin(tx, SQL_stream_touched, &q));
    query_bind_id(q, 1, stream);
    TRY(query_one(q));
    at = query_int(q, 0, INT64_MIN, INT64_MAX);
    TRY(query_done(q));
    *out = at;
    return OK;
}

err stream_by_number(struct tx *tx, struct arena *a, str kind, str number,
                     struct stream_row *out)
{
    scoped(query_end) struct query *q = NULL;
    bool found;

    TRY(query_begin(tx, SQL_stream_by_number, &q));
    query_bind_str(q, 1, kind);
    query_bind_str(q, 2, number);
    TRY(row_maybe(q, a, &stream_kind, out, &found));
    return found ? OK : no_stream(tx, number);
}

err stream_list(struct tx *tx, struct arena *a, str kind, const struct page *p,
                struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_stream_list, &q));
    query_bind_str(q, 3, kind);
    return rows_page(q, a, p, &stream_kind, out);
}

err stream_list_active(struct tx *tx, struct arena *a, str kind,
                       const struct days *between, const struct page *p,
                       struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_stream_list_active, &q));
    query_bind_str(q, 3, kind);
    query_bind_int(q, 4, between->from);
    query_bind_int(q, 5, between->to);
    return rows_page(q, a, p, &stream_kind, out);
}

/* --- what is reported to the authority -------------------------------- */

static void read_day(struct query *q, struct arena *, void *out)
{
    *(day *)out = query_day(q, 0);
}

static const struct row_kind day_kind = { sizeof(day), read_day };

err journal_report_days(struct tx *tx, struct arena *a, day after, day today,
                        int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_journal_report_days, &q));
    query_bind_int(q, 1, after);
    query_bind_int(q, 2, limit);
    query_bind_int(q, 3, today);
    return rows_all(q, a, &day_kind, out);
}

err journal_report_late(struct tx *tx, const struct days *between, int64_t at,
                        int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, SQL_journal_report_late, &q));
    query_bind_int(q, 1, between->from);
    query_bind_int(q, 2, between->to);
    query_bind_int(q, 3, at);
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

/* --- appending -------------------------------------------------------- */

/* Why a stream could not be advanced. */
static err not_advanced(struct tx *tx, id stream, int64_t expected)
{
    struct stream_row s;

    TRY(stream_get(tx, tx_arena(tx), stream, &s));
    return err_new(tx_arena(tx), ERR_CONFLICT, "journal.version",
                   ARG_INT("expected", expected), ARG_INT("found", s.version));
}

/* [JN2] */
static err advance(struct tx *tx, id stream, int64_t expected,
                   const struct journal_row *last)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_stream_advance, &q));
    query_bind_id(q, 1, stream);
    query_bind_int(q, 2, expected);
    query_bind_int(q, 3, last->version);
    query_bind_hash(q, 4, &last->hash);
    TRY(query_change(q, &changed));
    return changed == 1 ? OK : not_advanced(tx, stream, expected);
}

static err add(struct tx *tx, id stream, const struct journal_row *e)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_journal_add, &q));
    query_bind_id(q, 1, stream);
    query_bind_int(q, 2, e->version);
    query_bind_str(q, 3, e->type);
    query_bind_int(q, 4, e->at);
    query_bind_int(q, 5, e->on);
    query_bind_str(q, 6, e->body);
    query_bind_hash(q, 7, &e->hash);
    return query_change_one(q);
}

err journal_append(struct tx *tx, id stream, int64_t expected,
                   const struct journal_row *events, size_t n)
{
    check(n > 0 && expected >= 0);
    for (size_t i = 0; i < n; i++)
        check(events[i].version == expected + 1 + (int64_t)i); /* [JN1] */

    TRY(advance(tx, stream, expected, &events[n - 1]));
    for (size_t i = 0; i < n; i++)
        TRY(add(tx, stream, &events[i]));
    return OK;
}

/* --- reading ---------------------------------------------------------- */

static void read_event(struct query *q, struct arena *a, void *out)
{
    *(struct journal_row *)out = (struct journal_row){
        .version = query_int(q, 0, 1, INT64_MAX),
        .type = query_str(q, a, 1),
        .at = query_int(q, 2, INT64_MIN, INT64_MAX),
        .on = query_day(q, 3),
        .body = query_str(q, a, 4),
        .hash = query_hash(q, 5),
    };
}

static const struct row_kind event_kind = { sizeof(struct journal_row),
                                            read_event };

void journal_begin(struct journal_cursor *c, struct tx *tx, id stream,
                   int64_t after)
{
    *c = (struct journal_cursor){ .tx = tx, .stream = stream, .after = after };
}

void journal_end(struct journal_cursor *c)
{
    query_end(&c->q);
}

static err begin_page(struct journal_cursor *c)
{
    TRY(query_begin(c->tx, SQL_journal_list, &c->q));
    query_bind_id(c->q, 1, c->stream);
    query_bind_int(c->q, 2, c->after);
    query_bind_int(c->q, 3, CURSOR_PAGE);
    return OK;
}

/* The next row, of this page or of the one after it. */
static err next_row(struct journal_cursor *c, struct arena *a,
                    struct journal_row *out, bool *found)
{
    bool row = false;

    while (!row && !c->ended) {
        if (c->q == NULL)
            TRY(begin_page(c));
        TRY(row_maybe(c->q, a, &event_kind, out, &row));
        c->rows += row ? 1 : 0;
        if (row)
            break;
        /* A page that is not full is the last. */
        c->ended = c->rows < CURSOR_PAGE;
        c->rows = 0;
        query_end(&c->q);
    }
    *found = row;
    return OK;
}

err journal_next(struct journal_cursor *c, struct arena *a,
                 struct journal_row *out, bool *found)
{
    struct journal_row got;
    char name[ID_TEXT];
    bool row;

    TRY(next_row(c, a, &got, &row));
    if (row && got.version != c->after + 1)
        return err_new(tx_arena(c->tx), ERR_CORRUPT, "journal.gap",
                       ARG_STR("stream", id_text(c->stream, name)),
                       ARG_INT("version", c->after + 1));
    *found = row;
    if (!row)
        return OK;
    c->after = got.version;
    *out = got;
    return OK;
}

err journal_read(struct tx *tx, struct arena *a, id stream, int64_t after,
                 struct list *out)
{
    scoped(journal_end) struct journal_cursor c;
    struct list l = { 0 };
    size_t room = 0;
    bool found = true;

    journal_begin(&c, tx, stream, after);
    for (;;) {
        struct journal_row e;

        TRY(journal_next(&c, a, &e, &found));
        if (!found)
            break;
        TRY_MEMORY(rows_grow(a, &l, sizeof e, &room));
        ((struct journal_row *)l.p)[l.n++] = e;
    }
    *out = l;
    return OK;
}

err journal_sites(struct tx *tx, struct arena *a, id stream, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_journal_list_sites, &q));
    query_bind_id(q, 1, stream);
    return rows_all(q, a, &event_kind, out);
}
