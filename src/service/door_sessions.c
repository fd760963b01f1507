/* door_sessions -- who is in where, and ending it; changing a password. */

#include "base/arena.h"
#include "domain/rights.h"
#include "service/door_parts.h"
#include "service/enrol.h"
#include "store/tickets.h"
#include "store/web_sessions.h"

/* --- listing -------------------------------------------------------------- */

static err check_whose(struct arena *a, const struct session *who, str login)
{
    bool own = str_eq(who->login, login) && !id_is_zero(who->actor.person);

    return own || rights_may_enrol(&who->actor)
               ? OK
               : err_new(a, ERR_DENIED, "door.others");
}

static err list_rows(struct tx *tx, str login, struct list *out)
{
    struct person_row p = { 0 };

    TRY(door_person(tx, login, &p));
    return web_session_list(tx, tx_arena(tx), p.id, 0, DOOR_SESSIONS_MOST, out);
}

static struct door_session shown(const struct web_session_row *r)
{
    return (struct door_session){ r->number, r->state,   r->made, r->seen,
                                  r->ends,   r->network, r->agent };
}

err door_sessions(struct app *app, struct arena *a, const struct session *who,
                  str login, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows;
    size_t n = 0;

    TRY(check_whose(a, who, login));
    TRY(app_read(app, a, &tx));
    TRY(list_rows(tx, login, &rows));

    struct door_session *live = arena_array(a, rows.n, sizeof *live);
    TRY_MEMORY(live);
    const struct web_session_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        if (web_session_lives(&r[i], door_now(app)))
            live[n++] = shown(&r[i]);
    }
    *out = (struct list){ live, n };
    return OK;
}

/* --- ending --------------------------------------------------------------- */

struct revoking {
    const struct session *who;
    str login;
    int64_t number; /* 0: all */
    int64_t now;
};

static err end_one(struct tx *tx, const struct revoking *r, id person)
{
    bool found;

    TRY(web_session_drop(tx, person, r->number, &found));
    return found ? OK
                 : err_new(tx_arena(tx), ERR_NOT_FOUND, "door.session",
                           ARG_INT("number", r->number));
}

static err revoke(struct tx *tx, void *context)
{
    const struct revoking *r = context;
    struct person_row p = { 0 };

    TRY(door_person(tx, r->login, &p));
    if (r->number == 0)
        TRY(web_session_drop_others(tx, p.id, 0));
    else
        TRY(end_one(tx, r, p.id));
    return door_note(tx, r->now,
                     &(struct door_note){ .what = PASSAGE_REVOKED,
                                          .person = p.id,
                                          .actor = r->who->actor.person,
                                          .channel = r->who->channel });
}

err door_revoke(struct app *app, struct arena *a, const struct session *who,
                str login, int64_t number)
{
    struct revoking r = { who, login, number, door_now(app) };

    TRY(check_whose(a, who, login));
    return app_write_case(app, a, revoke, &r);
}

struct clearing {
    const struct visitor *v;
    int64_t now;
};

static err end_others(struct tx *tx, void *context)
{
    const struct clearing *c = context;
    id person = c->v->session.actor.person;

    TRY(web_session_drop_others(tx, person, c->v->number));
    return door_note(tx, c->now,
                     &(struct door_note){ .what = PASSAGE_REVOKED,
                                          .person = person,
                                          .channel = S("web") });
}

err door_revoke_others(struct app *app, struct arena *a,
                       const struct visitor *v)
{
    struct clearing c = { v, door_now(app) };

    TRY(door_check_open(a, v));
    return app_write_case(app, a, end_others, &c);
}

/* --- passwords [DO3] [DO5] ------------------------------------------------ */

struct changing {
    struct app *app;
    const struct visitor *v;
    struct claim claim;
    struct attempt attempt;
    str hashed; /* the new one */
    int64_t now;
    int64_t wait;
    str kept; /* of the old one */
    bool stale;
};

static err read_old(struct tx *tx, void *context)
{
    struct changing *c = context;
    struct person_row p;

    TRY(door_count(tx, &c->attempt, 1, c->now, &c->wait));
    TRY(person_get(tx, tx_arena(tx), c->v->session.actor.person, &p));
    c->kept = p.secret;
    return OK;
}

static err note(struct tx *tx, const struct changing *c, enum passage what)
{
    return door_note(tx, c->now,
                     &(struct door_note){ .what = what,
                                          .person = c->v->session.actor.person,
                                          .channel = S("web") });
}

static err note_wrong(struct tx *tx, void *context)
{
    return note(tx, context, PASSAGE_WRONG_PASSWORD);
}

static err put_new(struct tx *tx, void *context)
{
    struct changing *c = context;
    struct person_row p;

    TRY(person_get(tx, tx_arena(tx), c->v->session.actor.person, &p));
    c->stale = !str_eq(p.secret, c->kept);
    if (c->stale)
        return OK;
    p.secret = c->hashed;
    TRY(person_put(tx, &p));
    TRY(web_session_drop_others(tx, p.id, c->v->number));
    TRY(ticket_drop_of(tx, p.id, TICKET_RESET));
    TRY(door_forget(tx, &c->attempt));
    return note(tx, c, PASSAGE_PASSWORD_CHANGED);
}

static err wrong(struct arena *a)
{
    return err_new(a, ERR_DENIED, "door.password");
}

static err prove_old(struct changing *c, struct arena *a)
{
    err e = session_prove(a, &c->claim, c->kept);

    if (!err_is(e, ERR_DENIED))
        return e;
    TRY(app_write_case(c->app, a, note_wrong, c));
    return wrong(a);
}

err door_change_password(struct app *app, struct arena *a,
                         const struct visitor *v, str old, str new)
{
    struct changing c = {
        .app = app,
        .v = v,
        .claim = { .login = v->session.login,
                   .secret = old,
                   .demonstration = app_body(app)->demonstration },
        .attempt = door_attempt(app, DELAY_LOGIN, v->session.login),
        .now = door_now(app),
    };

    TRY(door_check_open(a, v));
    TRY(enrol_check_secret(a, new));
    TRY(app_write_case(app, a, read_old, &c));
    if (c.wait > 0)
        return door_must_wait(a, c.wait);
    TRY(prove_old(&c, a));
    TRY(enrol_secret(app, a, new, &c.hashed));
    TRY(app_write(app, a, put_new, &c));
    return c.stale ? wrong(a) : OK; /* somebody else was quicker */
}
