#include "store/bookings.h"

#include "base/check.h"

static err put(struct tx *tx, id of_case, const struct booking_row *b)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_booking_put, &q));
    query_bind_id(q, 1, of_case);
    query_bind_id(q, 2, b->person);
    query_bind_int(q, 3, b->from);
    query_bind_int(q, 4, b->to);
    return query_change_one(q);
}

static err clear(struct tx *tx, id of_case)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_booking_clear, &q));
    query_bind_id(q, 1, of_case);
    return query_run(q);
}

err booking_replace(struct tx *tx, id of_case, const struct booking_row *rows,
                    size_t n)
{
    TRY(clear(tx, of_case));
    for (size_t i = 0; i < n; i++)
        TRY(put(tx, of_case, &rows[i]));
    return OK;
}

static void read_of_person(struct query *q, struct arena *a, void *out)
{
    *(struct booking_row *)out = (struct booking_row){
        .from = query_day(q, 0),
        .to = query_day(q, 1),
        .case_number = query_str(q, a, 2),
    };
}

static const struct row_kind of_person = { sizeof(struct booking_row),
                                           read_of_person };

err booking_of_person(struct tx *tx, struct arena *a, id person, id but,
                      day from, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_booking_of_person, &q));
    query_bind_id(q, 1, person);
    query_bind_id(q, 2, but);
    query_bind_int(q, 3, from);
    query_bind_int(q, 4, STORE_PAGE_MAX);
    return rows_all(q, a, &of_person, out);
}

static void read_of_case(struct query *q, struct arena *, void *out)
{
    *(struct booking_row *)out = (struct booking_row){
        .person = query_id(q, 0),
        .from = query_day(q, 1),
        .to = query_day(q, 2),
    };
}

static const struct row_kind of_case_kind = { sizeof(struct booking_row),
                                              read_of_case };

err booking_of_case(struct tx *tx, struct arena *a, id of_case,
                    struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_booking_of_case, &q));
    query_bind_id(q, 1, of_case);
    return rows_all(q, a, &of_case_kind, out);
}

err booking_clear_all(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_booking_clear_all, &q));
    return query_run(q);
}

err booking_count(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, SQL_booking_count, &q));
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

static void read_line(struct query *q, struct arena *a, void *out)
{
    *(struct booking_line *)out = (struct booking_line){
        .of_case = query_id(q, 0),
        .person = query_id(q, 1),
        .from = query_day(q, 2),
        .to = query_day(q, 3),
        .case_number = query_str(q, a, 4),
        .enterprise = query_id(q, 5),
        .enterprise_name = query_str(q, a, 6),
        .login = query_str(q, a, 7),
        .person_name = query_str(q, a, 8),
    };
}

static const struct row_kind line_kind = { sizeof(struct booking_line),
                                           read_line };

err booking_list(struct tx *tx, struct arena *a, id person, day from,
                 int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_booking_list, &q));
    query_bind_int(q, 1, from);
    query_bind_id(q, 2, person);
    query_bind_int(q, 3, id_is_zero(person) ? 1 : 0);
    query_bind_int(q, 4, limit);
    return rows_all(q, a, &line_kind, out);
}
