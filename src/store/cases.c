#include "store/cases.h"

#include "base/check.h"

#include <assert.h>

static void read_case(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct case_row *)out = (struct case_row){
        .id = query_id(q, 0),
        .number = query_str(q, a, 1),
        .enterprise = query_id(q, 2),
        .scheme_id = query_str(q, a, 3),
        .scheme_hash = query_hash(q, 4),
        .stage = (int32_t)query_int(q, 5, 0, STAGE_LAST),
        .status = (int32_t)query_int(q, 6, 0, WAITING_LAST),
        .wanted = query_str(q, a, 7),
        .opened = query_day(q, 8),
        .due = query_opt_day(q, 9),
        .due_provisional = query_int(q, 10, 0, 1) != 0,
        .certificate = query_opt_str(q, a, 11),
        .version = query_int(q, 12, 0, INT64_MAX),
        .previous = query_opt_str(q, a, 13),
    };
}

static const struct row_kind case_kind = { sizeof(struct case_row), read_case };

err case_put(struct tx *tx, const struct case_row *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_put, &q));
    query_bind_id(q, 1, c->id);
    query_bind_str(q, 2, c->number);
    query_bind_id(q, 3, c->enterprise);
    query_bind_str(q, 4, c->scheme_id);
    query_bind_hash(q, 5, &c->scheme_hash);
    query_bind_int(q, 6, c->stage);
    query_bind_int(q, 7, c->status);
    query_bind_str(q, 8, c->wanted);
    query_bind_int(q, 9, c->opened);
    query_bind_opt_day(q, 10, c->due);
    query_bind_int(q, 11, c->due_provisional ? 1 : 0);
    query_bind_opt_str(q, 12, c->certificate);
    query_bind_int(q, 13, c->version);
    query_bind_opt_str(q, 14, c->previous);
    return query_change_one(q);
}

err case_touch(struct tx *tx, id stream, int64_t version)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_touch, &q));
    query_bind_id(q, 1, stream);
    query_bind_int(q, 2, version);
    return query_change_one(q);
}

err case_get(struct tx *tx, struct arena *a, id stream, struct case_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_get, &q));
    query_bind_id(q, 1, stream);
    return row_one(q, a, &case_kind, out);
}

err case_by_number(struct tx *tx, struct arena *a, str number,
                   struct case_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_by_number, &q));
    query_bind_str(q, 1, number);
    return row_one(q, a, &case_kind, out);
}

err case_list(struct tx *tx, struct arena *a, const struct page *p,
              struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_list, &q));
    return rows_page(q, a, p, &case_kind, out);
}

err case_list_at_stage(struct tx *tx, struct arena *a, int32_t stage,
                       const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_list_at_stage, &q));
    query_bind_int(q, 3, stage);
    return rows_page(q, a, p, &case_kind, out);
}

static_assert(STAGE_LAST == 11, "as case_list_running and its index say");

err case_list_running(struct tx *tx, struct arena *a,
                      const struct hash *package, const struct page *p,
                      struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_list_running, &q));
    query_bind_hash(q, 3, package);
    return rows_page(q, a, p, &case_kind, out);
}

err case_list_of_enterprise(struct tx *tx, struct arena *a, id enterprise,
                            const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_list_of_enterprise, &q));
    query_bind_id(q, 3, enterprise);
    return rows_page(q, a, p, &case_kind, out);
}

/* From so many enterprises of a name on, to go from case to case finds a page
 * of them sooner than to gather all of theirs. */
enum { MANY_CALLED_SO = 200 };

static err is_common(struct tx *tx, str name, bool *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_find_called, &q));
    query_bind_str(q, 1, name);
    query_bind_int(q, 2, MANY_CALLED_SO);
    TRY(query_one(q));
    *out = query_int(q, 0, 0, MANY_CALLED_SO) == MANY_CALLED_SO;
    return query_done(q);
}

/* Numbers are ASCII: with anything else in it a text stands in none, and there
 * is no need to look at them all. */
static err number_like(struct arena *a, str words, str *out)
{
    for (size_t i = 0; i < words.n; i++)
        if ((unsigned char)words.p[i] >= 0x80) {
            *out = S("");
            return OK;
        }
    return rows_like(a, words, out);
}

err case_find(struct tx *tx, struct arena *a, const struct case_words *words,
              const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    str number;
    str name;
    bool common;

    TRY(number_like(a, words->number, &number));
    TRY(rows_like(a, words->name, &name));
    TRY(is_common(tx, name, &common));
    TRY(query_begin(tx, common ? SQL_case_find_often : SQL_case_find, &q));
    query_bind_str(q, 3, number);
    query_bind_str(q, 4, name);
    return rows_page(q, a, p, &case_kind, out);
}

err case_list_following(struct tx *tx, struct arena *a, str certificate,
                        const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_list_following, &q));
    query_bind_str(q, 3, certificate);
    return rows_page(q, a, p, &case_kind, out);
}

err case_list_due(struct tx *tx, struct arena *a, day until, day after,
                  const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_case_list_due, &q));
    query_bind_int(q, 1, until);
    query_bind_int(q, 2, after);
    query_bind_str(q, 3, p->after);
    query_bind_int(q, 4, p->limit);
    return rows_all(q, a, &case_kind, out);
}

err case_clear(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_case_clear, &q));
    return query_run(q);
}
