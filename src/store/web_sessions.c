#include "store/web_sessions.h"

#include "base/check.h"

static void read_session(struct query *q, struct arena *a, void *out)
{
    *(struct web_session_row *)out = (struct web_session_row){
        .token = query_hash(q, 0),
        .person = query_id(q, 1),
        .number = query_int(q, 2, 1, INT64_MAX),
        .state = (enum web_session_state)(
            int32_t)query_int(q, 3, 0, WEB_SESSION_STATES - 1),
        .made = query_int(q, 4, INT64_MIN, INT64_MAX),
        .seen = query_int(q, 5, INT64_MIN, INT64_MAX),
        .ends = query_int(q, 6, INT64_MIN, INT64_MAX),
        .network = query_str(q, a, 7),
        .agent = query_str(q, a, 8),
    };
}

static const struct row_kind session_kind = { sizeof(struct web_session_row),
                                              read_session };

err web_session_add(struct tx *tx, const struct web_session_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_add, &q));
    query_bind_hash(q, 1, &row->token);
    query_bind_id(q, 2, row->person);
    query_bind_int(q, 3, row->number);
    query_bind_int(q, 4, row->state);
    query_bind_int(q, 5, row->made);
    query_bind_int(q, 6, row->seen);
    query_bind_int(q, 7, row->ends);
    query_bind_str(q, 8, row->network);
    query_bind_str(q, 9, row->agent);
    return query_change_one(q);
}

err web_session_get(struct tx *tx, struct arena *a, const struct hash *token,
                    struct web_session_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_get, &q));
    query_bind_hash(q, 1, token);
    return row_maybe(q, a, &session_kind, out, found);
}

err web_session_list(struct tx *tx, struct arena *a, id person, int64_t after,
                     int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_web_session_list, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, after);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &session_kind, out);
}

err web_session_last(struct tx *tx, id person, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_last, &q));
    query_bind_id(q, 1, person);
    TRY(query_one(q));
    int64_t last = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = last;
    return OK;
}

err web_session_touch(struct tx *tx, const struct hash *token, int64_t seen)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_touch, &q));
    query_bind_hash(q, 1, token);
    query_bind_int(q, 2, seen);
    return query_change_one(q);
}

err web_session_open(struct tx *tx, const struct hash *token, int64_t ends)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_open, &q));
    query_bind_hash(q, 1, token);
    query_bind_int(q, 2, WEB_SESSION_OPEN);
    query_bind_int(q, 3, ends);
    return query_change_one(q);
}

err web_session_drop(struct tx *tx, id person, int64_t number, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_web_session_drop, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, number);
    TRY(query_change(q, &changed));
    *found = changed > 0;
    return OK;
}

err web_session_drop_others(struct tx *tx, id person, int64_t number)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_drop_others, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, number);
    return query_run(q);
}

err web_session_drop_over(struct tx *tx, int64_t now, int64_t unseen)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_web_session_drop_over, &q));
    query_bind_int(q, 1, now);
    query_bind_int(q, 2, unseen);
    return query_run(q);
}
