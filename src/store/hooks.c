#include "store/hooks.h"

#include "base/check.h"
#include "store/rows.h"

static bool in_page(int32_t limit)
{
    return limit >= 1 && limit <= STORE_PAGE_MAX;
}

/* --- hooks ---------------------------------------------------------------- */

static void read_hook(struct query *q, struct arena *a, void *out)
{
    *(struct hook_row *)out = (struct hook_row){
        .id = query_id(q, 0),
        .person = query_id(q, 1),
        .number = query_int(q, 2, 1, INT64_MAX),
        .about = query_str(q, a, 3),
        .box = query_bytes(q, a, 4),
        .made = query_int(q, 5, 0, INT64_MAX),
        .since = query_int(q, 6, 0, INT64_MAX),
        .placed = query_int(q, 7, 0, INT64_MAX),
        .due = query_int(q, 8, 0, INT64_MAX),
        .leased = query_int(q, 9, 0, INT64_MAX),
        .tries = (int32_t)query_int(q, 10, 0, INT32_MAX),
        .failing = query_int(q, 11, 0, INT64_MAX),
        .stopped = query_int(q, 12, 0, 1) == 1,
    };
}

static const struct row_kind hook_kind = { sizeof(struct hook_row), read_hook };

err hook_add(struct tx *tx, const struct hook_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_add, &q));
    query_bind_id(q, 1, row->id);
    query_bind_id(q, 2, row->person);
    query_bind_int(q, 3, row->number);
    query_bind_str(q, 4, row->about);
    query_bind_bytes(q, 5, row->box.p, row->box.n);
    query_bind_int(q, 6, row->made);
    query_bind_int(q, 7, row->since);
    return query_change_one(q);
}

err hook_get(struct tx *tx, struct arena *a, id hook, struct hook_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_get, &q));
    query_bind_id(q, 1, hook);
    return row_one(q, a, &hook_kind, out);
}

err hook_list(struct tx *tx, struct arena *a, id after, int32_t limit,
              struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_hook_list, &q));
    query_bind_id(q, 1, after);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &hook_kind, out);
}

err hook_list_of_person(struct tx *tx, struct arena *a, id person,
                        int64_t after, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_hook_list_of_person, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, after);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &hook_kind, out);
}

err hook_list_about(struct tx *tx, struct arena *a, str about, id after,
                    int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_hook_list_about, &q));
    query_bind_str(q, 1, about);
    query_bind_id(q, 2, after);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &hook_kind, out);
}

err hook_next(struct tx *tx, struct arena *a, int64_t due, int64_t now,
              struct hook_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    check(due < HOOK_IDLE);
    TRY(query_begin(tx, SQL_hook_next, &q));
    query_bind_int(q, 1, due);
    query_bind_int(q, 2, now);
    return row_maybe(q, a, &hook_kind, out, found);
}

err hook_lease(struct tx *tx, struct hook_row *row, int64_t until)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_lease, &q));
    query_bind_id(q, 1, row->id);
    query_bind_int(q, 2, row->leased);
    query_bind_int(q, 3, until);
    TRY(query_change_one(q));
    row->leased = until;
    row->tries++;
    return OK;
}

err hook_set(struct tx *tx, const struct hook_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_set, &q));
    query_bind_id(q, 1, row->id);
    query_bind_int(q, 2, row->due);
    query_bind_int(q, 3, row->tries);
    query_bind_int(q, 4, row->failing);
    query_bind_int(q, 5, row->stopped ? 1 : 0);
    return query_change_one(q);
}

/* A statement whose only parameter is a hook. */
static err run_of(struct tx *tx, enum sql which, id hook)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    query_bind_id(q, 1, hook);
    return query_run(q);
}

err hook_drop(struct tx *tx, id hook)
{
    TRY(run_of(tx, SQL_hook_call_drop, hook));
    return run_of(tx, SQL_hook_drop, hook);
}

static err run(struct tx *tx, enum sql which)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    return query_run(q);
}

err hook_clear_strays(struct tx *tx)
{
    TRY(run(tx, SQL_hook_call_clear_strays));
    return run(tx, SQL_hook_clear_strays);
}

/* --- their messages ------------------------------------------------------- */

static void read_call(struct query *q, struct arena *a, void *out)
{
    *(struct hook_call_row *)out = (struct hook_call_row){
        .id = query_id(q, 0),
        .hook = query_id(q, 1),
        .place = query_int(q, 2, 1, INT64_MAX),
        .index =
            query_null(q, 3) ? HOOK_NO_INDEX : query_int(q, 3, 0, INT64_MAX),
        .body = query_str(q, a, 4),
        .made = query_int(q, 5, 0, INT64_MAX),
        .taken = query_null(q, 6) ? 0 : query_int(q, 6, 0, INT64_MAX),
        .tries = (int32_t)query_int(q, 7, 0, INT32_MAX),
        .trouble = (int32_t)query_int(q, 8, 0, INT32_MAX),
        .status = (int32_t)query_int(q, 9, 0, INT32_MAX),
    };
}

static const struct row_kind call_kind = { sizeof(struct hook_call_row),
                                           read_call };

static err place(struct tx *tx, id hook, int64_t due)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_place, &q));
    query_bind_id(q, 1, hook);
    query_bind_int(q, 2, due);
    return query_change_one(q);
}

static void bind_opt_int(struct query *q, int n, int64_t value, bool any)
{
    if (any)
        query_bind_int(q, n, value);
    else
        query_bind_null(q, n);
}

err hook_call_add(struct tx *tx, const struct hook_row *hook,
                  const struct hook_call_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(place(tx, hook->id, row->made));
    TRY(query_begin(tx, SQL_hook_call_add, &q));
    query_bind_id(q, 1, row->id);
    query_bind_id(q, 2, hook->id);
    query_bind_int(q, 3, hook->placed + 1);
    bind_opt_int(q, 4, row->index, row->index != HOOK_NO_INDEX);
    query_bind_str(q, 5, row->body);
    query_bind_int(q, 6, row->made);
    return query_change_one(q);
}

err hook_call_first(struct tx *tx, struct arena *a, id hook,
                    struct hook_call_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_call_first, &q));
    query_bind_id(q, 1, hook);
    return row_maybe(q, a, &call_kind, out, found);
}

err hook_call_waiting(struct tx *tx, id hook, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, SQL_hook_call_waiting, &q));
    query_bind_id(q, 1, hook);
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

err hook_call_list(struct tx *tx, struct arena *a, id hook, int64_t before,
                   int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_hook_call_list, &q));
    query_bind_id(q, 1, hook);
    query_bind_int(q, 2, before);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &call_kind, out);
}

err hook_call_set(struct tx *tx, const struct hook_call_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_call_set, &q));
    query_bind_id(q, 1, row->id);
    bind_opt_int(q, 2, row->taken, row->taken != 0);
    query_bind_int(q, 3, row->trouble);
    query_bind_int(q, 4, row->status);
    return query_change_one(q);
}

err hook_call_forget(struct tx *tx, id hook, int64_t taken)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_hook_call_forget, &q));
    query_bind_id(q, 1, hook);
    query_bind_int(q, 2, taken);
    return query_run(q);
}
