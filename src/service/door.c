#include "service/door.h"

#include "auth/token.h"
#include "base/arena.h"
#include "codec/utf8.h"
#include "service/door_parts.h"
#include "store/admission.h"
#include "store/factors.h"
#include "store/failures.h"
#include "store/people.h"
#include "store/tickets.h"
#include "store/web_sessions.h"

/* --- coming in ------------------------------------------------------------ */

enum { BY_LOGIN, BY_NETWORK, ATTEMPTS };

/* Somebody on the way in. */
struct entering {
    struct app *app;
    struct claim claim;
    const struct door_origin *from;
    struct attempt attempts[ATTEMPTS];
    struct hash token; /* what is kept of it */
    int64_t now;
    /* of the newest run */
    int64_t wait;
    enum lang lang;
    id person; /* of the login; zero: nobody */
    str kept;  /* .. and of their password */
    enum web_session_state state;
};

static bool is_demonstration(const struct app *app)
{
    return app_body(app)->demonstration; /* [DO8] */
}

static void begin_entering(struct entering *x, struct app *app,
                           const struct door_knock *said)
{
    *x = (struct entering){
        .app = app,
        .claim = { .login = said->login,
                   .secret = said->password,
                   .demonstration = is_demonstration(app),
                   .channel = S("web"),
                   .today = door_today(app) },
        .from = said->from,
        .lang = said->lang,
        .attempts = { door_attempt(app, DELAY_LOGIN, said->login),
                      door_attempt(app, DELAY_NETWORK, said->from->network) },
        .now = door_now(app),
    };
}

/* [DO2] Count, and read what the password must fit. */
static err knock(struct tx *tx, void *context)
{
    struct entering *x = context;
    struct person_row row = { .secret = S("") };

    TRY(door_count(tx, x->attempts, ATTEMPTS, x->now, &x->wait));
    if (utf8_is_text(x->claim.login)) {
        err e = person_by_login(tx, tx_arena(tx), x->claim.login, &row);

        if (failed(e) && !err_is(e, ERR_NOT_FOUND))
            return e;
    }
    x->person = row.id;
    x->kept = row.secret;
    return OK;
}

static err has_factor(struct tx *tx, id person, bool *out)
{
    struct factor_row row;

    return factor_get(tx, tx_arena(tx), person, true, &row, out);
}

static err first_state(struct tx *tx, const struct entering *x,
                       const struct actor *actor, enum web_session_state *out)
{
    bool has;

    TRY(has_factor(tx, actor->person, &has));
    *out = x->claim.demonstration && !has
               ? WEB_SESSION_OPEN
               : web_session_first(actor->roles, has);
    return OK;
}

/* One less than there may be: the one seen longest ago goes. */
static err make_room(struct tx *tx, id person)
{
    struct list rows;
    bool found;

    TRY(web_session_list(tx, tx_arena(tx), person, 0, DOOR_SESSIONS_MOST,
                         &rows));
    if (rows.n < DOOR_SESSIONS_MOST)
        return OK;

    const struct web_session_row *r = rows.p;
    size_t oldest = 0;
    for (size_t i = 1; i < rows.n; i++)
        oldest = r[i].seen < r[oldest].seen ? i : oldest;
    return web_session_drop(tx, person, r[oldest].number, &found);
}

/* As much of it as is text and can be kept. */
static str storable(str typed, size_t most)
{
    return utf8_is_text(typed) ? utf8_first(typed, most) : S("");
}

static err add_session(struct tx *tx, const struct entering *x, id person)
{
    struct web_session_row row = {
        .token = x->token,
        .person = person,
        .state = x->state,
        .made = x->now,
        .seen = x->now,
        .ends = web_session_ends(x->state, x->now),
        .network = storable(x->from->network, DOOR_AGENT_MAX),
        .agent = storable(x->from->agent, DOOR_AGENT_MAX),
    };

    TRY(web_session_drop_over(tx, x->now, x->now - WEB_SESSION_IDLE));
    TRY(make_room(tx, person));
    TRY(web_session_last(tx, person, &row.number));
    row.number++;
    return web_session_add(tx, &row);
}

static err note_in(struct tx *tx, int64_t now, id person, enum passage what)
{
    return door_note(tx, now,
                     &(struct door_note){
                         .what = what, .person = person, .channel = S("web") });
}

/* Written only where it is another than before. */
static err remember_lang(struct tx *tx, const struct entering *x, id person)
{
    struct admission_row row;

    TRY(admission_get(tx, tx_arena(tx), person, &row));
    if (str_eq(row.lang, lang_tag(x->lang)))
        return OK;
    return admission_speak(tx, person, lang_tag(x->lang));
}

/* The password was right. */
static err enter(struct tx *tx, void *context)
{
    struct entering *x = context;
    struct session session;

    TRY(session_open(tx, tx_arena(tx), &x->claim, &session));
    TRY(first_state(tx, x, &session.actor, &x->state));
    TRY(add_session(tx, x, session.actor.person));
    TRY(remember_lang(tx, x, session.actor.person));
    TRY(door_forget(tx, &x->attempts[BY_LOGIN]));
    TRY(door_uncount(tx, &x->attempts[BY_NETWORK]));
    if (x->state != WEB_SESSION_OPEN)
        return OK;
    return note_in(tx, x->now, session.actor.person, PASSAGE_IN);
}

static err note_wrong(struct tx *tx, void *context)
{
    const struct entering *x = context;

    return note_in(tx, x->now, x->person, PASSAGE_WRONG_PASSWORD);
}

/* [DO3] */
static err prove_and_enter(struct entering *x, struct arena *a)
{
    TRY(session_prove(a, &x->claim, x->kept));
    return app_write_case(x->app, a, enter, x);
}

err door_sign_in(struct app *app, struct arena *a,
                 const struct door_knock *said, str *token,
                 enum web_session_state *state)
{
    struct entering x;
    str text;

    begin_entering(&x, app, said);
    TRY(door_token(app, a, &text, &x.token));
    TRY(app_write_case(app, a, knock, &x));
    if (x.wait > 0)
        return door_must_wait(a, x.wait);
    err e = prove_and_enter(&x, a);
    if (err_is(e, ERR_DENIED)) {
        TRY(app_write_case(app, a, note_wrong, &x));
        return err_new(a, ERR_DENIED, "door.wrong"); /* [DO1] */
    }
    TRY(e);
    *token = text;
    *state = x.state;
    return OK;
}

/* --- visiting ------------------------------------------------------------- */

static err nobody(struct arena *a)
{
    return err_new(a, ERR_DENIED, "door.nobody");
}

/* [DO7] Roles may have come or gone, and factors. */
static enum web_session_state state_now(const struct app *app,
                                        const struct web_session_row *row,
                                        const struct visitor *v, unsigned roles)
{
    if (row->state == WEB_SESSION_OPEN && !v->has_factor &&
        web_session_needs_factor(roles) && !is_demonstration(app))
        return WEB_SESSION_ENROL;
    if (row->state == WEB_SESSION_ENROL && v->has_factor)
        return WEB_SESSION_CODE;
    return row->state;
}

static err be_visitor(struct tx *tx, const struct app *app,
                      const struct web_session_row *row, struct visitor *out)
{
    struct arena *a = tx_arena(tx);
    struct person_row p;
    bool may;

    TRY(person_get(tx, a, row->person, &p));
    TRY(door_may_come_in(tx, app, &p, &may));
    if (!may)
        return nobody(a);
    *out = (struct visitor){
        .session = { .actor = { .person = p.id },
                     .login = p.login,
                     .channel = S("web") },
        .name = p.name,
        .number = row->number,
        .token = row->token,
    };
    TRY(has_factor(tx, p.id, &out->has_factor));
    out->state = state_now(app, row, out, (unsigned)p.roles);
    if (out->state != WEB_SESSION_OPEN) /* [DO4] */
        return OK;
    out->session.actor.roles = (unsigned)p.roles;
    out->session.actor.enterprise = p.enterprise;
    return OK;
}

static err look_up(struct app *app, struct arena *a, const struct hash *token,
                   struct web_session_row *row, struct visitor *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found = false;

    TRY(app_read(app, a, &tx));
    TRY(web_session_get(tx, a, token, row, &found));
    if (!found || !web_session_lives(row, door_now(app)))
        return nobody(a);
    return be_visitor(tx, app, row, out);
}

struct touching {
    const struct hash *token;
    int64_t now;
};

static err touch(struct tx *tx, void *context)
{
    const struct touching *t = context;

    return web_session_touch(tx, t->token, t->now);
}

err door_visit(struct app *app, struct arena *a, str token, struct visitor *out)
{
    struct web_session_row row = { 0 };
    struct visitor v = { 0 };
    struct hash kept = { 0 };
    bool valid;

    TRY(token_kept(a, token, &kept, &valid));
    if (!valid)
        return nobody(a);
    TRY(look_up(app, a, &kept, &row, &v));
    if (web_session_is_stale(&row, door_now(app))) {
        struct touching t = { &kept, door_now(app) };
        err e = app_write_case(app, a, touch, &t);

        if (err_is(e, ERR_CONFLICT)) /* it was ended since */
            return nobody(a);
        TRY(e);
    }
    *out = v;
    return OK;
}

/* --- the second factor ---------------------------------------------------- */

struct showing {
    struct code_try code;
    const struct visitor *v;
};

static err open_session(struct tx *tx, const struct showing *s)
{
    int64_t now = s->code.now;
    id person = s->code.person;

    TRY(web_session_open(tx, &s->v->token,
                         web_session_ends(WEB_SESSION_OPEN, now)));
    if (s->code.recovered)
        TRY(note_in(tx, now, person, PASSAGE_RECOVERY_USED));
    return note_in(tx, now, person, PASSAGE_IN);
}

static err show(struct tx *tx, void *context)
{
    struct showing *s = context;

    TRY(door_judge_code(tx, &s->code));
    return s->code.right ? open_session(tx, s) : OK;
}

err door_code(struct app *app, struct arena *a, const struct visitor *v,
              str code)
{
    struct showing s = {
        .code = { .app = app,
                  .person = v->session.actor.person,
                  .typed = code,
                  .recovery = true,
                  .now = door_now(app) },
        .v = v,
    };

    if (v->state != WEB_SESSION_CODE)
        return err_new(a, ERR_DENIED, "door.state");
    err e = app_write_case(app, a, show, &s);
    if (err_is(e, ERR_CONFLICT)) /* the session was ended since */
        return nobody(a);
    TRY(e);
    return door_code_error(a, &s.code);
}

/* --- going ---------------------------------------------------------------- */

struct leaving {
    const struct visitor *v;
    int64_t now;
};

static err leave(struct tx *tx, void *context)
{
    const struct leaving *l = context;
    id person = l->v->session.actor.person;
    bool found;

    TRY(web_session_drop(tx, person, l->v->number, &found));
    return found ? note_in(tx, l->now, person, PASSAGE_OUT) : OK;
}

err door_leave(struct app *app, struct arena *a, const struct visitor *v)
{
    struct leaving l = { v, door_now(app) };

    return app_write_case(app, a, leave, &l);
}

err door_sweep(struct tx *tx, int64_t now)
{
    TRY(web_session_drop_over(tx, now, now - WEB_SESSION_IDLE));
    TRY(ticket_drop_over(tx, now));
    return failure_drop_before(tx, now - DELAY_FORGOTTEN);
}
