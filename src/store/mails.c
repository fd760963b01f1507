#include "store/mails.h"

#include "base/check.h"
#include "store/rows.h"

static void read_mail(struct query *q, struct arena *a, void *out)
{
    *(struct mail_row *)out = (struct mail_row){
        .id = query_id(q, 0),
        .kind = query_str(q, a, 1),
        .lang = query_str(q, a, 2),
        .box = query_bytes(q, a, 3),
        .made = query_int(q, 4, 0, INT64_MAX),
        .due = query_int(q, 5, 0, INT64_MAX),
        .leased = query_int(q, 6, 0, INT64_MAX),
        .tries = (int32_t)query_int(q, 7, 0, INT32_MAX),
        .state = (enum mail_state)(int32_t)query_int(q, 8, MAIL_WAITING,
                                                     MAIL_GIVEN_UP),
        .ended = query_null(q, 9) ? 0 : query_int(q, 9, 0, INT64_MAX),
        .trouble = (int32_t)query_int(q, 10, 0, INT32_MAX),
        .status = (int32_t)query_int(q, 11, 0, INT32_MAX),
    };
}

static const struct row_kind mail_kind = { sizeof(struct mail_row), read_mail };

err mail_add(struct tx *tx, const struct mail_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_mail_add, &q));
    query_bind_id(q, 1, row->id);
    query_bind_str(q, 2, row->kind);
    query_bind_str(q, 3, row->lang);
    query_bind_bytes(q, 4, row->box.p, row->box.n);
    query_bind_int(q, 5, row->made);
    return query_change_one(q);
}

err mail_get(struct tx *tx, struct arena *a, id mail, struct mail_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_mail_get, &q));
    query_bind_id(q, 1, mail);
    return row_one(q, a, &mail_kind, out);
}

err mail_next(struct tx *tx, struct arena *a, int64_t due, int64_t now,
              struct mail_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    struct list rows;

    TRY(query_begin(tx, SQL_mail_next, &q));
    query_bind_int(q, 1, due);
    query_bind_int(q, 2, now);
    TRY(rows_all(q, a, &mail_kind, &rows));
    if (rows.n > 0)
        *out = *(const struct mail_row *)rows.p;
    *found = rows.n > 0;
    return OK;
}

err mail_lease(struct tx *tx, struct mail_row *row, int64_t until)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_mail_lease, &q));
    query_bind_id(q, 1, row->id);
    query_bind_int(q, 2, row->leased);
    query_bind_int(q, 3, until);
    TRY(query_change_one(q));
    row->leased = until;
    row->tries++;
    return OK;
}

err mail_again(struct tx *tx, id mail, int64_t due,
               const struct mail_trouble *why)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_mail_again, &q));
    query_bind_id(q, 1, mail);
    query_bind_int(q, 2, due);
    query_bind_int(q, 3, why->trouble);
    query_bind_int(q, 4, why->status);
    return query_change_one(q);
}

err mail_end(struct tx *tx, id mail, const struct mail_ending *e)
{
    scoped(query_end) struct query *q = NULL;

    check(e->state != MAIL_WAITING);
    TRY(query_begin(tx, SQL_mail_end, &q));
    query_bind_id(q, 1, mail);
    query_bind_int(q, 2, e->state);
    query_bind_int(q, 3, e->at);
    query_bind_bytes(q, 4, e->box.p, e->box.n);
    query_bind_int(q, 5, e->why.trouble);
    query_bind_int(q, 6, e->why.status);
    return query_change_one(q);
}

err mail_list(struct tx *tx, struct arena *a, int64_t made, id before,
              int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_mail_list, &q));
    query_bind_int(q, 1, made);
    query_bind_id(q, 2, before);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &mail_kind, out);
}
