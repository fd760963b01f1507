/* accounts_reset -- back in by a new password. [AC3] [AC4] */

#include "codec/utf8.h"
#include "service/accounts_parts.h"
#include "service/door_parts.h"
#include "service/enrol.h"
#include "service/order.h"
#include "store/admission.h"
#include "store/web_sessions.h"

struct asking {
    struct issuing ticket;
    str login;
    const struct session *who; /* an administrator; NULL: whoever it is */
    struct attempt by_network;
    struct attempt by_login;
    /* of the newest run */
    int64_t wait;
    str to;
};

/* The ticket is for them, and the one before is none any more. */
static err put_ticket(struct tx *tx, struct asking *x,
                      const struct person_row *p)
{
    const struct door_note n = {
        .what = PASSAGE_RESET_ASKED,
        .person = p->id,
        .actor = x->who == NULL ? p->id : x->who->actor.person,
        .channel = x->who == NULL ? S("web") : x->who->channel,
    };
    struct admission_row admission;

    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    x->to = admission.mail;
    x->ticket.row.person = p->id;
    x->ticket.row.made_by = x->who == NULL ? (id){ { 0 } } : n.actor;
    TRY(ticket_drop_of(tx, p->id, TICKET_RESET));
    TRY(ticket_add(tx, &x->ticket.row));
    TRY(account_post(tx, &x->ticket, x->to, p));
    return door_note(tx, x->ticket.now, &n);
}

/* --- by whoever says they are that login [AC3] ---------------------------- */

/* Somebody who may come in, and whom mail reaches. */
static err find_reader(struct tx *tx, const struct asking *x,
                       struct person_row *p, bool *found)
{
    struct admission_row admission;
    err e;

    *found = false;
    if (!utf8_is_text(x->login))
        return OK;
    e = person_by_login(tx, tx_arena(tx), x->login, p);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    TRY(door_may_come_in(tx, x->ticket.app, p, found));
    *found = *found && admission.mail.n > 0;
    return OK;
}

/* So many mails to one login and no more, however many networks ask; then
 * whoever asks is answered as before. */
static err ask(struct tx *tx, void *context)
{
    struct asking *x = context;
    struct person_row p = { 0 };
    int64_t mail_waits;
    bool found;

    x->to = S("");
    TRY(door_count(tx, &x->by_network, 1, x->ticket.now, &x->wait));
    if (x->wait > 0)
        return OK;
    TRY(door_count(tx, &x->by_login, 1, x->ticket.now, &mail_waits));
    TRY(find_reader(tx, x, &p, &found));
    return found && mail_waits == 0 ? put_ticket(tx, x, &p) : OK;
}

err accounts_ask_reset(struct app *app, struct arena *a, str login,
                       const struct door_origin *from,
                       const struct posting *post, struct ticket_letter *out)
{
    struct asking x = {
        .login = login,
        .by_network = door_attempt(app, DELAY_ASK, from->network),
        .by_login = door_attempt(app, DELAY_MAIL, login),
    };
    struct ticket_letter letter;

    TRY(account_ticket_draw(app, a, TICKET_RESET, &x.ticket));
    x.ticket.post = post;
    TRY(app_write_case(app, a, ask, &x));
    if (x.wait > 0)
        return door_must_wait(a, x.wait);
    TRY(account_letter(&x.ticket, a, x.to, &letter));
    letter.login = login;
    *out = letter;
    return OK;
}

/* --- by an administrator -------------------------------------------------- */

static err give(struct tx *tx, void *context)
{
    struct asking *x = context;
    struct person_row p = { 0 };

    TRY(door_person(tx, x->login, &p));
    if (p.state != PERSON_ACTIVE)
        return err_new(tx_arena(tx), ERR_REFUSED, "accounts.left",
                       ARG_STR("login", x->login));
    return put_ticket(tx, x, &p);
}

static err reset_for(struct app *app, struct arena *a,
                     const struct session *who, str login,
                     const struct posting *post, struct ticket_letter *out)
{
    struct asking x = { .login = login, .who = who };
    struct ticket_letter letter;

    TRY(door_check_admin(a, who));
    TRY(account_ticket_draw(app, a, TICKET_RESET, &x.ticket));
    x.ticket.post = post;
    TRY(app_write_case(app, a, give, &x));
    TRY(account_letter(&x.ticket, a, x.to, &letter));
    letter.login = login;
    *out = letter;
    return OK;
}

err accounts_reset_for(struct app *app, struct arena *a,
                       const struct session *who, str login,
                       const struct posting *post, struct ticket_letter *out)
{
    err e = reset_for(app, a, who, login, post, out);
    struct refused r = { .who = who, .command = S("person.reset"), .why = e };

    if (failed(e))
        order_refused(app, a, &r);
    return e;
}

/* --- the new password [AC4] ----------------------------------------------- */

struct resetting {
    struct app *app;
    struct ticket_row ticket;
    str hashed;
    int64_t now;
};

static err put_secret(struct tx *tx, const struct resetting *r,
                      struct person_row *p)
{
    const struct attempt attempt = door_attempt(r->app, DELAY_LOGIN, p->login);

    p->secret = r->hashed;
    TRY(person_put(tx, p));
    TRY(web_session_drop_others(tx, p->id, 0));
    TRY(ticket_drop_of(tx, p->id, TICKET_RESET));
    TRY(door_forget(tx, &attempt));
    return door_note(tx, r->now,
                     &(struct door_note){ .what = PASSAGE_PASSWORD_RESET,
                                          .person = p->id,
                                          .channel = S("web") });
}

static err reset(struct tx *tx, void *context)
{
    const struct resetting *r = context;
    struct person_row p = { 0 };

    TRY(account_ticket_use(tx, &r->ticket));
    TRY(person_get(tx, tx_arena(tx), r->ticket.person, &p));
    if (p.state != PERSON_ACTIVE)
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "accounts.ticket");
    return put_secret(tx, r, &p);
}

err accounts_reset(struct app *app, struct arena *a, str token, str secret)
{
    struct resetting r = { .app = app, .now = door_now(app) };

    TRY(account_ticket_find(app, a, TICKET_RESET, token, &r.ticket));
    TRY(enrol_secret(app, a, secret, &r.hashed));
    return app_write(app, a, reset, &r);
}
