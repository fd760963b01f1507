#include "store/refusals.h"

#include "base/check.h"
#include "store/rows.h"

static void read_refusal(struct query *q, struct arena *a, void *out)
{
    *(struct refusal_row *)out = (struct refusal_row){
        .id = query_int(q, 0, 1, INT64_MAX),
        .at = query_int(q, 1, INT64_MIN, INT64_MAX),
        .actor = query_opt_id(q, 2),
        .channel = query_str(q, a, 3),
        .stream = query_opt_id(q, 4),
        .command = query_str(q, a, 5),
        .code = (enum err_code)(int32_t)query_int(q, 6, 0, ERR_CODE_COUNT - 1),
        .message = query_str(q, a, 7),
        .arguments = query_str(q, a, 8),
    };
}

static const struct row_kind refusal_kind = { sizeof(struct refusal_row),
                                              read_refusal };

err refusal_record(struct tx *tx, const struct refusal_row *r)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_refusal_add, &q));
    query_bind_int(q, 1, r->at);
    query_bind_opt_id(q, 2, r->actor);
    query_bind_str(q, 3, r->channel);
    query_bind_opt_id(q, 4, r->stream);
    query_bind_str(q, 5, r->command);
    query_bind_int(q, 6, r->code);
    query_bind_str(q, 7, r->message);
    query_bind_str(q, 8, r->arguments);
    return query_change_one(q);
}

/* $1 and $2 of either list. */
static err list(struct query *q, struct arena *a, int64_t after, int32_t limit,
                struct list *out)
{
    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    query_bind_int(q, 1, after);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &refusal_kind, out);
}

err refusal_list(struct tx *tx, struct arena *a, int64_t after, int32_t limit,
                 struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_refusal_list, &q));
    return list(q, a, after, limit, out);
}

err refusal_list_of_stream(struct tx *tx, struct arena *a, id stream,
                           int64_t after, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_refusal_list_of_stream, &q));
    query_bind_id(q, 3, stream);
    return list(q, a, after, limit, out);
}
