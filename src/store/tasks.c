#include "store/tasks.h"

#include "base/check.h"

/* --- rows ----------------------------------------------------------------- */

static enum raised read_raised(struct query *q, int column, enum raised least)
{
    int64_t n = query_int(q, column, least, RAISED_OVERDUE);

    return (enum raised)n;
}

static void read_task(struct query *q, struct arena *a, void *out)
{
    *(struct task_row *)out = (struct task_row){
        .of_case = query_id(q, 0),
        .kind = query_str(q, a, 1),
        .number = query_int(q, 2, 0, INT64_MAX),
        .person = query_id(q, 3),
        .roles = query_int(q, 4, 0, INT64_MAX),
        .opens = query_day(q, 5),
        .due = query_opt_day(q, 6),
        .due_provisional = query_int(q, 7, 0, 1) != 0,
        .raised = read_raised(q, 8, RAISED_NOTHING),
        .amount = query_int(q, 9, 0, INT64_MAX),
        .lapses = query_int(q, 10, 0, 1) != 0,
    };
}

static const struct row_kind task_kind = { sizeof(struct task_row), read_task };

static void read_line(struct query *q, struct arena *a, void *out)
{
    struct task_line *line = out;

    read_task(q, a, &line->task);
    line->case_number = query_str(q, a, 11);
    line->enterprise = query_id(q, 12);
    line->enterprise_name = query_str(q, a, 13);
    line->login = query_opt_str(q, a, 14);
}

static const struct row_kind line_kind = { sizeof(struct task_line),
                                           read_line };

static void read_notice(struct query *q, struct arena *a, void *out)
{
    *(struct notice_row *)out = (struct notice_row){
        .kind = query_str(q, a, 0),
        .number = query_int(q, 1, 0, INT64_MAX),
        .person = query_id(q, 2),
        .what = read_raised(q, 3, RAISED_OPEN),
        .since = query_day(q, 4),
        .raised = query_day(q, 5),
    };
}

static const struct row_kind notice_kind = { sizeof(struct notice_row),
                                             read_notice };

/* --- keeping -------------------------------------------------------------- */

static void bind_key(struct query *q, const struct task_row *t)
{
    query_bind_id(q, 1, t->of_case);
    query_bind_str(q, 2, t->kind);
    query_bind_int(q, 3, t->number);
    query_bind_id(q, 4, t->person);
}

err task_put(struct tx *tx, const struct task_row *t)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_task_put, &q));
    bind_key(q, t);
    query_bind_int(q, 5, t->roles);
    query_bind_int(q, 6, t->opens);
    query_bind_opt_day(q, 7, t->due);
    query_bind_int(q, 8, t->due_provisional ? 1 : 0);
    query_bind_int(q, 9, t->raised);
    query_bind_int(q, 10, t->amount);
    query_bind_int(q, 11, t->lapses ? 1 : 0);
    return query_change_one(q);
}

err task_drop(struct tx *tx, const struct task_row *t)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_task_drop, &q));
    bind_key(q, t);
    return query_change_one(q);
}

/* --- lists ---------------------------------------------------------------- */

err task_list_of_case(struct tx *tx, struct arena *a, id of_case,
                      struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_task_list_of_case, &q));
    query_bind_id(q, 1, of_case);
    return rows_all(q, a, &task_kind, out);
}

/* A statement whose $1 is the day and $2 the limit. */
static err list_lines(struct tx *tx, struct arena *a, enum sql which, day today,
                      int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, which, &q));
    query_bind_int(q, 1, today);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &line_kind, out);
}

/* The six parameters from `first` on; no limit is before the first of days. */
static void bind_after(struct query *q, int first, const struct task_key *after)
{
    bool start = after->case_number.n == 0;

    query_bind_int(q, first, start ? DAY_MIN : after->due);
    query_bind_int(q, first + 1, after->opens);
    query_bind_str(q, first + 2, after->case_number);
    query_bind_str(q, first + 3, after->kind);
    query_bind_int(q, first + 4, after->number);
    query_bind_id(q, first + 5, after->person);
}

err task_list(struct tx *tx, struct arena *a, const struct task_page *p,
              struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_task_list, &q));
    query_bind_int(q, 1, p->today);
    query_bind_int(q, 2, p->limit);
    bind_after(q, 3, &p->after);
    return rows_all(q, a, &line_kind, out);
}

err task_list_new(struct tx *tx, struct arena *a, day today, int32_t limit,
                  struct list *out)
{
    return list_lines(tx, a, SQL_task_list_new, today, limit, out);
}

err task_list_late(struct tx *tx, struct arena *a, day today, int32_t limit,
                   struct list *out)
{
    return list_lines(tx, a, SQL_task_list_late, today, limit, out);
}

err task_list_of_person(struct tx *tx, struct arena *a,
                        const struct task_reader *who,
                        const struct task_page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_task_list_of_person, &q));
    query_bind_int(q, 1, p->today);
    query_bind_int(q, 2, p->limit);
    query_bind_id(q, 3, who->person);
    query_bind_id(q, 4, (id){ { 0 } });
    query_bind_id(q, 5, who->enterprise);
    query_bind_int(q, 6, who->own_roles);
    query_bind_int(q, 7, who->roles);
    bind_after(q, 8, &p->after);
    return rows_all(q, a, &line_kind, out);
}

/* --- telling [TK1] -------------------------------------------------------- */

static err run_on(struct tx *tx, enum sql which, day today, int64_t *changed)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    query_bind_int(q, 1, today);
    return query_change(q, changed);
}

/* What came up and is overdue at once is told both ways, in this order. */
err task_tell(struct tx *tx, day today, struct task_told *out)
{
    struct task_told told = { 0 };
    int64_t notices;

    TRY(run_on(tx, SQL_task_tell_new, today, &notices));
    TRY(run_on(tx, SQL_task_told_new, today, &told.opened));
    TRY(run_on(tx, SQL_task_tell_late, today, &notices));
    TRY(run_on(tx, SQL_task_told_late, today, &told.overdue));
    *out = told;
    return OK;
}

static err run(struct tx *tx, enum sql which)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    return query_run(q);
}

err task_clear(struct tx *tx)
{
    return run(tx, SQL_task_clear);
}

err task_tell_again(struct tx *tx)
{
    return run(tx, SQL_task_tell_again);
}

err notice_clear_strays(struct tx *tx)
{
    return run(tx, SQL_notice_clear_strays);
}

err notice_list_of_case(struct tx *tx, struct arena *a, id of_case,
                        struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_notice_list_of_case, &q));
    query_bind_id(q, 1, of_case);
    return rows_all(q, a, &notice_kind, out);
}

err task_find_stray(struct tx *tx, struct arena *a, str *kind, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_task_stray, &q));
    TRY(query_next(q, found));
    if (!*found)
        return OK;
    *kind = query_str(q, a, 0);
    return query_done(q);
}
