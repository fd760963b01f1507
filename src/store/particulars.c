#include "store/particulars.h"

err particular_put(struct tx *tx, str subject, str sealed)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_particular_put, &q));
    query_bind_str(q, 1, subject);
    query_bind_bytes(q, 2, sealed.p, sealed.n);
    return query_change_one(q);
}

err particular_get(struct tx *tx, struct arena *a, str subject, str *sealed,
                   bool *found)
{
    scoped(query_end) struct query *q = NULL;
    bool any;
    str bytes;

    TRY(query_begin(tx, SQL_particular_get, &q));
    query_bind_str(q, 1, subject);
    TRY(query_next(q, &any));
    if (any) {
        bytes = query_bytes(q, a, 0);
        TRY(query_done(q));
        *sealed = bytes;
    }
    *found = any;
    return OK;
}

err particular_drop(struct tx *tx, str subject)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_particular_drop, &q));
    query_bind_str(q, 1, subject);
    return query_run(q);
}
