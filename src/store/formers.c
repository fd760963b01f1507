#include "store/formers.h"

static void read_former(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct former_row *)out = (struct former_row){
        .number = query_str(q, a, 0),
        .n = query_int(q, 1, 1, INT64_MAX),
        .holder = query_str(q, a, 2),
    };
}

static const struct row_kind former_kind = { sizeof(struct former_row),
                                             read_former };

err former_put(struct tx *tx, const struct former_row *f)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_former_put, &q));
    query_bind_str(q, 1, f->number);
    query_bind_int(q, 2, f->n);
    query_bind_str(q, 3, f->holder);
    return query_change_one(q);
}

err former_clear(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_former_clear, &q));
    return query_run(q);
}

err former_list(struct tx *tx, struct arena *a, str number, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_former_list, &q));
    query_bind_str(q, 1, number);
    return rows_all(q, a, &former_kind, out);
}

err former_newest(struct tx *tx, struct arena *a, str number, str words,
                  struct former_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    str pattern;

    TRY(rows_like(a, words, &pattern));
    TRY(query_begin(tx, SQL_former_newest_like, &q));
    query_bind_str(q, 1, number);
    query_bind_str(q, 2, pattern);
    return row_maybe(q, a, &former_kind, out, found);
}
