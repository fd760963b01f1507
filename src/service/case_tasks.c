#include "service/case_tasks.h"

#include "base/arena.h"
#include "domain/todo.h"
#include "service/kept.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/meta.h"
#include "text/text.h"

/* --- what the store remembers of them ---------------------------------------
 */

err case_tasks_made(struct tx *tx, bool *made)
{
    char rules[TEXT_VALUE];
    bool found;
    str value;

    TRY(meta_get(tx, tx_arena(tx), S("tasks"), &value, &found));
    *made = found && str_eq(value, text_number(TODO_RULES, rules));
    return OK;
}

err case_tasks_set_made(struct tx *tx)
{
    char rules[TEXT_VALUE];

    return meta_set(tx, S("tasks"), text_number(TODO_RULES, rules));
}

err case_tasks_ticked(struct tx *tx, day *out)
{
    bool found;
    str text;

    *out = DAY_NEVER;
    TRY(meta_get(tx, tx_arena(tx), S("tick"), &text, &found));
    if (found && !day_parse(text, out))
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.row",
                       ARG_STR("name", S("tick")));
    return OK;
}

err case_tasks_set_ticked(struct tx *tx, day today)
{
    char text[DAY_TEXT];

    return meta_set(tx, S("tick"), day_text(today, text));
}

/* --- what there should be ---------------------------------------------------
 */

/* Was a renewal applied for, and not given up since? */
static bool goes_on(const struct case_row *row)
{
    if (row->stage == STAGE_ENDED)
        return row->certificate.n > 0;
    return row->stage != STAGE_PREPARATION;
}

static err find_renewal(struct tx *tx, str certificate, bool *found)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows;

    *found = false;
    TRY(case_list_following(tx, tx_arena(tx), certificate, &page, &rows));
    for (size_t i = 0; i < rows.n; i++)
        *found = *found || goes_on((const struct case_row *)rows.p + i);
    return OK;
}

static err gather(struct tx *tx, const struct state *s, struct todo_facts *out)
{
    struct todo_facts f = { .previous_until = DAY_NEVER };
    struct certificate_row previous;

    if (s->opened->kind == CASE_RENEWAL) {
        err e =
            certificate_get(tx, tx_arena(tx), s->opened->previous, &previous);

        if (failed(e) && !err_is(e, ERR_NOT_FOUND))
            return e;
        if (!failed(e))
            f.previous_until = previous.valid_until;
    }
    if (s->certificate != NULL)
        TRY(find_renewal(tx, s->certificate->number, &f.renewed));
    *out = f;
    return OK;
}

err case_tasks_want(struct tx *tx, const struct state *s, struct list *out)
{
    struct todo_facts f;
    struct list tasks;
    struct task_row *rows;

    TRY(gather(tx, s, &f));
    TRY(todo_make(tx_arena(tx), s, &f, &tasks));
    rows = arena_array(tx_arena(tx), tasks.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < tasks.n; i++) {
        const struct task *t = (const struct task *)tasks.p + i;

        rows[i] = (struct task_row){
            .of_case = s->id,
            .kind = str_of(task_names[t->kind]),
            .number = t->number,
            .person = t->person,
            .roles = t->roles,
            .opens = t->opens,
            .due = t->due,
            .due_provisional = t->provisional,
            .amount = t->amount,
            .lapses = t->lapses,
        };
    }
    *out = (struct list){ rows, tasks.n };
    return OK;
}

/* --- comparing --------------------------------------------------------------
 */

static bool same_key(const struct task_row *x, const struct task_row *y)
{
    return str_eq(x->kind, y->kind) && x->number == y->number &&
           id_eq(x->person, y->person);
}

static bool same_task(const struct task_row *x, const struct task_row *y)
{
    return x->roles == y->roles && x->opens == y->opens && x->due == y->due &&
           x->due_provisional == y->due_provisional && x->amount == y->amount &&
           x->lapses == y->lapses;
}

static const struct task_row *find(const struct list *rows,
                                   const struct task_row *key)
{
    const struct task_row *r = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        if (same_key(&r[i], key))
            return &r[i];
    }
    return NULL;
}

/* [CT2] */
static enum raised still_told(const struct task_row *have,
                              const struct task_row *want)
{
    if (have->opens != want->opens)
        return RAISED_NOTHING;
    if (have->due != want->due && have->raised > RAISED_OPEN)
        return RAISED_OPEN;
    return have->raised;
}

/* What was told of those in `wanted` comes from those in `have`. */
static err write(struct tx *tx, const struct list *have, struct list *wanted)
{
    struct task_row *w = wanted->p;

    for (size_t i = 0; i < wanted->n; i++) {
        const struct task_row *old = find(have, &w[i]);

        if (old != NULL)
            w[i].raised = still_told(old, &w[i]);
        if (old == NULL || !same_task(old, &w[i]))
            TRY(task_put(tx, &w[i]));
    }
    return OK;
}

static err drop(struct tx *tx, const struct list *have,
                const struct list *wanted)
{
    const struct task_row *h = have->p;

    for (size_t i = 0; i < have->n; i++) {
        if (find(wanted, &h[i]) == NULL)
            TRY(task_drop(tx, &h[i]));
    }
    return OK;
}

err case_tasks_project(struct tx *tx, const struct state *s,
                       struct kept_case *kept)
{
    bool known = kept != NULL && kept->projected;
    struct list have = { 0 };
    struct list wanted;

    TRY(case_tasks_want(tx, s, &wanted));
    if (known)
        have = kept->tasks;
    else
        TRY(task_list_of_case(tx, tx_arena(tx), s->id, &have));
    TRY(write(tx, &have, &wanted));
    TRY(drop(tx, &have, &wanted));
    return kept == NULL ? OK : kept_set_tasks(kept, &wanted);
}

/* --- checking ---------------------------------------------------------------
 */

static bool has_notice(const struct list *notices, const struct task_row *t,
                       enum raised what)
{
    day since = what == RAISED_OPEN ? t->opens : t->due + 1;

    for (size_t i = 0; i < notices->n; i++) {
        const struct notice_row *n = (const struct notice_row *)notices->p + i;

        if (n->what == what && n->since == since && n->number == t->number &&
            str_eq(n->kind, t->kind) && id_eq(n->person, t->person))
            return true;
    }
    return false;
}

/* Nothing is told before its day, nor without a notice. */
static bool told_rightly(const struct task_row *t, day ticked,
                         const struct list *notices)
{
    if (t->raised == RAISED_NOTHING)
        return true;
    if (ticked == DAY_NEVER || t->opens > ticked ||
        !has_notice(notices, t, RAISED_OPEN))
        return false;
    return t->raised == RAISED_OPEN ||
           (t->due < ticked && has_notice(notices, t, RAISED_OVERDUE));
}

static bool given_rightly(const struct list *notices, day ticked)
{
    const struct notice_row *n = notices->p;

    for (size_t i = 0; i < notices->n; i++) {
        if (ticked == DAY_NEVER || n[i].since > n[i].raised ||
            n[i].raised > ticked)
            return false;
    }
    return true;
}

static bool agree(const struct list *have, const struct list *wanted,
                  const struct list *notices, day ticked)
{
    const struct task_row *h = have->p;

    if (have->n != wanted->n || !given_rightly(notices, ticked))
        return false;
    for (size_t i = 0; i < have->n; i++) {
        const struct task_row *w = find(wanted, &h[i]);

        if (w == NULL || !same_task(&h[i], w) ||
            !told_rightly(&h[i], ticked, notices))
            return false;
    }
    return true;
}

err case_tasks_check(struct tx *tx, const struct state *s, str number)
{
    struct arena *a = tx_arena(tx);
    struct list have;
    struct list wanted;
    struct list notices;
    day ticked;

    TRY(case_tasks_ticked(tx, &ticked));
    TRY(case_tasks_want(tx, s, &wanted));
    TRY(task_list_of_case(tx, a, s->id, &have));
    TRY(notice_list_of_case(tx, a, s->id, &notices));
    if (agree(&have, &wanted, &notices, ticked))
        return OK;
    return err_new(a, ERR_CORRUPT, "check.tasks", ARG_STR("case", number));
}
