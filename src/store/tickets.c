#include "store/tickets.h"

#include "store/rows.h"

static void read_ticket(struct query *q, struct arena *a, void *out)
{
    *(struct ticket_row *)out = (struct ticket_row){
        .token = query_hash(q, 0),
        .kind = (enum ticket_kind)(int32_t)query_int(q, 1, 0, TICKET_KINDS - 1),
        .person = query_opt_id(q, 2),
        .made_by = query_opt_id(q, 3),
        .made = query_int(q, 4, INT64_MIN, INT64_MAX),
        .ends = query_int(q, 5, INT64_MIN, INT64_MAX),
        .sealed = query_bytes(q, a, 6),
    };
}

static const struct row_kind ticket_row_kind = { sizeof(struct ticket_row),
                                                 read_ticket };

err ticket_add(struct tx *tx, const struct ticket_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_ticket_add, &q));
    query_bind_hash(q, 1, &row->token);
    query_bind_int(q, 2, row->kind);
    query_bind_opt_id(q, 3, row->person);
    query_bind_opt_id(q, 4, row->made_by);
    query_bind_int(q, 5, row->made);
    query_bind_int(q, 6, row->ends);
    query_bind_bytes(q, 7, row->sealed.p, row->sealed.n);
    return query_change_one(q);
}

err ticket_get(struct tx *tx, struct arena *a, const struct hash *token,
               struct ticket_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_ticket_get, &q));
    query_bind_hash(q, 1, token);
    return row_maybe(q, a, &ticket_row_kind, out, found);
}

err ticket_use(struct tx *tx, const struct hash *token)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_ticket_use, &q));
    query_bind_hash(q, 1, token);
    return query_change_one(q);
}

err ticket_drop_of(struct tx *tx, id person, enum ticket_kind kind)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_ticket_drop_of, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, kind);
    return query_run(q);
}

err ticket_drop_over(struct tx *tx, int64_t now)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_ticket_drop_over, &q));
    query_bind_int(q, 1, now);
    return query_run(q);
}
