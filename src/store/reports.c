#include "store/reports.h"

#include "base/check.h"

/* Before every turn, of those that are done as well. */
enum { TURN_FIRST = -DAY_NEVER };

int64_t reported_turn(const struct reported_row *row)
{
    return row->standing == REPORTED_OPEN ? row->filed : -(int64_t)row->ended;
}

/* --- keeping -------------------------------------------------------------- */

static void bind_box(struct query *q, int n, str box)
{
    if (box.n == 0)
        query_bind_null(q, n);
    else
        query_bind_bytes(q, n, box.p, box.n);
}

err reported_put(struct tx *tx, const struct reported_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_report_put, &q));
    query_bind_str(q, 1, row->number);
    query_bind_int(q, 2, row->kind);
    query_bind_str(q, 3, row->certificate);
    query_bind_str(q, 4, row->place);
    query_bind_opt_day(q, 5, row->seen);
    query_bind_str(q, 6, row->words);
    bind_box(q, 7, row->reporter);
    query_bind_int(q, 8, row->filed);
    return query_change_one(q);
}

err reported_end(struct tx *tx, const struct reported_row *row)
{
    scoped(query_end) struct query *q = NULL;

    check(row->standing != REPORTED_OPEN);
    TRY(query_begin(tx, SQL_report_end, &q));
    query_bind_str(q, 1, row->number);
    query_bind_int(q, 2, row->standing);
    query_bind_int(q, 3, reported_turn(row));
    query_bind_int(q, 4, row->ended);
    query_bind_id(q, 5, row->ended_by);
    query_bind_str(q, 6, row->why);
    query_bind_opt_str(q, 7, row->case_number);
    return query_change_one(q);
}

/* --- reading -------------------------------------------------------------- */

static enum reported_standing read_standing(struct query *q, int column)
{
    int64_t n = query_int(q, column, REPORTED_OPEN, REPORTED_TAKEN);

    return (enum reported_standing)n;
}

static void read_reported(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct reported_row *)out = (struct reported_row){
        .number = query_str(q, a, 0),
        .kind = (int32_t)query_int(q, 1, 0, REPORTED_KIND_LAST),
        .certificate = query_str(q, a, 2),
        .place = query_str(q, a, 3),
        .seen = query_opt_day(q, 4),
        .words = query_str(q, a, 5),
        .reporter = query_null(q, 6) ? S("") : query_bytes(q, a, 6),
        .filed = query_day(q, 7),
        .standing = read_standing(q, 8),
        .ended = query_opt_day(q, 9),
        .ended_name = query_opt_str(q, a, 10),
        .why = query_str(q, a, 11),
        .case_number = query_opt_str(q, a, 12),
        .enterprise = query_opt_id(q, 13),
        .holder = query_opt_str(q, a, 14),
        .of_case = query_opt_str(q, a, 15),
    };
}

static const struct row_kind reported_kind = { sizeof(struct reported_row),
                                               read_reported };

err reported_get(struct tx *tx, struct arena *a, str number,
                 struct reported_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_report_get, &q));
    query_bind_str(q, 1, number);
    return row_one(q, a, &reported_kind, out);
}

err reported_list(struct tx *tx, struct arena *a, const struct reported_page *p,
                  struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    bool start = p->after.number.n == 0;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_report_list, &q));
    query_bind_str(q, 1, p->after.number);
    query_bind_int(q, 2, p->limit);
    query_bind_int(q, 3, start ? TURN_FIRST : p->after.turn);
    query_bind_int(q, 4, p->done ? 1 : 0);
    return rows_all(q, a, &reported_kind, out);
}

err reported_count_open(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, SQL_report_count_open, &q));
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}
