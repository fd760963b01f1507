#include "service/hooks.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "codec/idcode.h"
#include "crypto/bytes.h"
#include "domain/rights.h"
#include "service/door_parts.h"
#include "service/hooks_parts.h"
#include "service/lookup_parts.h"
#include "service/mail_settings.h"
#include "store/log.h"
#include "store/meta.h"
#include "sys/entropy.h"

enum { SECRET_BYTES = 32, ABOUT_MAX = 400 };

#define OF_CERTIFICATE "certificate/"
#define OF_HOLDER      "holder/"
#define HERE_KEY       S("hooks.here")

const char *const hook_fault_names[] = {
    "none",     "unreached", "slow", "unsafe", "private",
    "answered", "broken",    "left", NULL,
};

/* --- this machine [WH3] --------------------------------------------------- */

err hooks_are_here(struct tx *tx, bool *out)
{
    str said = S("");
    bool found;

    TRY(meta_get(tx, tx_arena(tx), HERE_KEY, &said, &found));
    *out = found && str_eq(said, S("1"));
    return OK;
}

static err keep_here(struct tx *tx, void *context)
{
    const bool *here = context;

    return meta_set(tx, HERE_KEY, *here ? S("1") : S("0"));
}

err hooks_let_here(struct app *app, struct arena *a, const struct session *who,
                   bool here)
{
    TRY(mail_check_right(a, who));
    if (!app_body(app)->demonstration)
        return err_new(a, ERR_REFUSED, "hook.demonstration");
    return app_write_case(app, a, keep_here, &here);
}

/* --- whose [HO1] ---------------------------------------------------------- */

static err find_person(struct tx *tx, const struct hooks_of *of, id *out)
{
    struct arena *a = tx_arena(tx);
    struct person_row p = { 0 };
    bool own = of->login.n == 0 || str_eq(of->login, of->who->login);

    if (own && id_is_zero(of->who->actor.person))
        return err_new(a, ERR_DENIED, "hook.nobody");
    if (own) {
        *out = of->who->actor.person;
        return OK;
    }
    if (!rights_may_enrol(&of->who->actor))
        return err_new(a, ERR_DENIED, "door.others");
    TRY(door_person(tx, of->login, &p));
    *out = p.id;
    return OK;
}

static err find_hook(struct tx *tx, const struct hooks_of *of, int64_t number,
                     struct hook_row *out)
{
    struct arena *a = tx_arena(tx);
    struct list rows = { 0 };
    id person;

    TRY(find_person(tx, of, &person));
    if (number > 0)
        TRY(hook_list_of_person(tx, a, person, number - 1, 1, &rows));
    const struct hook_row *row = rows.p;
    if (rows.n == 0 || row->number != number)
        return err_new(a, ERR_NOT_FOUND, "hook.number",
                       ARG_INT("number", number));
    *out = *row;
    return OK;
}

/* --- making --------------------------------------------------------------- */

struct making {
    struct app *app;
    const struct hook_order *order;
    id id;
    str secret;
    struct hook_row row; /* as it was kept */
};

static err draw_secret(struct app *app, struct arena *a, str *out)
{
    uint8_t bytes[SECRET_BYTES];
    struct buf b;

    TRY(entropy_fill(app_world_of(app)->entropy, bytes, sizeof bytes));
    buf_init(&b, a, ABOUT_MAX);
    buf_str(&b, S("whsec_"));
    base64_encode(&b, BASE64_PADDED, bytes, sizeof bytes);
    bytes_wipe(bytes, sizeof bytes);
    return buf_done(&b, out);
}

static err put_about(struct arena *a, const char *folder, str name, str *out)
{
    struct buf b;

    buf_init(&b, a, ABOUT_MAX);
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    return buf_done(&b, out);
}

static err find_about(struct tx *tx, const struct hook_order *order, str *out)
{
    struct arena *a = tx_arena(tx);
    struct idcode code;
    str number;

    if ((order->number.n > 0) == (order->uscc.n > 0))
        return err_new(a, ERR_INVALID, "hook.about");
    if (order->number.n > 0) {
        TRY(lookup_main(tx, a, order->number, &number));
        return put_about(a, OF_CERTIFICATE, number, out);
    }
    idcode_check(order->uscc, &code);
    if (code.kind != IDCODE_USCC || !idcode_may_be(&code))
        return err_new(a, ERR_INVALID, "changes.uscc",
                       ARG_STR("uscc", order->uscc));
    return put_about(a, OF_HOLDER, str_of(code.text), out);
}

/* The first number nobody has. */
static int64_t free_number(const struct list *rows)
{
    const struct hook_row *r = rows->p;
    int64_t n = 1;

    for (size_t i = 0; i < rows->n && r[i].number == n; i++)
        n++;
    return n;
}

static err number_it(struct tx *tx, struct hook_row *row)
{
    struct list rows;

    TRY(hook_list_of_person(tx, tx_arena(tx), row->person, 0, HOOKS_MOST,
                            &rows));
    if (rows.n >= HOOKS_MOST)
        return err_new(tx_arena(tx), ERR_LIMIT, "hook.many",
                       ARG_INT("most", HOOKS_MOST));
    row->number = free_number(&rows);
    return OK;
}

static err make(struct tx *tx, void *context)
{
    struct making *m = context;
    struct arena *a = tx_arena(tx);
    const struct hook_box box = { m->order->address, m->secret };
    struct hook_row row = { .id = m->id, .made = hook_now(m->app) };
    bool here;

    TRY(find_person(tx, &(struct hooks_of){ m->order->who, S("") },
                    &row.person));
    TRY(hooks_are_here(tx, &here));
    TRY(webhook_check(a, m->order->address, here));
    TRY(find_about(tx, m->order, &row.about));
    TRY(number_it(tx, &row));
    TRY(log_size(tx, &row.since)); /* [HO2] */
    TRY(hook_seal(m->app, a, row.id, &box, &row.box));
    TRY(hook_add(tx, &row));
    m->row = row;
    return OK;
}

err hook_make(struct app *app, struct arena *a, const struct hook_order *order,
              int64_t *number, str *secret)
{
    struct making m = { .app = app, .order = order };

    TRY(draw_secret(app, a, &m.secret));
    TRY(entropy_id(app_world_of(app)->entropy, &m.id));
    TRY(app_write_case(app, a, make, &m));
    *number = m.row.number;
    *secret = m.secret;
    return OK;
}

/* --- listing -------------------------------------------------------------- */

static void split_about(struct hook_line *l)
{
    str about = l->row.about;

    if (str_begins(about, S(OF_CERTIFICATE)))
        l->number = str_from(about, strlen(OF_CERTIFICATE));
    else
        l->uscc = str_from(about, strlen(OF_HOLDER));
}

static err fill_line(struct app *app, struct tx *tx, const struct hook_row *row,
                     struct hook_line *out)
{
    struct arena *a = tx_arena(tx);
    struct hook_box box = { 0 };
    struct person_row person;
    struct list last;

    *out = (struct hook_line){ .row = *row };
    split_about(out);
    TRY(person_get(tx, a, row->person, &person));
    out->login = person.login;
    err e = hook_open(app, a, row, &box);
    if (err_is(e, ERR_MEMORY))
        return e;
    out->address = failed(e) ? S("") : box.address;
    TRY(hook_call_waiting(tx, row->id, &out->waiting));
    TRY(hook_call_list(tx, a, row->id, INT64_MAX, 1, &last));
    if (last.n > 0)
        out->last = *(const struct hook_call_row *)last.p;
    return OK;
}

static err fill_lines(struct app *app, struct tx *tx, const struct list *rows,
                      struct list *out)
{
    struct hook_line *lines = arena_array(tx_arena(tx), rows->n, sizeof *lines);

    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows->n; i++)
        TRY(fill_line(app, tx, (const struct hook_row *)rows->p + i,
                      &lines[i]));
    *out = (struct list){ lines, rows->n };
    return OK;
}

err hooks_list(struct app *app, struct arena *a, const struct hooks_of *of,
               struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows;
    id person;

    TRY(app_read(app, a, &tx));
    TRY(find_person(tx, of, &person));
    TRY(hook_list_of_person(tx, a, person, 0, HOOKS_MOST, &rows));
    return fill_lines(app, tx, &rows, out);
}

err hooks_list_all(struct app *app, struct arena *a, const struct session *who,
                   struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows;

    if (!rights_may_enrol(&who->actor))
        return err_new(a, ERR_DENIED, "door.others");
    TRY(app_read(app, a, &tx));
    TRY(hook_list(tx, a, (id){ { 0 } }, STORE_PAGE_MAX, &rows));
    return fill_lines(app, tx, &rows, out);
}

err hook_calls(struct app *app, struct arena *a, const struct hooks_of *of,
               int64_t number, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct hook_row row;

    TRY(app_read(app, a, &tx));
    TRY(find_hook(tx, of, number, &row));
    return hook_call_list(tx, a, row.id, INT64_MAX, HOOK_CALLS_SHOWN, out);
}

/* --- acting --------------------------------------------------------------- */

struct acting {
    struct app *app;
    const struct hooks_of *of;
    int64_t number;
    id call; /* of a message to try */
};

static err end(struct tx *tx, void *context)
{
    const struct acting *x = context;
    struct hook_row row;

    TRY(find_hook(tx, x->of, x->number, &row));
    return hook_drop(tx, row.id);
}

err hook_end(struct app *app, struct arena *a, const struct hooks_of *of,
             int64_t number)
{
    struct acting x = { .app = app, .of = of, .number = number };

    return app_write_case(app, a, end, &x);
}

static err resume(struct tx *tx, void *context)
{
    const struct acting *x = context;
    struct hook_call_row first;
    struct hook_row row;
    bool waits;

    TRY(find_hook(tx, x->of, x->number, &row));
    TRY(hook_call_first(tx, tx_arena(tx), row.id, &first, &waits));
    row.due = waits ? hook_now(x->app) : HOOK_IDLE;
    row.tries = 0;
    row.failing = 0;
    row.stopped = false;
    return hook_set(tx, &row);
}

err hook_resume(struct app *app, struct arena *a, const struct hooks_of *of,
                int64_t number)
{
    struct acting x = { .app = app, .of = of, .number = number };

    return app_write_case(app, a, resume, &x);
}

static err put_trial(struct tx *tx, void *context)
{
    const struct acting *x = context;
    struct hook_call_row call = { .id = x->call,
                                  .index = HOOK_NO_INDEX,
                                  .made = hook_now(x->app) };
    struct hook_row row;

    TRY(find_hook(tx, x->of, x->number, &row));
    TRY(hook_trial(x->app, tx_arena(tx), x->number, &call.body));
    return hook_call_add(tx, &row, &call);
}

err hook_try_later(struct app *app, struct arena *a, const struct hooks_of *of,
                   int64_t number)
{
    struct acting x = { .app = app, .of = of, .number = number };

    TRY(entropy_id(app_world_of(app)->entropy, &x.call));
    return app_write_case(app, a, put_trial, &x);
}

static err look(struct app *app, struct arena *a, const struct acting *x,
                struct hook_row *row, bool *here)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    TRY(hooks_are_here(tx, here));
    return find_hook(tx, x->of, x->number, row);
}

err hook_try(struct app *app, struct arena *a, const struct hooks_of *of,
             int64_t number)
{
    const struct acting x = { .app = app, .of = of, .number = number };
    struct hook_call_row call = { .index = HOOK_NO_INDEX };
    struct hook_sending s = { .call = &call };
    struct hook_row row;

    TRY(look(app, a, &x, &row, &s.here));
    TRY(hook_open(app, a, &row, &s.box));
    TRY(entropy_id(app_world_of(app)->entropy, &call.id));
    TRY(hook_trial(app, a, number, &call.body));
    return hook_send(app, a, &s);
}
