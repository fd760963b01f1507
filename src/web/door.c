/*
 * door -- how people come in by a browser and go (service/door.h).
 *
 *   [WD1] Whoever is in already is led on; whoever still owes a code, or a
 *         second factor, is led there, whatever they ask for.
 *   [WD2] Where they wanted to go is kept, and is a place of ours.
 *   [WD3] A wrong attempt is answered with the form and what was typed, but for
 *         secrets.
 */

#include "web/answer.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/actor.h"
#include "domain/names.h"
#include "http/form.h"
#include "service/cast.h"

enum { NEXT_MOST = 500 };

static const char first_page[] = "/work";

/* --- signing in ----------------------------------------------------------- */

/* What the form says of itself. */
struct knock {
    str login;
    str next;
    str problem;
};

static str next_of(const struct request *rq)
{
    str next = S("");

    if (!form_get(&rq->form, S("next"), &next))
        (void)form_get(&rq->query, S("next"), &next);
    return next.n <= NEXT_MOST ? next : S("");
}

/* The first of somebody's roles stands for them. */
static str role_of(unsigned roles)
{
    size_t r = 0;

    while (r + 1 < ROLE_COUNT && (roles & ROLE_BIT(r)) == 0)
        r++;
    return str_of(role_names[r]);
}

/* Of an enterprise's person it matters how far its case is. */
static err show_part(struct request *rq, const struct cast_part *p,
                     struct page_login_cast *out)
{
    *out = (struct page_login_cast){ .login = p->login, .name = p->name };
    if (p->enterprise.n == 0)
        return answer_id(rq, "role.", role_of(p->roles), &out->role);
    out->name = p->enterprise;
    out->role = "login.no_case";
    return p->stage == CAST_NO_CASE
               ? OK
               : answer_id(rq, "stage.", str_of(stage_names[p->stage]),
                           &out->role);
}

static err show_cast(struct request *rq, struct page_login *page)
{
    struct page_login_cast *rows;
    struct list parts;

    TRY(cast_list(web_app(rq), rq->arena, &parts));
    const struct cast_part *part = parts.p;
    rows = arena_array(rq->arena, parts.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < parts.n; i++) {
        TRY(show_part(rq, &part[i], &rows[i]));
    }
    page->cast = rows;
    page->cast_n = parts.n;
    return OK;
}

static err show_login(struct request *rq, struct response *rs, int status,
                      const struct knock *k)
{
    struct page_login page = {
        .next = k->next,
        .login = k->login,
        .problem = k->problem,
        .token = web_visit(rq)->token,
        .demonstration = app_body(web_app(rq))->demonstration,
    };
    struct buf b;

    answer_buf(rq, &b);
    TRY(show_cast(rq, &page));
    TRY(web_base(rq, S(""), &page.base));
    page_login_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

/* [WD1] */
static err lead_on(struct response *rs, enum web_session_state state, str next)
{
    static const char *const owed[] = {
        [WEB_SESSION_CODE] = "/login/code",
        [WEB_SESSION_ENROL] = "/account/factor",
    };

    if (state == WEB_SESSION_OPEN)
        return answer_go(rs, next, str_of(first_page));
    return respond_redirect(rs, 303, str_of(owed[state]));
}

static err get_login(struct request *rq, struct response *rs)
{
    const struct visit *v = web_visit(rq);
    struct knock k = { .login = S(""), .next = next_of(rq), .problem = S("") };

    if (v->known)
        return lead_on(rs, v->who.state, k.next);
    return show_login(rq, rs, 200, &k);
}

/* [WD3] */
static err say_wrong(struct request *rq, struct response *rs, err e,
                     struct knock *k)
{
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &k->problem));
    return show_login(rq, rs, answer_status(e), k);
}

static err post_login(struct request *rq, struct response *rs)
{
    struct knock k = { .login = answer_field(rq, S("login")),
                       .next = next_of(rq),
                       .problem = S("") };
    const struct door_origin from = visit_origin(rq);
    const struct door_knock said = { k.login, answer_secret(rq, S("password")),
                                     &from, web_lang(rq) };
    enum web_session_state state;
    str secret;

    err e = door_sign_in(web_app(rq), rq->arena, &said, &secret, &state);
    if (failed(e))
        return say_wrong(rq, rs, e, &k);
    TRY(visit_begin(rq, rs, secret));
    return lead_on(rs, state, k.next);
}

/* --- the second factor ------------------------------------------------------
 */

static err show_code(struct request *rq, struct response *rs, int status,
                     str problem)
{
    struct page_code page = {
        .next = next_of(rq),
        .problem = problem,
        .token = web_visit(rq)->token,
    };
    struct buf b;

    answer_buf(rq, &b);
    TRY(web_base(rq, S(""), &page.base));
    page_code_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_code(struct request *rq, struct response *rs)
{
    const struct visit *v = web_visit(rq);

    if (v->who.state != WEB_SESSION_CODE)
        return lead_on(rs, v->who.state, next_of(rq));
    return show_code(rq, rs, 200, S(""));
}

static err post_code(struct request *rq, struct response *rs)
{
    str problem;
    err e = door_code(web_app(rq), rq->arena, &web_visit(rq)->who,
                      answer_field(rq, S("code")));

    if (!failed(e))
        return lead_on(rs, WEB_SESSION_OPEN, next_of(rq));
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_code(rq, rs, answer_status(e), problem);
}

/* --- going ------------------------------------------------------------------
 */

static err post_logout(struct request *rq, struct response *rs)
{
    TRY(door_leave(web_app(rq), rq->arena, &web_visit(rq)->who));
    TRY(visit_end(rq, rs));
    return respond_redirect(rs, 303, S("/login"));
}

static const struct route routes[] = {
    { METHOD_GET, "/login", RIGHT_ANYONE, BODY_NONE, get_login },
    { METHOD_POST, "/login", RIGHT_ANYONE, BODY_FORM, post_login },
    { METHOD_GET, "/login/code", RIGHT_HALF, BODY_NONE, get_code },
    { METHOD_POST, "/login/code", RIGHT_HALF, BODY_FORM, post_code },
    { METHOD_POST, "/logout", RIGHT_HALF, BODY_FORM, post_logout },
};

const struct route_table door_routes = { routes, COUNT(routes) };
