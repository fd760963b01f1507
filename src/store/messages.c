#include "store/messages.h"

err message_read_put(struct tx *tx, id person, id of_case, int64_t seen)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_message_read_put, &q));
    query_bind_id(q, 1, person);
    query_bind_id(q, 2, of_case);
    query_bind_int(q, 3, seen);
    return query_run(q);
}

err message_read_get(struct tx *tx, id person, id of_case, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t seen = 0;
    bool any;

    TRY(query_begin(tx, SQL_message_read_get, &q));
    query_bind_id(q, 1, person);
    query_bind_id(q, 2, of_case);
    TRY(query_next(q, &any));
    if (any)
        seen = query_int(q, 0, 0, INT64_MAX);
    TRY(any ? query_done(q) : OK);
    *out = seen;
    return OK;
}
