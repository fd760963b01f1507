#include "store/passages.h"

#include "base/check.h"

static void read_passage(struct query *q, struct arena *a, void *out)
{
    *(struct passage_row *)out = (struct passage_row){
        .id = query_int(q, 0, 1, INT64_MAX),
        .at = query_int(q, 1, INT64_MIN, INT64_MAX),
        .person = query_opt_id(q, 2),
        .actor = query_opt_id(q, 3),
        .channel = query_str(q, a, 4),
        .what = (enum passage)(int32_t)query_int(q, 5, 0, PASSAGE_COUNT - 1),
    };
    if (!query_null(q, 6))
        ((struct passage_row *)out)->about = query_hash(q, 6);
}

static const struct row_kind passage_kind = { sizeof(struct passage_row),
                                              read_passage };

err passage_add(struct tx *tx, const struct passage_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_passage_add, &q));
    query_bind_int(q, 1, row->at);
    query_bind_opt_id(q, 2, row->person);
    query_bind_opt_id(q, 3, row->actor);
    query_bind_str(q, 4, row->channel);
    query_bind_int(q, 5, row->what);
    if (row->what == PASSAGE_CONFIRMED)
        query_bind_hash(q, 6, &row->about);
    else
        query_bind_null(q, 6);
    return query_change_one(q);
}

/* $1 and $2 of either list. */
static err list(struct query *q, struct arena *a, int64_t from, int32_t limit,
                struct list *out)
{
    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    query_bind_int(q, 1, from);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &passage_kind, out);
}

err passage_list(struct tx *tx, struct arena *a, int64_t after, int32_t limit,
                 struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_passage_list, &q));
    return list(q, a, after, limit, out);
}

err passage_list_of(struct tx *tx, struct arena *a, id person, int64_t after,
                    int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_passage_list_of_person, &q));
    query_bind_id(q, 3, person);
    return list(q, a, after, limit, out);
}

err passage_list_back(struct tx *tx, struct arena *a, int64_t before,
                      int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_passage_list_back, &q));
    return list(q, a, before, limit, out);
}

err passage_list_back_of(struct tx *tx, struct arena *a, id person,
                         int64_t before, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_passage_list_back_of_person, &q));
    query_bind_id(q, 3, person);
    return list(q, a, before, limit, out);
}
