#include "store/tallies.h"

#include "base/check.h"

static void read_row(struct query *q, struct arena *a, void *out)
{
    *(struct tally_row *)out = (struct tally_row){
        .kind = (int32_t)query_int(q, 0, 0, INT32_MAX),
        .item = query_str(q, a, 1),
        .quarter = (int32_t)query_int(q, 2, 0, INT32_MAX),
        .value = (int32_t)query_int(q, 3, 0, INT32_MAX),
        .n = query_int(q, 4, 1, INT64_MAX),
    };
}

static const struct row_kind row_kind = { sizeof(struct tally_row), read_row };

err tally_of_case(struct tx *tx, struct arena *a, id of_case, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_of_case, &q));
    query_bind_id(q, 1, of_case);
    return rows_all(q, a, &row_kind, out);
}

/* --- changing [TS1] ------------------------------------------------------- */

static void bind_row(struct query *q, id of_case, const struct tally_row *row)
{
    query_bind_id(q, 1, of_case);
    query_bind_int(q, 2, row->kind);
    query_bind_str(q, 3, row->item);
    query_bind_int(q, 4, row->quarter);
    query_bind_int(q, 5, row->value);
}

static err put_row(struct tx *tx, id of_case, const struct tally_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_put, &q));
    bind_row(q, of_case, row);
    query_bind_int(q, 6, row->n);
    return query_change_one(q);
}

static err drop_row(struct tx *tx, id of_case, const struct tally_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_drop, &q));
    bind_row(q, of_case, row);
    return query_change_one(q);
}

static void bind_sum(struct query *q, str scheme, const struct tally_row *row)
{
    query_bind_int(q, 1, row->kind);
    query_bind_int(q, 2, row->quarter);
    query_bind_str(q, 3, scheme);
    query_bind_str(q, 4, row->item);
    query_bind_int(q, 5, row->value);
}

static err add_to_sum(struct tx *tx, str scheme, const struct tally_row *row,
                      int64_t more)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_add, &q));
    bind_sum(q, scheme, row);
    query_bind_int(q, 6, more);
    return query_change_one(q);
}

static err tidy_sum(struct tx *tx, str scheme, const struct tally_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_tidy, &q));
    bind_sum(q, scheme, row);
    return query_run(q);
}

err tally_change(struct tx *tx, const struct tally_place *at,
                 const struct tally_row *row, int64_t before)
{
    check(row->n >= 0 && before >= 0);
    if (row->n == before)
        return OK;
    TRY(row->n > 0 ? put_row(tx, at->of_case, row)
                   : drop_row(tx, at->of_case, row));
    TRY(add_to_sum(tx, at->scheme, row, row->n - before));
    return row->n < before ? tidy_sum(tx, at->scheme, row) : OK;
}

/* --- sums ----------------------------------------------------------------- */

static void read_sum(struct query *q, struct arena *a, void *out)
{
    *(struct tally_sum *)out = (struct tally_sum){
        .item = query_str(q, a, 0),
        .value = (int32_t)query_int(q, 1, 0, INT32_MAX),
        .n = query_int(q, 2, 0, INT64_MAX),
    };
}

static const struct row_kind sum_kind = { sizeof(struct tally_sum), read_sum };

err tally_sums(struct tx *tx, struct arena *a, const struct tally_wanted *w,
               struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_sums, &q));
    query_bind_int(q, 1, w->kind);
    query_bind_int(q, 2, w->from);
    query_bind_int(q, 3, w->to);
    query_bind_str(q, 4, w->scheme);
    return rows_all(q, a, &sum_kind, out);
}

err tally_quarters(struct tx *tx, int32_t *first, int32_t *last, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_quarters, &q));
    TRY(query_one(q));
    *found = !query_null(q, 0);
    if (*found) {
        *first = (int32_t)query_int(q, 0, 0, INT32_MAX);
        *last = (int32_t)query_int(q, 1, 0, INT32_MAX);
    }
    return query_done(q);
}

/* --- all of them ---------------------------------------------------------- */

static err run(struct tx *tx, enum sql which)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    return query_run(q);
}

err tally_clear(struct tx *tx)
{
    TRY(run(tx, SQL_tally_clear));
    return run(tx, SQL_tally_sums_clear);
}

err tally_find_stray(struct tx *tx, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_tally_stray, &q));
    return query_next(q, found);
}
