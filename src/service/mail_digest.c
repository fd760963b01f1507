#include "service/mail_digest.h"

#include "base/arena.h"

static struct letter_item item_of(const struct todo_line *l)
{
    return (struct letter_item){
        .task = str_of(task_names[l->task.kind]),
        .case_number = l->case_number,
        .enterprise = l->enterprise,
        .due = l->task.due,
        .overdue = l->overdue,
        .amount = l->task.amount,
    };
}

static err items_of(struct arena *a, const struct todo_list *l,
                    struct list *out)
{
    struct letter_item *items = arena_array(a, l->tasks.n, sizeof *items);

    TRY_MEMORY(items);
    for (size_t i = 0; i < l->tasks.n; i++)
        items[i] = item_of((const struct todo_line *)l->tasks.p + i);
    *out = (struct list){ items, l->tasks.n };
    return OK;
}

struct putting {
    struct app *app;
    struct outgoing mail;
};

static err put(struct tx *tx, void *context)
{
    const struct putting *p = context;
    id unused;

    return outbox_put(p->app, tx, &p->mail, &unused);
}

err mail_digest(struct app *app, struct arena *a,
                const struct digest_order *order, int64_t *tasks)
{
    const struct todo_wish wish = { .who = order->who,
                                    .login = order->login,
                                    .today = order->today };
    struct putting p = { .app = app,
                         .mail = { .kind = LETTER_WAITING,
                                   .lang = order->lang,
                                   .to = order->to,
                                   .letter = { .due = DAY_NEVER } } };
    struct todo_list list;

    TRY(todo_list(app, a, &wish, &list));
    TRY(items_of(a, &list, &p.mail.letter.items));
    if (list.tasks.n > 0)
        TRY(app_write_case(app, a, put, &p));
    *tasks = (int64_t)list.tasks.n;
    return OK;
}
