#include "store/meta.h"

err meta_get(struct tx *tx, struct arena *a, str key, str *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    bool row;

    TRY(query_begin(tx, SQL_meta_get, &q));
    query_bind_str(q, 1, key);
    TRY(query_next(q, &row));
    if (row) {
        str value = query_str(q, a, 0);
        TRY(query_done(q));
        *out = value;
    }
    *found = row;
    return OK;
}

err meta_set(struct tx *tx, str key, str value)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_meta_set, &q));
    query_bind_str(q, 1, key);
    query_bind_str(q, 2, value);
    return query_change_one(q);
}
