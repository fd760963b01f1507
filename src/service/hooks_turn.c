/* hooks_turn -- messages to webhooks, from the log to the receiver.
 * [HO2]-[HO5] */

#include "service/hooks.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/changes_json.h"
#include "service/hooks_parts.h"
#include "service/outbox.h"
#include "store/admission.h"
#include "store/log.h"
#include "store/meta.h"
#include "store/people.h"
#include "sys/entropy.h"
#include "tlog/tlog.h"

#define SECOND INT64_C(1000000)
#define DAY    (INT64_C(24) * 3600 * SECOND)

#define LEASE       (60 * SECOND) /* longer than a call can take */
#define STOPS_AFTER (3 * DAY)     /* [HO5] */
#define KEPT_FOR    (30 * DAY)    /* what was taken, to look at */

#define MARK_KEY S("hooks.next")

enum { PART = 200, TYPE_MAX = 60, NAME_MAX_BYTES = 400, STATUS_GONE = 410 };

/* --- placing [HO3] -------------------------------------------------------- */

struct matching {
    struct app *app;
    int64_t size; /* entries that are signed */
    int64_t mark; /* entries that were read */
    bool any;     /* is there a webhook at all? */
};

static err read_mark(struct tx *tx, struct matching *m)
{
    struct checkpoint newest;
    struct list one;
    str said = S("");
    bool found;

    TRY(tlog_newest(tx, tx_arena(tx), &newest));
    TRY(meta_get(tx, tx_arena(tx), MARK_KEY, &said, &found));
    TRY(hook_list(tx, tx_arena(tx), (id){ { 0 } }, 1, &one));
    m->size = newest.size;
    m->any = one.n > 0;
    m->mark = 0;
    for (size_t i = 0; i < said.n; i++)
        m->mark = m->mark * 10 + (said.p[i] - '0');
    return OK;
}

static err keep_mark(struct tx *tx, int64_t mark)
{
    struct buf b;
    str text;

    buf_init(&b, tx_arena(tx), 20);
    buf_int(&b, mark);
    TRY(buf_done(&b, &text));
    return meta_set(tx, MARK_KEY, text);
}

static err make_body(struct arena *a, const struct register_change *c, str *out)
{
    struct hook_words w = { .at = c->at, .data = change_json(a, c) };
    struct buf b;

    buf_init(&b, a, TYPE_MAX);
    buf_str(&b, S("certificate."));
    buf_str(&b, str_of(register_act_names[c->act]));
    TRY(buf_done(&b, &w.type));
    return hook_body(a, &w, out);
}

static err place_for(struct tx *tx, const struct matching *m,
                     const struct hook_row *hook,
                     const struct register_change *c)
{
    struct hook_call_row call = { .index = c->index, .made = hook_now(m->app) };

    if (c->index < hook->since) /* [HO2] */
        return OK;
    TRY(entropy_id(app_world_of(m->app)->entropy, &call.id));
    TRY(make_body(tx_arena(tx), c, &call.body));
    return hook_call_add(tx, hook, &call);
}

/* For all that are about "certificate/NUMBER", say. */
static err place_about(struct tx *tx, const struct matching *m,
                       const char *folder, str name,
                       const struct register_change *c)
{
    struct list rows;
    id after = { { 0 } };
    struct buf b;
    str about;

    buf_init(&b, tx_arena(tx), NAME_MAX_BYTES);
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    TRY(buf_done(&b, &about));
    do {
        TRY(hook_list_about(tx, tx_arena(tx), about, after, STORE_PAGE_MAX,
                            &rows));
        const struct hook_row *hook = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(place_for(tx, m, &hook[i], c));
        if (rows.n > 0)
            after = hook[rows.n - 1].id;
    } while (rows.n == STORE_PAGE_MAX);
    return OK;
}

static err place_entry(struct tx *tx, const struct matching *m,
                       const struct log_entry_row *e)
{
    struct register_change c;
    bool is;

    TRY(changes_of_entry(tx, tx_arena(tx), e, &c, &is));
    if (!is || c.act == REGISTER_IMPORTED) /* of nobody in particular */
        return OK;
    TRY(place_about(tx, m, "certificate/", c.main.n > 0 ? c.main : c.number,
                    &c));
    return c.uscc.n == 0 ? OK : place_about(tx, m, "holder/", c.uscc, &c);
}

static err match(struct tx *tx, void *context)
{
    struct matching *m = context;
    struct list rows = { 0 };
    int64_t next;

    TRY(read_mark(tx, m));
    next = m->size;
    if (m->any)
        TRY(log_entry_list(tx, tx_arena(tx), m->mark, PART, &rows));
    const struct log_entry_row *e = rows.p;
    for (size_t i = 0; i < rows.n && e[i].index < m->size; i++) {
        TRY(place_entry(tx, m, &e[i]));
        next = e[i].index + 1;
    }
    m->mark = next;
    return keep_mark(tx, next);
}

static err is_behind(struct app *app, struct arena *a, struct matching *m)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return read_mark(tx, m);
}

err hooks_match(struct app *app, struct arena *a, bool *more)
{
    struct matching m = { .app = app };

    TRY(is_behind(app, a, &m)); /* looking costs nobody anything */
    if (m.mark < m.size)
        TRY(app_write_case(app, a, match, &m));
    *more = m.mark < m.size;
    return OK;
}

/* --- taking one ----------------------------------------------------------- */

struct taking {
    struct app *app;
    int64_t due;
    struct hook_row hook;
    struct hook_call_row call;
    bool found;
    bool here;
    bool left; /* its owner may not come in any more */
};

static err see_owner(struct tx *tx, struct taking *t)
{
    struct arena *a = tx_arena(tx);
    struct admission_row admission;
    struct person_row person;

    TRY(person_get(tx, a, t->hook.person, &person));
    TRY(admission_get(tx, a, t->hook.person, &admission));
    t->left = person.state != PERSON_ACTIVE ||
              day_of_micros(hook_now(t->app)) > admission.until;
    return OK;
}

static err take(struct tx *tx, void *context)
{
    struct taking *t = context;
    struct arena *a = tx_arena(tx);
    int64_t now = hook_now(t->app);

    TRY(hook_next(tx, a, t->due, now, &t->hook, &t->found));
    if (!t->found)
        return OK;
    TRY(hook_call_first(tx, a, t->hook.id, &t->call, &t->found));
    if (!t->found)
        return err_new(a, ERR_CORRUPT, "hook.queue",
                       ARG_INT("number", t->hook.number));
    TRY(see_owner(tx, t));
    return hook_lease(tx, &t->hook, now + LEASE);
}

/* Is there one at all? */
static err look(struct app *app, struct arena *a, struct taking *t)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    TRY(hooks_are_here(tx, &t->here));
    return hook_next(tx, a, t->due, hook_now(app), &t->hook, &t->found);
}

/* --- what came of it [HO5] ------------------------------------------------ */

static int32_t status_of(err e)
{
    for (const struct err_arg *x = e.info->args; x->name != NULL; x++) {
        if (strcmp(x->name, "status") == 0)
            return (int32_t)x->number;
    }
    return 0;
}

static int32_t fault_of(err e)
{
    static const struct {
        const char *why;
        enum hook_fault fault;
    } rows[] = {
        { "webhook.failed", HOOK_UNREACHED },
        { "webhook.slow", HOOK_SLOW },
        { "webhook.unsafe", HOOK_UNSAFE },
        { "webhook.private", HOOK_PRIVATE },
        { "webhook.answered", HOOK_ANSWERED },
        { "hook.left", HOOK_LEFT },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(e.info->id, rows[i].why) == 0)
            return (int32_t)rows[i].fault;
    }
    return HOOK_BROKEN;
}

/* Nothing that is tried again would help. */
static bool is_for_good(const struct hook_turn *t)
{
    return t->fault == HOOK_BROKEN || t->fault == HOOK_LEFT ||
           (t->fault == HOOK_ANSWERED && t->status == STATUS_GONE);
}

struct marking {
    struct app *app;
    struct hook_row hook;
    struct hook_call_row call;
    struct hook_turn turn;
};

static void judge(struct marking *m, err e)
{
    int64_t now = hook_now(m->app);
    struct hook_turn *t = &m->turn;

    *t = (struct hook_turn){ .any = true,
                             .call = m->call.id,
                             .taken = !failed(e),
                             .tries = m->hook.tries,
                             .why = e };
    m->hook.failing = m->hook.failing != 0 ? m->hook.failing : now;
    if (failed(e)) {
        t->fault = fault_of(e);
        t->status = status_of(e);
        t->stopped = is_for_good(t) || now - m->hook.failing >= STOPS_AFTER;
        m->hook.due = now + outbox_delay(m->hook.tries);
    } else {
        m->call.taken = now;
        m->hook.failing = 0;
        m->hook.tries = 0;
    }
    m->call.trouble = t->fault;
    m->call.status = t->status;
    m->hook.stopped = t->stopped;
}

/* The next one of its queue, which is due at once. */
static err go_on(struct tx *tx, struct marking *m, struct hook_row *hook)
{
    struct hook_call_row next;
    bool waits;

    TRY(hook_call_first(tx, tx_arena(tx), hook->id, &next, &waits));
    hook->due = waits ? hook_now(m->app) : HOOK_IDLE;
    return hook_call_forget(tx, hook->id, hook_now(m->app) - KEPT_FOR);
}

static err mark(struct tx *tx, void *context)
{
    struct marking *m = context;
    struct hook_row hook = m->hook;

    TRY(hook_call_set(tx, &m->call));
    if (m->turn.taken)
        TRY(go_on(tx, m, &hook));
    return hook_set(tx, &hook);
}

/* Whoever ended the webhook meanwhile wants to hear no more of it. */
static err mark_it(struct app *app, struct arena *a, struct marking *m)
{
    err e = app_write_case(app, a, mark, m);

    return err_is(e, ERR_CONFLICT) ? OK : e;
}

static err open_and_send(struct app *app, struct arena *a,
                         const struct taking *t)
{
    struct hook_sending s = { .here = t->here, .call = &t->call };

    if (t->left)
        return err_new(a, ERR_DENIED, "hook.left");
    TRY(hook_open(app, a, &t->hook, &s.box));
    return hook_send(app, a, &s);
}

err hooks_turn(struct app *app, struct arena *a, int64_t due,
               struct hook_turn *out)
{
    struct taking t = { .app = app, .due = due };
    struct marking m = { .app = app, .turn = { .why = OK } };

    TRY(look(app, a, &t));
    if (t.found)
        TRY(app_write_case(app, a, take, &t));
    if (t.found) {
        err e = open_and_send(app, a, &t);
        if (err_is(e, ERR_MEMORY)) /* the lease passes */
            return e;
        m.hook = t.hook;
        m.call = t.call;
        judge(&m, e);
        TRY(mark_it(app, a, &m));
    }
    *out = m.turn;
    return OK;
}

err hooks_waiting(struct app *app, struct arena *a, int64_t *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t all = 0;
    struct list rows;

    TRY(app_read(app, a, &tx));
    TRY(hook_list(tx, a, (id){ { 0 } }, STORE_PAGE_MAX, &rows));
    const struct hook_row *row = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        int64_t n = 0;

        if (!row[i].stopped && row[i].leased <= hook_now(app))
            TRY(hook_call_waiting(tx, row[i].id, &n));
        all += n;
    }
    *out = all;
    return OK;
}
