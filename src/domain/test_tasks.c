#include "domain/test_tasks.h"

#include "base/buf.h"

struct list tasks_of(struct fixture *f)
{
    struct todo_facts facts = { DAY_NEVER, false };
    struct list l = { 0 };

    if (f->facts.previous != NULL)
        facts.previous_until = f->facts.previous->until;
    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    return l;
}

static const char *login_of(const struct fixture *f, id person)
{
    for (size_t i = 0; i < f->people_count; i++) {
        if (id_eq(f->people[i].id, person))
            return f->people[i].login.p;
    }
    return "nobody";
}

static void put_what(struct buf *b, const struct task *t)
{
    buf_printf(b, "%s%s", buf_view(b).n > 0 ? "\n" : "", task_names[t->kind]);
    if (t->number > 0)
        buf_printf(b, "#%d", (int)t->number);
    buf_char(b, ' ');
}

static void put_whom(struct buf *b, const struct fixture *f,
                     const struct task *t)
{
    const char *between = "";

    if (!id_is_zero(t->person)) {
        buf_printf(b, "%s", login_of(f, t->person));
        return;
    }
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((t->roles & ROLE_BIT(i)) == 0)
            continue;
        buf_printf(b, "%s%s", between, role_names[i]);
        between = "|";
    }
}

str open_tasks(struct fixture *f)
{
    struct list l = tasks_of(f);
    const struct task *t = l.p;
    struct buf b;
    str out = S("");

    buf_init(&b, &f->arena, 10000);
    for (size_t i = 0; i < l.n; i++) {
        char due[DAY_TEXT];

        if (!task_is_open(&t[i], f->facts.today))
            continue;
        put_what(&b, &t[i]);
        put_whom(&b, f, &t[i]);
        buf_char(&b, ' ');
        buf_str(&b, day_text(t[i].due, due));
        if (task_is_overdue(&t[i], f->facts.today))
            buf_printf(&b, " overdue");
        if (t[i].amount > 0)
            buf_printf(&b, " %d", (int)t[i].amount);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

const struct task *find_task(struct fixture *f, enum task_kind kind)
{
    struct list l = tasks_of(f);
    const struct task *t = l.p;

    for (size_t i = 0; i < l.n; i++) {
        if (t[i].kind == kind)
            return &t[i];
    }
    return NULL;
}

bool has_open(struct fixture *f, enum task_kind kind)
{
    const struct task *t = find_task(f, kind);

    return t != NULL && task_is_open(t, f->facts.today);
}
