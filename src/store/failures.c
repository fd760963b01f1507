#include "store/failures.h"

#include "store/rows.h"

static void read_failure(struct query *q, struct arena *, void *out)
{
    *(struct failure_row *)out = (struct failure_row){
        .times = query_int(q, 0, 1, INT64_MAX),
        .last = query_int(q, 1, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind failure_kind = { sizeof(struct failure_row),
                                              read_failure };

err failure_get(struct tx *tx, const struct hash *whose,
                struct failure_row *out)
{
    scoped(query_end) struct query *q = NULL;
    struct failure_row row = { 0 };
    bool found;

    TRY(query_begin(tx, SQL_failure_get, &q));
    query_bind_hash(q, 1, whose);
    TRY(row_maybe(q, tx_arena(tx), &failure_kind, &row, &found));
    *out = row;
    return OK;
}

static err forget(struct tx *tx, const struct hash *whose)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_failure_drop, &q));
    query_bind_hash(q, 1, whose);
    return query_run(q);
}

err failure_put(struct tx *tx, const struct hash *whose,
                const struct failure_row *row)
{
    scoped(query_end) struct query *q = NULL;

    if (row->times == 0)
        return forget(tx, whose);
    TRY(query_begin(tx, SQL_failure_put, &q));
    query_bind_hash(q, 1, whose);
    query_bind_int(q, 2, row->times);
    query_bind_int(q, 3, row->last);
    return query_change_one(q);
}

err failure_drop_before(struct tx *tx, int64_t last)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_failure_drop_before, &q));
    query_bind_int(q, 1, last);
    return query_run(q);
}
