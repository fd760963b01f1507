#include "store/subs.h"

static void read_sub(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct sub_row *)out = (struct sub_row){
        .number = query_str(q, a, 0),
        .main = query_str(q, a, 1),
        .n = query_int(q, 2, 1, INT64_MAX),
        .site = query_str(q, a, 3),
        .address = query_str(q, a, 4),
        .scope_zh = query_str(q, a, 5),
        .scope_en = query_str(q, a, 6),
        .issued = query_day(q, 7),
        .valid_until = query_day(q, 8),
        .ended = query_opt_day(q, 9),
    };
}

static const struct row_kind sub_kind = { sizeof(struct sub_row), read_sub };

err sub_put(struct tx *tx, const struct sub_row *s)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_sub_put, &q));
    query_bind_str(q, 1, s->number);
    query_bind_str(q, 2, s->main);
    query_bind_int(q, 3, s->n);
    query_bind_str(q, 4, s->site);
    query_bind_str(q, 5, s->address);
    query_bind_str(q, 6, s->scope_zh);
    query_bind_str(q, 7, s->scope_en);
    query_bind_int(q, 8, s->issued);
    query_bind_int(q, 9, s->valid_until);
    query_bind_opt_day(q, 10, s->ended);
    return query_change_one(q);
}

err sub_clear(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_sub_clear, &q));
    return query_run(q);
}

err sub_find(struct tx *tx, struct arena *a, str number, struct sub_row *out,
             bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_sub_get, &q));
    query_bind_str(q, 1, number);
    return row_maybe(q, a, &sub_kind, out, found);
}

err sub_list(struct tx *tx, struct arena *a, str main, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_sub_list, &q));
    query_bind_str(q, 1, main);
    return rows_all(q, a, &sub_kind, out);
}
