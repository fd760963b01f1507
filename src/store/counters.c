#include "store/counters.h"

err counter_next(struct tx *tx, str name, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_counter_next, &q));
    query_bind_str(q, 1, name);
    TRY(query_one(q));
    int64_t value = query_int(q, 0, 1, INT64_MAX);
    TRY(query_done(q));
    *out = value;
    return OK;
}

err counter_get(struct tx *tx, str name, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t value = 0;
    bool found;

    TRY(query_begin(tx, SQL_counter_get, &q));
    query_bind_str(q, 1, name);
    TRY(query_next(q, &found));
    if (found)
        value = query_int(q, 0, 1, INT64_MAX);
    TRY(query_done(q));
    *out = value;
    return OK;
}
