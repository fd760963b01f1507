#include "store/jobs.h"

#include "base/check.h"
#include "store/rows.h"

static void read_job(struct query *q, struct arena *a, void *out)
{
    *(struct job_row *)out = (struct job_row){
        .id = query_int(q, 0, 1, INT64_MAX),
        .kind = query_str(q, a, 1),
        .payload = query_str(q, a, 2),
        .due = query_int(q, 3, INT64_MIN, INT64_MAX),
        .tries = (int32_t)query_int(q, 4, 0, INT32_MAX),
        .last_error = query_opt_str(q, a, 5),
        .state =
            (enum job_state)(int32_t)query_int(q, 6, JOB_WAITING, JOB_GIVEN_UP),
    };
}

static const struct row_kind job_kind = { sizeof(struct job_row), read_job };

err job_add(struct tx *tx, str kind, str payload, int64_t due)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_job_add, &q));
    query_bind_str(q, 1, kind);
    query_bind_str(q, 2, payload);
    query_bind_int(q, 3, due);
    return query_change_one(q);
}

static err list_due(struct tx *tx, struct arena *a, int64_t now, int32_t limit,
                    struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_job_list_due, &q));
    query_bind_int(q, 1, now);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &job_kind, out);
}

static err lease_one(struct tx *tx, struct job_row *j, int64_t lease)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_job_lease, &q));
    query_bind_int(q, 1, j->id);
    query_bind_int(q, 2, j->due);
    query_bind_int(q, 3, lease);
    TRY(query_change_one(q));
    j->due = lease;
    j->tries++;
    return OK;
}

err job_take(struct tx *tx, struct arena *a, int64_t now, int64_t lease,
             int32_t limit, struct list *out)
{
    struct list due;

    check(lease > now); /* [JB2] */
    TRY(list_due(tx, a, now, limit, &due));
    for (size_t i = 0; i < due.n; i++)
        TRY(lease_one(tx, &((struct job_row *)due.p)[i], lease));
    *out = due;
    return OK;
}

err job_done(struct tx *tx, int64_t job)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_job_done, &q));
    query_bind_int(q, 1, job);
    return query_change_one(q);
}

static err set_failed(struct tx *tx, int64_t job, int64_t due, str why,
                      enum job_state state)
{
    scoped(query_end) struct query *q = NULL;

    check(why.n > 0);
    TRY(query_begin(tx, SQL_job_failed, &q));
    query_bind_int(q, 1, job);
    query_bind_int(q, 2, due);
    query_bind_str(q, 3, why);
    query_bind_int(q, 4, state);
    return query_change_one(q);
}

err job_again(struct tx *tx, int64_t job, int64_t due, str why)
{
    return set_failed(tx, job, due, why, JOB_WAITING);
}

err job_give_up(struct tx *tx, int64_t job, int64_t now, str why)
{
    return set_failed(tx, job, now, why, JOB_GIVEN_UP);
}

err job_next_due(struct tx *tx, int64_t *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    int64_t due = 0;
    bool row;

    TRY(query_begin(tx, SQL_job_next_due, &q));
    TRY(query_next(q, &row));
    if (row)
        due = query_int(q, 0, INT64_MIN, INT64_MAX);
    TRY(query_done(q));
    if (row)
        *out = due;
    *found = row;
    return OK;
}

err job_list(struct tx *tx, struct arena *a, enum job_state state,
             int64_t after, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_job_list, &q));
    query_bind_int(q, 1, after);
    query_bind_int(q, 2, limit);
    query_bind_int(q, 3, state);
    return rows_all(q, a, &job_kind, out);
}
