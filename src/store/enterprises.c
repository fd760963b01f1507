#include "store/enterprises.h"

#include "base/check.h"

static void read_enterprise(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct enterprise_row *)out = (struct enterprise_row){
        .id = query_id(q, 0),
        .uscc = query_str(q, a, 1),
        .name = query_str(q, a, 2),
        .name_en = query_str(q, a, 3),
        .registered = query_opt_day(q, 4),
        .province = query_str(q, a, 5),
        .city = query_str(q, a, 6),
        .address = query_str(q, a, 7),
        .scope = query_str(q, a, 8),
        .contact_name = query_str(q, a, 9),
        .contact_phone = query_str(q, a, 10),
        .contact_mail = query_str(q, a, 11),
    };
}

static const struct row_kind enterprise_kind = { sizeof(struct enterprise_row),
                                                 read_enterprise };

err enterprise_put(struct tx *tx, const struct enterprise_row *e)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_enterprise_put, &q));
    query_bind_id(q, 1, e->id);
    query_bind_str(q, 2, e->uscc);
    query_bind_str(q, 3, e->name);
    query_bind_str(q, 4, e->name_en);
    query_bind_opt_day(q, 5, e->registered);
    query_bind_str(q, 6, e->province);
    query_bind_str(q, 7, e->city);
    query_bind_str(q, 8, e->address);
    query_bind_str(q, 9, e->scope);
    query_bind_str(q, 10, e->contact_name);
    query_bind_str(q, 11, e->contact_phone);
    query_bind_str(q, 12, e->contact_mail);
    return query_change_one(q);
}

err enterprise_get(struct tx *tx, struct arena *a, id enterprise,
                   struct enterprise_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_enterprise_get, &q));
    query_bind_id(q, 1, enterprise);
    return row_one(q, a, &enterprise_kind, out);
}

err enterprise_by_uscc(struct tx *tx, struct arena *a, str uscc,
                       struct enterprise_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_enterprise_by_uscc, &q));
    query_bind_str(q, 1, uscc);
    return row_one(q, a, &enterprise_kind, out);
}

err enterprise_list(struct tx *tx, struct arena *a, const struct page *p,
                    id after_id, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_enterprise_list, &q));
    query_bind_str(q, 1, p->after);
    query_bind_id(q, 2, after_id);
    query_bind_int(q, 3, p->limit);
    return rows_all(q, a, &enterprise_kind, out);
}

err enterprise_clear_strays(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_enterprise_clear_strays, &q));
    return query_run(q);
}
