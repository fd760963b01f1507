#include "service/people.h"

#include "auth/web_session.h"
#include "base/arena.h"
#include "base/check.h"
#include "domain/rights.h"
#include "service/door_parts.h"
#include "store/admission.h"
#include "store/enterprises.h"
#include "store/factors.h"

/* --- people --------------------------------------------------------------- */

static err add_enterprise(struct tx *tx, const struct person_row *p,
                          struct person_line *out)
{
    struct enterprise_row e = { 0 };

    if (id_is_zero(p->enterprise))
        return OK;
    TRY(enterprise_get(tx, tx_arena(tx), p->enterprise, &e));
    out->enterprise = e.name;
    out->uscc = e.uscc;
    return OK;
}

/* [PP2] */
static err add_factor(struct tx *tx, const struct person_row *p,
                      struct person_line *out)
{
    struct factor_row row;

    TRY(factor_get(tx, tx_arena(tx), p->id, true, &row, &out->has_factor));
    out->needs_factor = web_session_needs_factor((unsigned)p->roles);
    return recovery_code_count(tx, p->id, &out->codes);
}

static err line_of(struct tx *tx, const struct app *app,
                   const struct person_row *p, struct person_line *out)
{
    struct admission_row admission;

    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    *out = (struct person_line){
        .login = p->login,
        .name = p->name,
        .roles = (unsigned)p->roles,
        .enterprise = S(""),
        .uscc = S(""),
        .left = p->state == PERSON_LEFT,
        .over = admission.until < door_today(app),
        .until = admission.until,
        .mail = admission.mail,
    };
    TRY(add_enterprise(tx, p, out));
    return add_factor(tx, p, out);
}

err people_list(struct app *app, struct arena *a, const struct session *who,
                const struct page *p, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_line *lines;
    struct list rows;

    check(p->limit >= 1 && p->limit <= PEOPLE_MOST);
    TRY(door_check_admin(a, who));
    TRY(app_read(app, a, &tx));
    TRY(person_list(tx, a, p, &rows));
    lines = arena_array(a, rows.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows.n; i++)
        TRY(line_of(tx, app, (const struct person_row *)rows.p + i, &lines[i]));
    *out = (struct list){ lines, rows.n };
    return OK;
}

/* [PP1] */
static err check_whose(struct arena *a, const struct session *who, str login)
{
    bool own = str_eq(who->login, login) && !id_is_zero(who->actor.person);

    return own || rights_may_enrol(&who->actor)
               ? OK
               : err_new(a, ERR_DENIED, "door.others");
}

err people_one(struct app *app, struct arena *a, const struct session *who,
               str login, struct person_line *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_line line;
    struct person_row p = { 0 };

    TRY(check_whose(a, who, login));
    TRY(app_read(app, a, &tx));
    TRY(door_person(tx, login, &p));
    TRY(line_of(tx, app, &p, &line));
    *out = line;
    return OK;
}

/* --- the trail [PP3] ------------------------------------------------------ */

const char *const passage_names[] = {
    "in",       "wrong_password", "wrong_code",     "recovery_used",
    "out",      "revoked",        "factor_set",     "factor_removed",
    "password", "reset_asked",    "password_reset", "invited",
    "accepted", "registered",     "until_set",      "confirmed",
    NULL,
};

/* Somebody who is in no register any more has no login. */
static err login_of(struct tx *tx, id person, str *out)
{
    struct person_row p = { .login = S("") };
    err e = OK;

    if (!id_is_zero(person))
        e = person_get(tx, tx_arena(tx), person, &p);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = p.login;
    return OK;
}

static err trail_line_of(struct tx *tx, const struct passage_row *r,
                         struct trail_line *out)
{
    *out = (struct trail_line){
        .id = r->id,
        .at = r->at,
        .what = r->what,
        .actor = S(""),
        .channel = r->channel,
    };
    TRY(login_of(tx, r->person, &out->login));
    return id_eq(r->actor, r->person) ? OK
                                      : login_of(tx, r->actor, &out->actor);
}

static err list_passages(struct tx *tx, const struct trail_wish *wish,
                         struct list *out)
{
    struct person_row p = { 0 };

    if (wish->login.n == 0)
        return passage_list_back(tx, tx_arena(tx), wish->before, wish->limit,
                                 out);
    TRY(door_person(tx, wish->login, &p));
    return passage_list_back_of(tx, tx_arena(tx), p.id, wish->before,
                                wish->limit, out);
}

err people_trail(struct app *app, struct arena *a, const struct session *who,
                 const struct trail_wish *wish, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct trail_line *lines;
    struct list rows;

    check(wish->limit >= 1 && wish->limit <= TRAIL_MOST);
    TRY(door_check_admin(a, who));
    TRY(app_read(app, a, &tx));
    TRY(list_passages(tx, wish, &rows));
    lines = arena_array(a, rows.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows.n; i++)
        TRY(trail_line_of(tx, (const struct passage_row *)rows.p + i,
                          &lines[i]));
    *out = (struct list){ lines, rows.n };
    return OK;
}
