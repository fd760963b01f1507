#include "store/held.h"

#include "base/check.h"

static void read_row(struct query *q, struct arena *a, void *out)
{
    int64_t state = query_int(q, 9, 0, HELD_ROW_STATES - 1);
    struct held_row_of row = {
        .id = query_id(q, 0),
        .of_case = query_id(q, 1),
        .enterprise = query_id(q, 2),
        .person = query_id(q, 3),
        .name = query_str(q, a, 4),
        .size = query_int(q, 5, 1, INT64_MAX),
        .arrived = query_int(q, 6, 0, INT64_MAX),
        .at = query_int(q, 7, INT64_MIN, INT64_MAX),
        .until = query_day(q, 8),
        .state = (enum held_row_state)state,
        .hashed = !query_null(q, 10),
        .asked = query_str(q, a, 11),
        .round = query_int(q, 12, 0, INT64_MAX),
        .sealed = query_bytes(q, a, 13),
    };

    if (row.hashed)
        row.sha256 = query_hash(q, 10);
    *(struct held_row_of *)out = row;
}

static const struct row_kind held_kind = { sizeof(struct held_row_of),
                                           read_row };

err held_row_add(struct tx *tx, const struct held_row_of *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_add, &q));
    query_bind_id(q, 1, row->id);
    query_bind_id(q, 2, row->of_case);
    query_bind_id(q, 3, row->enterprise);
    query_bind_id(q, 4, row->person);
    query_bind_str(q, 5, row->name);
    query_bind_int(q, 6, row->size);
    query_bind_int(q, 7, row->at);
    query_bind_int(q, 8, row->until);
    query_bind_bytes(q, 9, row->sealed.p, row->sealed.n);
    return query_change_one(q);
}

err held_row_get(struct tx *tx, struct arena *a, id file,
                 struct held_row_of *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_get, &q));
    query_bind_id(q, 1, file);
    return row_maybe(q, a, &held_kind, out, found);
}

err held_row_list(struct tx *tx, struct arena *a, id of_case, int32_t limit,
                  struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_held_list, &q));
    query_bind_id(q, 1, of_case);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &held_kind, out);
}

err held_row_waiting(struct tx *tx, struct arena *a, int32_t limit,
                     struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_held_waiting, &q));
    query_bind_int(q, 1, limit);
    return rows_all(q, a, &held_kind, out);
}

err held_row_count(struct tx *tx, id of_case, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_count, &q));
    query_bind_id(q, 1, of_case);
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

err held_row_taken(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_taken, &q));
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

/* A statement that changes the row, or finds it otherwise. */
static err change(struct query *q, bool *done)
{
    int64_t changed;

    TRY(query_change(q, &changed));
    *done = changed > 0;
    return OK;
}

err held_row_arrive(struct tx *tx, id file, int64_t from, int64_t to,
                    bool *done)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_arrive, &q));
    query_bind_id(q, 1, file);
    query_bind_int(q, 2, from);
    query_bind_int(q, 3, to);
    return change(q, done);
}

err held_row_whole(struct tx *tx, id file, bool *done)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_whole, &q));
    query_bind_id(q, 1, file);
    return change(q, done);
}

err held_row_ask(struct tx *tx, id file, str asked, bool *done)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_ask, &q));
    query_bind_id(q, 1, file);
    query_bind_str(q, 2, asked);
    return change(q, done);
}

err held_row_end(struct tx *tx, const struct held_row_of *row, bool *done)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_end, &q));
    query_bind_id(q, 1, row->id);
    query_bind_int(q, 2, row->round);
    query_bind_int(q, 3, row->state);
    if (row->hashed)
        query_bind_hash(q, 4, &row->sha256);
    else
        query_bind_null(q, 4);
    query_bind_str(q, 5, row->asked);
    return change(q, done);
}

err held_row_drop(struct tx *tx, id file)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_drop, &q));
    query_bind_id(q, 1, file);
    return query_run(q);
}

err held_row_over(struct tx *tx, struct arena *a, day today, int64_t began,
                  int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_held_over, &q));
    query_bind_int(q, 1, today);
    query_bind_int(q, 2, began);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &held_kind, out);
}

/* --- what was asked last ---------------------------------------------- */

err held_asked_put(struct tx *tx, const struct held_asked_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_held_asked_put, &q));
    query_bind_id(q, 1, row->enterprise);
    query_bind_str(q, 2, row->columns);
    query_bind_str(q, 3, row->asked);
    return query_change_one(q);
}

err held_asked_get(struct tx *tx, struct arena *a, struct held_asked_row *row,
                   bool *found)
{
    scoped(query_end) struct query *q = NULL;
    bool any;

    TRY(query_begin(tx, SQL_held_asked_get, &q));
    query_bind_id(q, 1, row->enterprise);
    TRY(query_next(q, &any));
    if (any) {
        str columns = query_str(q, a, 0);
        str asked = query_str(q, a, 1);

        TRY(query_done(q));
        row->columns = columns;
        row->asked = asked;
    }
    *found = any;
    return OK;
}
