#include "store/factors.h"

#include "store/rows.h"

static void read_factor(struct query *q, struct arena *a, void *out)
{
    *(struct factor_row *)out = (struct factor_row){
        .person = query_id(q, 0),
        .proved = query_int(q, 1, 0, 1) != 0,
        .sealed = query_bytes(q, a, 2),
        .step = query_int(q, 3, 0, INT64_MAX),
        .made = query_int(q, 4, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind factor_kind = { sizeof(struct factor_row),
                                             read_factor };

err factor_put(struct tx *tx, const struct factor_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_factor_put, &q));
    query_bind_id(q, 1, row->person);
    query_bind_int(q, 2, row->proved ? 1 : 0);
    query_bind_bytes(q, 3, row->sealed.p, row->sealed.n);
    query_bind_int(q, 4, row->step);
    query_bind_int(q, 5, row->made);
    return query_change_one(q);
}

err factor_get(struct tx *tx, struct arena *a, id person, bool proved,
               struct factor_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_factor_get, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, proved ? 1 : 0);
    return row_maybe(q, a, &factor_kind, out, found);
}

err factor_use(struct tx *tx, id person, int64_t step, bool *used)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_factor_use, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, step);
    TRY(query_change(q, &changed));
    *used = changed > 0;
    return OK;
}

err factor_drop(struct tx *tx, id person, bool proved)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_factor_drop, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, proved ? 1 : 0);
    return query_run(q);
}

/* --- recovery codes [SF4] --------------------------------------------- */

err recovery_code_add(struct tx *tx, id person, const struct hash *code)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_recovery_code_add, &q));
    query_bind_id(q, 1, person);
    query_bind_hash(q, 2, code);
    return query_change_one(q);
}

err recovery_code_use(struct tx *tx, id person, const struct hash *code,
                      bool *used)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_recovery_code_use, &q));
    query_bind_id(q, 1, person);
    query_bind_hash(q, 2, code);
    TRY(query_change(q, &changed));
    *used = changed > 0;
    return OK;
}

err recovery_code_count(struct tx *tx, id person, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_recovery_code_count, &q));
    query_bind_id(q, 1, person);
    TRY(query_one(q));
    int64_t n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

err recovery_code_drop_all(struct tx *tx, id person)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_recovery_code_drop_all, &q));
    query_bind_id(q, 1, person);
    return query_run(q);
}
