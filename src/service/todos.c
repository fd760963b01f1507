#include "service/todos.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "service/case_tasks.h"
#include "service/todo_key.h"
#include "store/bookings.h"
#include "store/people.h"
#include "store/tasks.h"
#include "sys/clock.h"

enum { FOLD_ARENA = 64 << 20 };

/* A list on its way. */
struct listing {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct actor *reader;
    day today;
    bool everybody;
    struct person person; /* whose it is */
    id enterprise;        /* where they are from */
};

/* --- who looks at whose list [TO2] ------------------------------------------
 */

static bool is_staff(const struct actor *actor)
{
    return rights_may_read(actor, (id){ { 0 } });
}

static err find_person(struct listing *l, str login)
{
    struct person_row row;
    err e = person_by_login(l->tx, l->a, login, &row);

    if (err_is(e, ERR_NOT_FOUND))
        return err_new(l->a, ERR_NOT_FOUND, "todo.person",
                       ARG_STR("login", login));
    TRY(e);
    l->enterprise = row.enterprise;
    return person_by_name(l->tx, login, &l->person);
}

err todo_may_list(struct arena *a, const struct session *who, str login)
{
    bool own = login.n > 0 && str_eq(login, who->login);

    if (own || is_staff(&who->actor))
        return OK;
    return err_new(a, ERR_DENIED, "todo.others");
}

static err choose(struct listing *l, const struct todo_wish *wish)
{
    l->everybody = wish->login.n == 0;
    TRY(todo_may_list(l->a, wish->who, wish->login));
    return l->everybody ? OK : find_person(l, wish->login);
}

/* --- may they do it? [TO1] --------------------------------------------------
 */

static err fold(struct listing *l, id of_case, struct case_file *out)
{
    struct stream_row stream;

    TRY(stream_get(l->tx, tx_arena(l->tx), of_case, &stream));
    return case_fold_sound(l->app, l->tx, tx_arena(l->tx), &stream, out);
}

static err ask_rights(struct listing *l, id of_case, enum task_kind kind)
{
    struct case_file file;
    struct facts f = {
        .today = l->today,
        .calendar = app_calendar(l->app),
        .actor = { l->person.id, l->person.roles, l->enterprise },
        .people = &l->person,
        .person_count = 1,
    };

    TRY(fold(l, of_case, &file));
    f.enterprise = &file.enterprise;
    return right_check(tx_arena(l->tx), right_find(task_command(kind)),
                       file.state, &f);
}

/* In an arena of its own, so that any number of cases fits.  Of a case that
 * cannot be believed nobody says that it does not wait. */
static err may_do(struct listing *l, id of_case, enum task_kind kind, bool *out)
{
    scoped(arena_end) struct arena own;
    struct arena *before;

    arena_init(&own, app_world_of(l->app)->heap, FOLD_ARENA);
    before = tx_use_arena(l->tx, &own);
    err e = err_keep(l->a, ask_rights(l, of_case, kind));
    (void)tx_use_arena(l->tx, before);
    if (failed(e) && !err_is(e, ERR_DENIED) && !err_is(e, ERR_CORRUPT))
        return e;
    *out = !err_is(e, ERR_DENIED);
    return OK;
}

/* [RI2] In their own enterprise's cases people are applicants and nothing
 * else, in others never. */
static unsigned roles_in(const struct listing *l, bool own)
{
    const unsigned applicant = ROLE_BIT(ROLE_APPLICANT);

    return l->person.roles & (own ? applicant : ~applicant);
}

/* Only what depends on more than the role is asked for, and only of those who
 * give the command. */
static err is_theirs(struct listing *l, const struct task_line *x,
                     enum task_kind kind, bool *out)
{
    const struct right *r = right_find(task_command(kind));
    bool own = id_eq(l->enterprise, x->enterprise);
    unsigned waits = roles_in(l, own) & (unsigned)x->task.roles;

    *out = true;
    if (l->everybody || !id_is_zero(x->task.person) ||
        r->relation == RELATION_NONE || (waits & ~r->roles) != 0)
        return OK;
    return may_do(l, x->task.of_case, kind, out);
}

/* --- tasks ------------------------------------------------------------------
 */

static bool kind_of(str name, enum task_kind *out)
{
    for (int i = 0; i < TASK_KIND_COUNT; i++) {
        if (!str_eq(name, str_of(task_names[i])))
            continue;
        *out = (enum task_kind)i;
        return true;
    }
    return false;
}

static struct task task_of(const struct task_row *row, enum task_kind kind)
{
    return (struct task){
        .kind = kind,
        .number = row->number,
        .person = row->person,
        .roles = (unsigned)row->roles,
        .opens = row->opens,
        .due = row->due,
        .provisional = row->due_provisional,
        .amount = row->amount,
        .lapses = row->lapses,
    };
}

static struct todo_line line_of(const struct task_line *x, enum task_kind kind,
                                day today)
{
    struct todo_line line = {
        .task = task_of(&x->task, kind),
        .of_case = x->task.of_case,
        .case_number = x->case_number,
        .enterprise = x->enterprise_name,
        .login = x->login,
        .person_name = x->person_name,
    };

    line.overdue = task_is_overdue(&line.task, today);
    return line;
}

static err read_rows(struct listing *l, const struct task_page *p,
                     struct list *out)
{
    const struct task_reader who = {
        .person = l->person.id,
        .enterprise = l->enterprise,
        .own_roles = roles_in(l, true),
        .roles = roles_in(l, false),
    };

    if (l->everybody)
        return task_list(l->tx, l->a, p, out);
    return task_list_of_person(l->tx, l->a, &who, p, out);
}

static err add_line(struct listing *l, const struct task_line *row,
                    struct todo_line *lines, size_t *n)
{
    enum task_kind kind;
    bool theirs;

    if (!rights_may_read(l->reader, row->enterprise) ||
        !kind_of(row->task.kind, &kind))
        return OK;
    TRY(is_theirs(l, row, kind, &theirs));
    if (theirs)
        lines[(*n)++] = line_of(row, kind, l->today);
    return OK;
}

static struct task_key key_of(const struct task_line *row)
{
    return (struct task_key){ row->task.due,    row->task.opens,
                              row->case_number, row->task.kind,
                              row->task.number, row->task.person };
}

/* Lines on their way: `n` of them, of the `most` that are wanted. */
struct lines {
    struct todo_line *at;
    size_t n;
    size_t most;
};

static err add_rows(struct listing *l, const struct list *rows,
                    struct task_page *p, struct lines *to)
{
    const struct task_line *row = rows->p;

    for (size_t i = 0; i < rows->n && to->n < to->most; i++) {
        TRY(add_line(l, &row[i], to->at, &to->n));
        p->after = key_of(&row[i]);
    }
    return OK;
}

/* [TO1] takes some away, and then the next are looked at. */
static err fill_list(struct listing *l, struct task_page *p, struct lines *to)
{
    struct list rows = { NULL, (size_t)p->limit };

    while (to->n < to->most && rows.n == (size_t)p->limit) {
        TRY(read_rows(l, p, &rows));
        TRY(add_rows(l, &rows, p, to));
    }
    return OK;
}

/* One more than is wanted tells whether there are more. */
static err list_tasks(struct listing *l, const struct todo_wish *wish,
                      struct todo_list *made)
{
    size_t most = wish->most == 0 ? TODO_MOST : wish->most;
    struct task_page page = { .today = l->today };
    struct lines to = { .most = most + 1 };

    check(most <= TODO_MOST);
    page.limit = most < TODO_MOST ? (int32_t)most + 1 : TODO_MOST;
    to.at = arena_array(l->a, to.most, sizeof *to.at);
    TRY_MEMORY(to.at);
    todo_key_read(wish->after, &page.after);
    TRY(fill_list(l, &page, &to));
    made->tasks = (struct list){ to.at, to.n < most ? to.n : most };
    made->next = S("");
    return to.n > most ? todo_key_text(l->a, &to.at[most - 1], &made->next)
                       : OK;
}

err todo_waits_for(struct app *app, struct tx *tx, const struct person_row *p,
                   const struct task_line *line, day today, bool *out)
{
    struct listing l = {
        .app = app,
        .tx = tx,
        .a = tx_arena(tx),
        .today = today,
        .enterprise = p->enterprise,
    };
    bool own = id_eq(p->enterprise, line->enterprise);
    enum task_kind kind;

    *out = id_eq(line->task.person, p->id);
    if (*out || !id_is_zero(line->task.person) ||
        !kind_of(line->task.kind, &kind))
        return OK;
    TRY(person_by_name(tx, p->login, &l.person));
    *out = (roles_in(&l, own) & (unsigned)line->task.roles) != 0;
    return *out ? is_theirs(&l, line, kind, out) : OK;
}

/* --- audits -----------------------------------------------------------------
 */

static err list_audits(struct listing *l, struct list *out)
{
    struct list rows;
    struct todo_audit *audits;
    size_t n = 0;

    TRY(booking_list(l->tx, l->a, l->person.id, l->today, TODO_MOST, &rows));
    audits = arena_array(l->a, rows.n, sizeof *audits);
    TRY_MEMORY(audits);

    const struct booking_line *b = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        if (rights_may_read(l->reader, b[i].enterprise))
            audits[n++] = (struct todo_audit){
                b[i].of_case, b[i].case_number, b[i].enterprise_name,
                b[i].login,   b[i].person_name, b[i].from,
                b[i].to,
            };
    }
    *out = (struct list){ audits, n };
    return OK;
}

static day day_of(const struct app *app, day today)
{
    struct clock *clock = app_world_of(app)->clock;

    return today == DAY_NEVER ? day_of_micros(clock->now(clock)) : today;
}

err todo_list(struct app *app, struct arena *a, const struct todo_wish *wish,
              struct todo_list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct listing l = {
        .app = app,
        .a = a,
        .reader = &wish->who->actor,
        .today = day_of(app, wish->today),
    };
    struct todo_list made = { .today = l.today };

    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(choose(&l, wish));
    TRY(list_tasks(&l, wish, &made));
    TRY(list_audits(&l, &made.audits));
    *out = made;
    return OK;
}

/* --- of one case ------------------------------------------------------------
 */

/* The day by which something is there: today, or else the first. */
static day first_day(const struct task_row *rows, size_t n, day today)
{
    day first = DAY_NEVER;

    for (size_t i = 0; i < n; i++)
        first = rows[i].opens < first ? rows[i].opens : first;
    return first > today ? first : today;
}

err todo_of_case(struct app *app, struct arena *a, const struct case_file *file,
                 day today, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list wanted;
    struct task *tasks;
    size_t n = 0;

    TRY(app_read(app, a, &tx));
    TRY(case_tasks_want(tx, file->state, &wanted));
    tasks = arena_array(a, wanted.n, sizeof *tasks);
    TRY_MEMORY(tasks);

    const struct task_row *rows = wanted.p;
    day by = first_day(rows, wanted.n, today);
    for (size_t i = 0; i < wanted.n; i++) {
        enum task_kind kind;

        if (rows[i].opens > by || !kind_of(rows[i].kind, &kind))
            continue;
        tasks[n] = task_of(&rows[i], kind);
        n += !task_is_over(&tasks[n], today);
    }
    *out = (struct list){ tasks, n };
    return OK;
}

/* --- as one person sees it --------------------------------------------------
 */

static err may_give(struct listing *l, const struct case_file *file,
                    const struct right *r, bool *out)
{
    const struct facts f = {
        .today = l->today,
        .calendar = app_calendar(l->app),
        .actor = { l->person.id, l->person.roles, l->enterprise },
        .people = &l->person,
        .person_count = 1,
        .enterprise = &file->enterprise,
    };
    err e = right_check(l->a, r, file->state, &f);

    if (failed(e) && !err_is(e, ERR_DENIED) && !err_is(e, ERR_REFUSED))
        return e;
    *out = !err_is(e, ERR_DENIED);
    return OK;
}

/* is_theirs(), of a case that is at hand. */
static err see_task(struct listing *l, const struct case_file *file,
                    const struct task *t, struct todo_seen *out)
{
    const struct right *r = right_find(task_command(t->kind));
    bool own = id_eq(l->enterprise, file->enterprise.id);
    unsigned waits = roles_in(l, own) & t->roles;

    *out = (struct todo_seen){
        .task = *t,
        .theirs =
            id_is_zero(t->person) ? waits != 0 : id_eq(t->person, l->person.id),
        .open = t->opens <= l->today,
        .overdue = task_is_overdue(t, l->today),
    };
    if (!out->theirs || !id_is_zero(t->person) ||
        r->relation == RELATION_NONE || (waits & ~r->roles) != 0)
        return OK;
    return may_give(l, file, r, &out->theirs);
}

/* A stable split. */
static void theirs_first(const struct todo_seen *from, size_t n,
                         struct todo_seen *to)
{
    size_t k = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            if (from[i].theirs == (pass == 0))
                to[k++] = from[i];
        }
    }
}

static err see_tasks(struct listing *l, const struct case_file *file,
                     const struct list *tasks, struct list *out)
{
    struct todo_seen *seen = arena_array(l->a, tasks->n, sizeof *seen);
    struct todo_seen *sorted = arena_array(l->a, tasks->n, sizeof *sorted);

    TRY_MEMORY(seen);
    TRY_MEMORY(sorted);
    for (size_t i = 0; i < tasks->n; i++)
        TRY(see_task(l, file, (const struct task *)tasks->p + i, &seen[i]));
    theirs_first(seen, tasks->n, sorted);
    *out = (struct list){ sorted, tasks->n };
    return OK;
}

err todo_of_case_for(struct app *app, struct arena *a,
                     const struct session *who, const struct case_file *file,
                     day today, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    const struct todo_wish wish = { .who = who,
                                    .login = who->login,
                                    .today = today };
    struct listing l = {
        .app = app,
        .a = a,
        .reader = &who->actor,
        .today = day_of(app, today),
    };
    struct list tasks;

    TRY(todo_of_case(app, a, file, l.today, &tasks));
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(choose(&l, &wish));
    return see_tasks(&l, file, &tasks, out);
}
