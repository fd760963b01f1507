/* door_factor -- second factors: made, proved, shown over an act, removed. */

#include "auth/totp.h"
#include "base/arena.h"
#include "crypto/bytes.h"
#include "service/body_known.h"
#include "service/door_parts.h"
#include "store/factors.h"
#include "store/web_sessions.h"
#include "sys/clock.h"
#include "sys/entropy.h"

static err denied(struct arena *a, const char *what)
{
    return err_new(a, ERR_DENIED, what);
}

/* Is one being made, or replaced, by who may? */
static err check_may_make(struct arena *a, const struct visitor *v)
{
    return v->state == WEB_SESSION_CODE ? denied(a, "door.state") : OK;
}

static struct code_try code_of(struct app *app, const struct visitor *v,
                               str typed)
{
    return (struct code_try){
        .app = app,
        .person = v->session.actor.person,
        .typed = typed,
        .now = door_now(app),
    };
}

static err note(struct tx *tx, const struct code_try *t, enum passage what)
{
    return door_note(tx, t->now,
                     &(struct door_note){ .what = what,
                                          .person = t->person,
                                          .channel = S("web") });
}

/* --- making --------------------------------------------------------------- */

struct making {
    struct code_try code;
    struct factor_row row;
};

/* Whoever has one shows it first: else a session left open would do. */
static err put_waiting(struct tx *tx, void *context)
{
    struct making *m = context;
    struct factor_row before;
    bool has;

    TRY(factor_get(tx, tx_arena(tx), m->code.person, true, &before, &has));
    m->code.right = true;
    if (has)
        TRY(door_judge_code(tx, &m->code));
    return m->code.right ? factor_put(tx, &m->row) : OK;
}

static err show_secret(struct app *app, struct arena *a,
                       const struct visitor *v, const uint8_t *secret,
                       struct door_secret *out)
{
    struct clock *clock = app_world_of(app)->clock;
    struct door_secret shown;
    const struct body *body;

    TRY(body_today(app, a, day_of_micros(clock->now(clock)), &body));
    TRY(totp_secret_text(a, secret, &shown.text));
    TRY(totp_uri(a, secret, body->name_zh, v->session.login, &shown.uri));
    *out = shown;
    return OK;
}

static err make(struct making *m, struct arena *a, const struct visitor *v,
                const uint8_t *secret, struct door_secret *out)
{
    const str plain = { (const char *)secret, TOTP_SECRET_BYTES };
    struct door_secret shown;

    TRY(door_seal_secret(m->code.app, a, m->code.person, plain,
                         &m->row.sealed));
    TRY(show_secret(m->code.app, a, v, secret, &shown));
    TRY(app_write_case(m->code.app, a, put_waiting, m));
    TRY(door_code_error(a, &m->code));
    *out = shown;
    return OK;
}

err door_factor_begin(struct app *app, struct arena *a, const struct visitor *v,
                      str code, struct door_secret *out)
{
    struct making m = { .code = code_of(app, v, code) };
    uint8_t secret[TOTP_SECRET_BYTES];

    TRY(check_may_make(a, v));
    m.row.person = m.code.person;
    m.row.made = m.code.now;
    TRY(entropy_fill(app_world_of(app)->entropy, secret, sizeof secret));
    err e = make(&m, a, v, secret, out);
    bytes_wipe(secret, sizeof secret);
    return e;
}

/* --- proving -------------------------------------------------------------- */

struct proving {
    struct code_try code;
    const struct visitor *v;
    struct hash codes[RECOVERY_CODES]; /* what is kept of them */
    bool none;                         /* no secret waits */
};

static err judge_waiting(struct tx *tx, struct proving *p,
                         struct factor_row *row)
{
    struct code_try *t = &p->code;
    str secret;

    TRY(door_open_secret(t->app, tx_arena(tx), t->person, row->sealed,
                         &secret));
    t->right =
        totp_check((const uint8_t *)secret.p, t->now, 0, t->typed, &row->step);
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
    return OK;
}

static err put_codes(struct tx *tx, const struct proving *p)
{
    TRY(recovery_code_drop_all(tx, p->code.person));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        TRY(recovery_code_add(tx, p->code.person, &p->codes[i]));
    return OK;
}

/* [DO5] It counts, and this session is open. */
static err put_proved(struct tx *tx, const struct proving *p,
                      struct factor_row *row)
{
    const struct code_try *t = &p->code;

    row->proved = true;
    TRY(factor_drop(tx, t->person, false));
    TRY(factor_put(tx, row));
    TRY(put_codes(tx, p));
    TRY(web_session_drop_others(tx, t->person, p->v->number));
    TRY(note(tx, t, PASSAGE_FACTOR_SET));
    if (p->v->state == WEB_SESSION_OPEN)
        return OK;
    TRY(web_session_open(tx, &p->v->token,
                         web_session_ends(WEB_SESSION_OPEN, t->now)));
    return note(tx, t, PASSAGE_IN);
}

/* A session that was to make the first one must not replace it. */
static err check_is_first(struct tx *tx, const struct proving *p)
{
    struct factor_row row;
    bool has;

    TRY(factor_get(tx, tx_arena(tx), p->code.person, true, &row, &has));
    return has && p->v->state == WEB_SESSION_ENROL
               ? denied(tx_arena(tx), "door.state")
               : OK;
}

static err prove(struct tx *tx, void *context)
{
    struct proving *p = context;
    struct code_try *t = &p->code;
    const struct attempt attempt =
        door_attempt_of_person(t->app, DELAY_CODE, t->person);
    struct factor_row row = { 0 };
    bool waits;

    TRY(check_is_first(tx, p));
    TRY(factor_get(tx, tx_arena(tx), t->person, false, &row, &waits));
    p->none = !waits;
    if (p->none)
        return OK;
    TRY(door_count(tx, &attempt, 1, t->now, &t->wait));
    if (t->wait > 0)
        return OK;
    TRY(judge_waiting(tx, p, &row));
    if (!t->right)
        return note(tx, t, PASSAGE_WRONG_CODE);
    TRY(door_forget(tx, &attempt));
    return put_proved(tx, p, &row);
}

/* New codes: what is shown of them, and what is kept. */
static err draw_codes(struct app *app, struct arena *a, struct proving *p,
                      struct list *out)
{
    str *shown = arena_array(a, RECOVERY_CODES, sizeof *shown);
    uint8_t random[RECOVERY_CODES][RECOVERY_BYTES];

    TRY_MEMORY(shown);
    TRY(entropy_fill(app_world_of(app)->entropy, random, sizeof random));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        TRY(recovery_text(a, random[i], &shown[i], &p->codes[i]));
    bytes_wipe(random, sizeof random);
    *out = (struct list){ shown, RECOVERY_CODES };
    return OK;
}

err door_factor_prove(struct app *app, struct arena *a, const struct visitor *v,
                      str code, struct list *codes)
{
    struct proving p = { .code = code_of(app, v, code), .v = v };
    struct list shown;

    TRY(check_may_make(a, v));
    TRY(draw_codes(app, a, &p, &shown));
    TRY(app_write_case(app, a, prove, &p));
    if (p.none)
        return err_new(a, ERR_NOT_FOUND, "door.no_secret");
    TRY(door_code_error(a, &p.code));
    *codes = shown;
    return OK;
}

/* --- removing ------------------------------------------------------------- */

static err drop_factor(struct tx *tx, id person)
{
    TRY(factor_drop(tx, person, false));
    TRY(factor_drop(tx, person, true));
    return recovery_code_drop_all(tx, person);
}

struct removing {
    struct code_try code;
    const struct visitor *v;
};

static err remove_own(struct tx *tx, void *context)
{
    struct removing *r = context;

    TRY(door_judge_code(tx, &r->code));
    if (!r->code.right)
        return OK;
    TRY(drop_factor(tx, r->code.person));
    TRY(web_session_drop_others(tx, r->code.person, r->v->number)); /* [DO5] */
    return note(tx, &r->code, PASSAGE_FACTOR_REMOVED);
}

err door_factor_remove(struct app *app, struct arena *a,
                       const struct visitor *v, str code)
{
    struct removing r = { .code = code_of(app, v, code), .v = v };

    TRY(door_check_open(a, v));
    if (!v->has_factor)
        return denied(a, "door.no_factor");
    if (web_session_needs_factor(v->session.actor.roles))
        return denied(a, "door.needs_factor");
    TRY(app_write_case(app, a, remove_own, &r));
    return door_code_error(a, &r.code);
}

struct taking {
    const struct session *who;
    str login;
    int64_t now;
};

static err take(struct tx *tx, void *context)
{
    const struct taking *t = context;
    struct factor_row row;
    struct person_row p = { 0 };
    bool has;

    TRY(door_person(tx, t->login, &p));
    TRY(factor_get(tx, tx_arena(tx), p.id, true, &row, &has));
    if (!has)
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "door.no_factor");
    TRY(drop_factor(tx, p.id));
    TRY(web_session_drop_others(tx, p.id, 0));
    return door_note(tx, t->now,
                     &(struct door_note){ .what = PASSAGE_FACTOR_REMOVED,
                                          .person = p.id,
                                          .actor = t->who->actor.person,
                                          .channel = t->who->channel });
}

err door_factor_take(struct app *app, struct arena *a,
                     const struct session *who, str login)
{
    struct taking t = { who, login, door_now(app) };

    TRY(door_check_admin(a, who));
    return app_write_case(app, a, take, &t);
}

/* --- confirming ----------------------------------------------------------- */

struct confirming {
    struct code_try code;
    const struct hash *shown;
};

static err confirm(struct tx *tx, void *context)
{
    struct confirming *c = context;
    const struct passage_row row = {
        .at = c->code.now,
        .person = c->code.person,
        .channel = S("web"),
        .what = PASSAGE_CONFIRMED,
        .about = *c->shown,
    };

    TRY(door_judge_code(tx, &c->code));
    return c->code.right ? passage_add(tx, &row) : OK;
}

/* [DO8] */
static err confirm_unproved(struct tx *tx, void *context)
{
    const struct confirming *c = context;
    const struct passage_row row = {
        .at = c->code.now,
        .person = c->code.person,
        .channel = S("demo"),
        .what = PASSAGE_CONFIRMED,
        .about = *c->shown,
    };

    return passage_add(tx, &row);
}

static err confirm_by_code(struct confirming *c, struct arena *a)
{
    TRY(app_write_case(c->code.app, a, confirm, c));
    return door_code_error(a, &c->code);
}

err door_confirm(struct app *app, struct arena *a, const struct visitor *v,
                 str code, const struct hash *shown, struct confirmation *out)
{
    struct confirming c = { .code = code_of(app, v, code), .shown = shown };

    TRY(door_check_open(a, v));
    if (v->has_factor)
        TRY(confirm_by_code(&c, a));
    else if (app_body(app)->demonstration)
        TRY(app_write_case(app, a, confirm_unproved, &c));
    else
        return denied(a, "door.no_factor");
    *out = (struct confirmation){ c.code.person, *shown, c.code.now };
    return OK;
}
