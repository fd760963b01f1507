#include "store/complaints.h"

#include "base/check.h"

/* The first day there may be is before every turn of those that are done. */
enum { TURN_FIRST = -DAY_NEVER };

int64_t complaint_turn(const struct complaint_row *row)
{
    return row->ended == DAY_NEVER ? row->recorded : -(int64_t)row->ended;
}

/* --- keeping -------------------------------------------------------------- */

static err put(struct tx *tx, id of_case, const struct complaint_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_complaint_put, &q));
    query_bind_id(q, 1, of_case);
    query_bind_int(q, 2, row->kind);
    query_bind_int(q, 3, row->number);
    query_bind_int(q, 4, row->about);
    query_bind_str(q, 5, row->subject);
    query_bind_int(q, 6, row->recorded);
    query_bind_opt_id(q, 7, row->person);
    query_bind_int(q, 8, row->others);
    query_bind_int(q, 9, row->ended == DAY_NEVER ? 0 : 1);
    query_bind_int(q, 10, complaint_turn(row));
    query_bind_opt_day(q, 11, row->ended);
    query_bind_int(q, 12, row->outcome);
    return query_change_one(q);
}

static err clear(struct tx *tx, id of_case)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_complaint_clear, &q));
    query_bind_id(q, 1, of_case);
    return query_run(q);
}

err complaint_replace(struct tx *tx, id of_case,
                      const struct complaint_row *rows, size_t n)
{
    TRY(clear(tx, of_case));
    for (size_t i = 0; i < n; i++)
        TRY(put(tx, of_case, &rows[i]));
    return OK;
}

err complaint_clear_all(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_complaint_clear_all, &q));
    return query_run(q);
}

/* --- reading -------------------------------------------------------------- */

static enum complaint_outcome read_outcome(struct query *q, int column)
{
    int64_t n = query_int(q, column, COMPLAINT_OPEN, COMPLAINT_FOUND_WRONG);

    return (enum complaint_outcome)n;
}

static enum complaint_kind read_kind(struct query *q, int column)
{
    int64_t n =
        query_int(q, column, COMPLAINT_IS_COMPLAINT, COMPLAINT_IS_APPEAL);

    return (enum complaint_kind)n;
}

static void read_row(struct query *q, struct arena *a, void *out)
{
    *(struct complaint_row *)out = (struct complaint_row){
        .of_case = query_id(q, 0),
        .kind = read_kind(q, 1),
        .number = query_int(q, 2, 1, INT64_MAX),
        .about = (int32_t)query_int(q, 3, 0, INT32_MAX),
        .subject = query_str(q, a, 4),
        .recorded = query_day(q, 5),
        .person = query_opt_id(q, 6),
        .others = (int32_t)query_int(q, 7, 0, INT32_MAX),
        .ended = query_opt_day(q, 8),
        .outcome = read_outcome(q, 9),
    };
}

static const struct row_kind row_kind = { sizeof(struct complaint_row),
                                          read_row };

static void read_line(struct query *q, struct arena *a, void *out)
{
    struct complaint_line *line = out;

    read_row(q, a, &line->row);
    line->case_number = query_str(q, a, 10);
    line->enterprise = query_id(q, 11);
    line->enterprise_name = query_str(q, a, 12);
    line->handler = query_opt_str(q, a, 13);
}

static const struct row_kind line_kind = { sizeof(struct complaint_line),
                                           read_line };

err complaint_of_case(struct tx *tx, struct arena *a, id of_case,
                      struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_complaint_of_case, &q));
    query_bind_id(q, 1, of_case);
    return rows_all(q, a, &row_kind, out);
}

err complaint_list(struct tx *tx, struct arena *a,
                   const struct complaint_page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    const struct complaint_key *k = &p->after;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_complaint_list, &q));
    query_bind_int(q, 1, p->done);
    query_bind_int(q, 2, p->limit);
    query_bind_int(q, 3, k->done);
    query_bind_int(q, 4, id_is_zero(k->of_case) ? TURN_FIRST : k->turn);
    query_bind_id(q, 5, k->of_case);
    query_bind_int(q, 6, k->kind);
    query_bind_int(q, 7, k->number);
    return rows_all(q, a, &line_kind, out);
}

static err count(struct tx *tx, enum sql which, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, which, &q));
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

err complaint_count(struct tx *tx, int64_t *out)
{
    return count(tx, SQL_complaint_count, out);
}

err complaint_count_open(struct tx *tx, int64_t *out)
{
    return count(tx, SQL_complaint_count_open, out);
}
