#include "store/drafts.h"

err draft_put(struct tx *tx, const struct draft_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_draft_put, &q));
    query_bind_id(q, 1, row->of_case);
    query_bind_id(q, 2, row->person);
    query_bind_str(q, 3, row->command);
    query_bind_str(q, 4, row->body);
    query_bind_int(q, 5, row->saved);
    return query_change_one(q);
}

err draft_get(struct tx *tx, struct arena *a, struct draft_row *row,
              bool *found)
{
    scoped(query_end) struct query *q = NULL;
    bool any;

    TRY(query_begin(tx, SQL_draft_get, &q));
    query_bind_id(q, 1, row->of_case);
    query_bind_id(q, 2, row->person);
    query_bind_str(q, 3, row->command);
    TRY(query_next(q, &any));
    if (any) {
        str body = query_str(q, a, 0);
        int64_t saved = query_int(q, 1, INT64_MIN, INT64_MAX);

        TRY(query_done(q));
        row->body = body;
        row->saved = saved;
    }
    *found = any;
    return OK;
}

err draft_drop(struct tx *tx, id of_case, str command)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_draft_drop, &q));
    query_bind_id(q, 1, of_case);
    query_bind_str(q, 2, command);
    return query_run(q);
}

err draft_drop_own(struct tx *tx, id of_case, str command, id person)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_draft_drop_own, &q));
    query_bind_id(q, 1, of_case);
    query_bind_str(q, 2, command);
    query_bind_id(q, 3, person);
    return query_run(q);
}

err draft_drop_case(struct tx *tx, id of_case)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_draft_drop_case, &q));
    query_bind_id(q, 1, of_case);
    return query_run(q);
}
