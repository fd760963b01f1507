#include "service/task_letters.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/rights.h"
#include "service/outbox.h"
#include "service/readers.h"
#include "service/todos.h"
#include "store/tasks.h"

enum { ADDRESS_MAX = 2000 };

/* One thing for somebody. */
struct entry {
    const struct task_line *line;
    bool overdue;
    struct entry *next;
};

/* What one person is told. */
struct envelope {
    struct reader reader;
    struct entry *first;
    struct entry *last;
    size_t n;
    struct envelope *next;
};

struct posting_day {
    struct app *app;
    struct tx *tx;
    const struct told_day *told;
    struct envelope *envelopes;
};

/* --- whose it is ----------------------------------------------------------
 */

static bool is_kind(const struct task_line *x, enum task_kind kind)
{
    return str_eq(x->task.kind, str_of(task_names[kind]));
}

/* [TL3] */
static bool a_day_brings(const struct task_line *x)
{
    return is_kind(x, TASK_RENEW) || is_kind(x, TASK_COLLECT);
}

static err find_envelope(struct posting_day *d, const struct reader *r,
                         struct envelope **out)
{
    struct envelope *x = d->envelopes;

    while (x != NULL && !id_eq(x->reader.person.id, r->person.id))
        x = x->next;
    if (x == NULL) {
        x = arena_zero(tx_arena(d->tx), sizeof *x);
        TRY_MEMORY(x);
        x->reader = *r;
        x->next = d->envelopes;
        d->envelopes = x;
    }
    *out = x;
    return OK;
}

static err put_in(struct posting_day *d, const struct reader *r,
                  const struct task_line *line, bool overdue)
{
    struct entry *e = arena_zero(tx_arena(d->tx), sizeof *e);
    struct envelope *x;

    TRY_MEMORY(e);
    TRY(find_envelope(d, r, &x));
    *e = (struct entry){ .line = line, .overdue = overdue };
    if (x->last != NULL)
        x->last->next = e;
    else
        x->first = e;
    x->last = e;
    x->n++;
    return OK;
}

static err offer(struct posting_day *d, const struct list *readers,
                 const struct task_line *line, bool overdue)
{
    const struct reader *r = readers->p;

    for (size_t i = 0; i < readers->n; i++) {
        bool theirs;

        TRY(todo_waits_for(d->app, d->tx, &r[i].person, line, d->told->today,
                           &theirs));
        if (theirs)
            TRY(put_in(d, &r[i], line, overdue));
    }
    return OK;
}

/* [TL3] */
static bool its_act_told(const struct task_line *x)
{
    return is_kind(x, TASK_ANSWER_MESSAGE);
}

static err offer_staff(struct posting_day *d, const struct task_line *line,
                       bool overdue)
{
    unsigned roles = (unsigned)line->task.roles & ~ROLE_BIT(ROLE_APPLICANT);
    struct list readers;

    if (roles == 0 || its_act_told(line))
        return OK;
    TRY(readers_with_role(d->app, d->tx, roles, line->enterprise, &readers));
    return offer(d, &readers, line, overdue);
}

static err offer_enterprise(struct posting_day *d, const struct task_line *line,
                            bool overdue)
{
    bool waits = ((unsigned)line->task.roles & ROLE_BIT(ROLE_APPLICANT)) != 0;
    struct list readers;

    if (!waits || !(overdue || a_day_brings(line)))
        return OK;
    TRY(readers_of_enterprise(d->app, d->tx, line->enterprise, &readers));
    return offer(d, &readers, line, overdue);
}

static err hand_out(struct posting_day *d, const struct task_line *line,
                    bool overdue)
{
    struct list readers;

    if (id_is_zero(line->task.person)) {
        TRY(offer_staff(d, line, overdue));
        return offer_enterprise(d, line, overdue);
    }
    TRY(readers_named(d->app, d->tx, line->task.person, line->enterprise,
                      &readers));
    return offer(d, &readers, line, overdue);
}

/* --- the letters ----------------------------------------------------------
 */

static err address_of(const struct posting_day *d, const char *path, str tail,
                      str *out)
{
    struct buf b;

    buf_init(&b, tx_arena(d->tx), ADDRESS_MAX);
    buf_str(&b, app_public_url(d->app));
    buf_str(&b, str_of(path));
    buf_str(&b, tail);
    return buf_done(&b, out);
}

static struct letter_item item_of(const struct entry *e)
{
    return (struct letter_item){
        .task = e->line->task.kind,
        .case_number = e->line->case_number,
        .enterprise = e->line->enterprise_name,
        .due = e->line->task.due,
        .overdue = e->overdue,
    };
}

static err list_items(const struct posting_day *d, const struct envelope *x,
                      struct list *out)
{
    size_t most = x->n < LETTER_ITEMS_MAX ? x->n : LETTER_ITEMS_MAX;
    struct letter_item *items =
        arena_array(tx_arena(d->tx), most, sizeof *items);
    size_t n = 0;

    TRY_MEMORY(items);
    for (const struct entry *e = x->first; e != NULL && n < most; e = e->next)
        items[n++] = item_of(e);
    *out = (struct list){ items, n };
    return OK;
}

static err send(const struct posting_day *d, const struct envelope *x)
{
    struct outgoing m = {
        .kind = LETTER_WAITING,
        .lang = x->reader.lang,
        .to = x->reader.mail,
        .letter = { .person = x->reader.person.name, .due = DAY_NEVER },
    };
    id unused;

    TRY(list_items(d, x, &m.letter.items));
    TRY(address_of(d, "/work", S(""), &m.letter.address));
    return outbox_put(d->app, d->tx, &m, &unused);
}

/* [TL3] */
static err announce(const struct posting_day *d, const struct task_line *line)
{
    struct outgoing m = {
        .kind = LETTER_SURVEILLANCE,
        .letter = { .enterprise = line->enterprise_name,
                    .case_number = line->case_number,
                    .due = line->task.due },
    };
    struct list readers;

    TRY(address_of(d, "/cases/", line->case_number, &m.letter.address));
    TRY(readers_of_enterprise(d->app, d->tx, line->enterprise, &readers));

    const struct reader *r = readers.p;
    for (size_t i = 0; i < readers.n; i++) {
        id unused;

        m.lang = r[i].lang;
        m.to = r[i].mail;
        m.letter.person = r[i].person.name;
        TRY(outbox_put(d->app, d->tx, &m, &unused));
    }
    return OK;
}

static err hand_out_all(struct posting_day *d)
{
    const struct task_line *late = d->told->overdue.p;
    const struct task_line *opened = d->told->opened.p;
    day today = d->told->today;

    for (size_t i = 0; i < d->told->overdue.n; i++)
        TRY(hand_out(d, &late[i], true));
    for (size_t i = 0; i < d->told->opened.n; i++) {
        const struct task_line *x = &opened[i];

        if (x->task.due >= today) /* else it was told above */
            TRY(hand_out(d, x, false));
        if (is_kind(x, TASK_SURVEY) && x->task.due >= today)
            TRY(announce(d, x));
    }
    return OK;
}

err task_letters(struct app *app, struct tx *tx, const struct told_day *told)
{
    struct posting_day d = { .app = app, .tx = tx, .told = told };
    bool sends = false;

    if (told->opened.n + told->overdue.n > 0)
        TRY(mail_is_set(tx, &sends));
    if (!sends) /* [TL4] */
        return OK;
    TRY(hand_out_all(&d));
    for (const struct envelope *x = d.envelopes; x != NULL; x = x->next)
        TRY(send(&d, x));
    return OK;
}
