#include "store/calendars.h"

#include "base/check.h"

static void read_link(struct query *q, struct arena *a, void *out)
{
    *(struct calendar_row *)out = (struct calendar_row){
        .id = query_id(q, 0),
        .person = query_id(q, 1),
        .number = query_int(q, 2, 1, INT64_MAX),
        .team = query_int(q, 3, 0, 1) != 0,
        .lang = query_str(q, a, 4),
        .made = query_day(q, 5),
        .secret = query_hash(q, 6),
    };
}

static const struct row_kind link_kind = { sizeof(struct calendar_row),
                                           read_link };

err calendar_link_add(struct tx *tx, const struct calendar_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_calendar_link_add, &q));
    query_bind_id(q, 1, row->id);
    query_bind_id(q, 2, row->person);
    query_bind_int(q, 3, row->number);
    query_bind_int(q, 4, row->team ? 1 : 0);
    query_bind_str(q, 5, row->lang);
    query_bind_int(q, 6, row->made);
    query_bind_hash(q, 7, &row->secret);
    return query_change_one(q);
}

err calendar_link_get(struct tx *tx, struct arena *a, id link,
                      struct calendar_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_calendar_link_get, &q));
    query_bind_id(q, 1, link);
    return row_one(q, a, &link_kind, out);
}

err calendar_link_list(struct tx *tx, struct arena *a, id person, int64_t after,
                       int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_calendar_link_list, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, after);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &link_kind, out);
}

err calendar_link_drop(struct tx *tx, id person, int64_t number, bool *found)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_calendar_link_drop, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, number);
    TRY(query_change(q, &changed));
    *found = changed > 0;
    return OK;
}

err calendar_link_clear_strays(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_calendar_link_clear_strays, &q));
    return query_run(q);
}

err calendar_link_drop_all(struct tx *tx, id person)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_calendar_link_drop_all, &q));
    query_bind_id(q, 1, person);
    return query_run(q);
}
