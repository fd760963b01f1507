#include "store/people.h"

#include "base/check.h"

static void read_person(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct person_row *)out = (struct person_row){
        .id = query_id(q, 0),
        .login = query_str(q, a, 1),
        .name = query_str(q, a, 2),
        .roles = query_int(q, 3, 0, INT64_MAX),
        .enterprise = query_opt_id(q, 4),
        .secret = query_str(q, a, 5),
        .state = (enum person_state)(int32_t)query_int(q, 6, PERSON_ACTIVE,
                                                       PERSON_LEFT),
    };
}

static const struct row_kind person_kind = { sizeof(struct person_row),
                                             read_person };

err person_put(struct tx *tx, const struct person_row *p)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_put, &q));
    query_bind_id(q, 1, p->id);
    query_bind_str(q, 2, p->login);
    query_bind_str(q, 3, p->name);
    query_bind_int(q, 4, p->roles);
    query_bind_opt_id(q, 5, p->enterprise);
    query_bind_str(q, 6, p->secret);
    query_bind_int(q, 7, p->state);
    return query_change_one(q);
}

err person_get(struct tx *tx, struct arena *a, id person,
               struct person_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_get, &q));
    query_bind_id(q, 1, person);
    return row_one(q, a, &person_kind, out);
}

err person_by_login(struct tx *tx, struct arena *a, str login,
                    struct person_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_by_login, &q));
    query_bind_str(q, 1, login);
    return row_one(q, a, &person_kind, out);
}

err person_list(struct tx *tx, struct arena *a, const struct page *p,
                struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_list, &q));
    return rows_page(q, a, p, &person_kind, out);
}

err person_list_of_enterprise(struct tx *tx, struct arena *a, id enterprise,
                              const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_list_of_enterprise, &q));
    query_bind_id(q, 3, enterprise);
    return rows_page(q, a, p, &person_kind, out);
}

err person_list_with_role(struct tx *tx, struct arena *a, int64_t roles,
                          const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_list_with_role, &q));
    query_bind_int(q, 3, roles);
    return rows_page(q, a, p, &person_kind, out);
}

/* --- ties ------------------------------------------------------------- */

static void read_relation(struct query *q, struct arena *, void *out)
{
    *(struct relation_row *)out = (struct relation_row){
        .enterprise = query_id(q, 0),
        .until = query_opt_day(q, 1),
    };
}

static const struct row_kind relation_kind = { sizeof(struct relation_row),
                                               read_relation };

err relation_put(struct tx *tx, id person, const struct relation_row *r)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_relation_put, &q));
    query_bind_id(q, 1, person);
    query_bind_id(q, 2, r->enterprise);
    query_bind_opt_day(q, 3, r->until);
    return query_change_one(q);
}

err relation_list(struct tx *tx, struct arena *a, id person, id after,
                  int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_relation_list, &q));
    query_bind_id(q, 1, after);
    query_bind_int(q, 2, limit);
    query_bind_id(q, 3, person);
    return rows_all(q, a, &relation_kind, out);
}

err relation_clear(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_relation_clear, &q));
    return query_run(q);
}

err person_clear_strays(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_person_clear_strays, &q));
    return query_run(q);
}
