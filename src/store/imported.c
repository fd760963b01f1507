#include "store/imported.h"

#include "base/check.h"
#include "store/certificates.h"

static void read_row(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct imported_row *)out = (struct imported_row){
        .row = query_int(q, 0, 1, INT64_MAX),
        .number = query_str(q, a, 1),
        .holder = query_str(q, a, 2),
        .uscc = query_str(q, a, 3),
        .body = query_str(q, a, 4),
        .scheme_id = query_str(q, a, 5),
        .level_id = query_str(q, a, 6),
        .criterion = query_str(q, a, 7),
        .place = query_str(q, a, 8),
        .trade = query_str(q, a, 9),
        .scope = query_str(q, a, 10),
        .issued = query_day(q, 11),
        .valid_from = query_day(q, 12),
        .valid_until = query_day(q, 13),
        .status = (int32_t)query_int(q, 14, 0, STATUS_LAST),
        .status_since = query_day(q, 15),
        .line = query_int(q, 16, 1, INT64_MAX),
    };
}

static const struct row_kind imported_kind = { sizeof(struct imported_row),
                                               read_row };

static void read_chunk(struct query *q, struct imported_chunk *out)
{
    *out = (struct imported_chunk){
        .file = query_hash(q, 0),
        .part = query_int(q, 1, 1, INT64_MAX),
        .first = query_int(q, 2, 1, INT64_MAX),
        .last = query_int(q, 3, 0, INT64_MAX),
        .lines = query_int(q, 4, 0, INT64_MAX),
        .ended = query_int(q, 5, 0, 1) != 0,
        .root = query_hash(q, 6),
    };
}

/* --- rows ------------------------------------------------------------- */

err imported_put(struct tx *tx, const struct imported_row *r, bool *put)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_imported_put, &q));
    query_bind_int(q, 1, r->row);
    query_bind_str(q, 2, r->number);
    query_bind_str(q, 3, r->holder);
    query_bind_str(q, 4, r->uscc);
    query_bind_str(q, 5, r->body);
    query_bind_str(q, 6, r->scheme_id);
    query_bind_str(q, 7, r->level_id);
    query_bind_str(q, 8, r->criterion);
    query_bind_str(q, 9, r->place);
    query_bind_str(q, 10, r->trade);
    query_bind_str(q, 11, r->scope);
    query_bind_int(q, 12, r->issued);
    query_bind_int(q, 13, r->valid_from);
    query_bind_int(q, 14, r->valid_until);
    query_bind_int(q, 15, r->status);
    query_bind_int(q, 16, r->status_since);
    query_bind_int(q, 17, r->line);
    TRY(query_change(q, &changed));
    *put = changed > 0;
    return OK;
}

err imported_is_taken(struct tx *tx, str number, bool *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_is_taken, &q));
    query_bind_str(q, 1, number);
    TRY(query_one(q));
    bool taken = query_int(q, 0, 0, INT64_MAX) > 0;
    TRY(query_done(q));
    *out = taken;
    return OK;
}

err imported_get(struct tx *tx, struct arena *a, str number,
                 struct imported_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_get, &q));
    query_bind_str(q, 1, number);
    return row_one(q, a, &imported_kind, out);
}

err imported_of(struct tx *tx, struct arena *a, str uscc, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_of, &q));
    query_bind_str(q, 1, uscc);
    return rows_all(q, a, &imported_kind, out);
}

err imported_after(struct tx *tx, struct arena *a, int64_t row, int32_t most,
                   struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(most >= 1 && most <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_imported_after, &q));
    query_bind_int(q, 1, row);
    query_bind_int(q, 2, most);
    return rows_all(q, a, &imported_kind, out);
}

err imported_by_number(struct tx *tx, struct arena *a, str number, int32_t most,
                       struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(most >= 1 && most <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_imported_by_number, &q));
    query_bind_str(q, 1, number);
    query_bind_int(q, 2, most);
    return rows_all(q, a, &imported_kind, out);
}

static err one_number(struct tx *tx, enum sql which, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

err imported_last(struct tx *tx, int64_t *out)
{
    return one_number(tx, SQL_imported_last, out);
}

err imported_count(struct tx *tx, int64_t *out)
{
    return one_number(tx, SQL_imported_count, out);
}

/* --- where those of an enterprise are ------------------------------------ */

static err set_coded(struct tx *tx, int64_t reach)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_coded_set, &q));
    query_bind_int(q, 1, reach);
    return query_change_one(q);
}

static err add_codes(struct tx *tx, int64_t from, int64_t to)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_code, &q));
    query_bind_int(q, 1, from);
    query_bind_int(q, 2, to);
    return query_run(q);
}

err imported_code(struct tx *tx, int64_t most, bool *done)
{
    int64_t from;
    int64_t last;
    int64_t to;

    TRY(one_number(tx, SQL_imported_coded, &from));
    TRY(imported_last(tx, &last));
    to = last - from > most ? from + most : last;
    if (to > from) {
        TRY(add_codes(tx, from, to));
        TRY(set_coded(tx, to));
    }
    *done = to == last;
    return OK;
}

static err clear(struct tx *tx, enum sql statement)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, statement, &q));
    return query_run(q);
}

err imported_code_clear(struct tx *tx)
{
    TRY(clear(tx, SQL_imported_code_clear));
    return clear(tx, SQL_imported_coded_clear);
}

err imported_code_wrong(struct tx *tx, int64_t *out)
{
    return one_number(tx, SQL_imported_code_wrong, out);
}

/* --- chunks ----------------------------------------------------------- */

err imported_chunk_put(struct tx *tx, const struct imported_chunk *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_chunk_put, &q));
    query_bind_hash(q, 1, &c->file);
    query_bind_int(q, 2, c->part);
    query_bind_int(q, 3, c->first);
    query_bind_int(q, 4, c->last);
    query_bind_int(q, 5, c->lines);
    query_bind_int(q, 6, c->ended);
    query_bind_hash(q, 7, &c->root);
    return query_change_one(q);
}

/* The only row of a query whose parameters are bound. */
static err maybe_chunk(struct query *q, struct imported_chunk *out, bool *found)
{
    struct imported_chunk c;

    TRY(query_next(q, found));
    if (!*found)
        return OK;
    read_chunk(q, &c);
    TRY(query_done(q));
    *out = c;
    return OK;
}

err imported_chunk_get(struct tx *tx, const struct hash *file, int64_t part,
                       struct imported_chunk *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_chunk_get, &q));
    query_bind_hash(q, 1, file);
    query_bind_int(q, 2, part);
    return maybe_chunk(q, out, found);
}

err imported_chunk_newest(struct tx *tx, const struct hash *file,
                          struct imported_chunk *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_chunk_newest, &q));
    query_bind_hash(q, 1, file);
    return maybe_chunk(q, out, found);
}

err imported_chunk_with(struct tx *tx, int64_t row, struct imported_chunk *out,
                        bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_chunk_with, &q));
    query_bind_int(q, 1, row);
    return maybe_chunk(q, out, found);
}

err imported_chunk_sums(struct tx *tx, int64_t *chunks, int64_t *rows)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_imported_chunk_sums, &q));
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    int64_t sum = query_int(q, 1, 0, INT64_MAX);
    TRY(query_done(q));
    *chunks = n;
    *rows = sum;
    return OK;
}

err imported_chunk_clear(struct tx *tx)
{
    return clear(tx, SQL_imported_chunk_clear);
}
