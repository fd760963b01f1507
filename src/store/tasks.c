#include "store/tasks.h"

#include "base/arena.h"
#include "base/check.h"

#include <string.h>

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
    line->person_name = query_opt_str(q, a, 15);
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

/* No limit is before the first of days. */
static day first_due(const struct task_key *after)
{
    return after->case_number.n == 0 ? DAY_MIN : after->due;
}

/* The six parameters from `first` on. */
static void bind_after(struct query *q, int first, const struct task_key *after)
{
    query_bind_int(q, first, first_due(after));
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

/* --- of a person: by each set of roles, and those made one -------------- */

/* A list on its way, of at most `page->limit` lines. */
struct pressing {
    struct tx *tx;
    struct arena *a;
    const struct task_reader *who;
    const struct task_page *page;
    struct list lines;
};

static void read_roles(struct query *q, struct arena *, void *out)
{
    *(int64_t *)out = query_int(q, 0, 0, INT64_MAX);
}

static const struct row_kind roles_kind = { sizeof(int64_t), read_roles };

static err list_role_sets(const struct pressing *p, id person, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(p->tx, SQL_task_role_sets, &q));
    query_bind_id(q, 1, person);
    query_bind_int(q, 2, first_due(&p->page->after));
    return rows_all(q, p->a, &roles_kind, out);
}

/* Negative: x presses more.  As task_list() orders them; never 0 of two. */
static int compare(const struct task_line *x, const struct task_line *y)
{
    const struct task_row *t = &x->task;
    const struct task_row *u = &y->task;
    int by_number = str_cmp(x->case_number, y->case_number);
    int by_kind = str_cmp(t->kind, u->kind);

    if (t->due != u->due)
        return t->due < u->due ? -1 : 1;
    if (t->opens != u->opens)
        return t->opens < u->opens ? -1 : 1;
    if (by_number != 0)
        return by_number;
    if (by_kind != 0)
        return by_kind;
    if (t->number != u->number)
        return t->number < u->number ? -1 : 1;
    return memcmp(t->person.b, u->person.b, sizeof t->person.b);
}

/* What presses most of both. */
static err merge(struct pressing *p, const struct list *more)
{
    const struct task_line *x = p->lines.p;
    const struct task_line *y = more->p;
    size_t n = p->lines.n + more->n;
    size_t i = 0;
    struct task_line *lines;

    n = n > (size_t)p->page->limit ? (size_t)p->page->limit : n;
    lines = arena_array(p->a, n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t k = 0; k < n; k++) {
        bool first = k - i == more->n ||
                     (i < p->lines.n && compare(&x[i], &y[k - i]) < 0);

        lines[k] = first ? x[i] : y[k - i];
        i += first;
    }
    p->lines = (struct list){ lines, n };
    return OK;
}

/* Beyond the last of a full list nothing is looked for. */
static day up_to(const struct pressing *p)
{
    const struct task_line *line = p->lines.p;

    return p->lines.n < (size_t)p->page->limit ? DAY_NEVER
                                               : line[p->lines.n - 1].task.due;
}

/* What has one set of roles: in cases of their own enterprise, in others. */
static err add_roles(struct pressing *p, id person, int64_t roles, bool own,
                     bool others)
{
    scoped(query_end) struct query *q = NULL;
    struct list more;

    TRY(query_begin(p->tx, SQL_task_list_of_roles, &q));
    query_bind_int(q, 1, p->page->today);
    query_bind_int(q, 2, p->page->limit);
    bind_after(q, 3, &p->page->after);
    query_bind_id(q, 9, person);
    query_bind_int(q, 10, roles);
    query_bind_id(q, 11, p->who->enterprise);
    query_bind_int(q, 12, own ? 1 : 0);
    query_bind_int(q, 13, others ? 1 : 0);
    query_bind_int(q, 14, up_to(p));
    TRY(rows_all(q, p->a, &line_kind, &more));
    return more.n == 0 ? OK : merge(p, &more);
}

/* By name, whatever the role. */
static err add_named(struct pressing *p)
{
    struct list sets;

    TRY(list_role_sets(p, p->who->person, &sets));
    const int64_t *roles = sets.p;
    for (size_t i = 0; i < sets.n; i++)
        TRY(add_roles(p, p->who->person, roles[i], true, true));
    return OK;
}

static err add_by_role(struct pressing *p)
{
    const id nobody = { { 0 } };
    struct list sets;

    TRY(list_role_sets(p, nobody, &sets));
    const int64_t *roles = sets.p;
    for (size_t i = 0; i < sets.n; i++) {
        bool own = (roles[i] & p->who->own_roles) != 0;
        bool others = (roles[i] & p->who->roles) != 0;

        if (own || others)
            TRY(add_roles(p, nobody, roles[i], own, others));
    }
    return OK;
}

err task_list_of_person(struct tx *tx, struct arena *a,
                        const struct task_reader *who,
                        const struct task_page *page, struct list *out)
{
    struct pressing p = { .tx = tx, .a = a, .who = who, .page = page };

    check(page->limit >= 1 && page->limit <= STORE_PAGE_MAX);
    TRY(add_named(&p));
    TRY(add_by_role(&p));
    *out = p.lines;
    return OK;
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
