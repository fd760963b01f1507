/*
 * account -- one's own account: who one is here, one's password, and where one
 * is in. (service/door.h, service/people.h)
 *
 *   [WA1] Everybody sees and ends their own sessions; the one they are in ends
 *         by signing out.
 *   [WA2] What was done is said on the page that is led to, by a word of ours
 *         in its address, never by what was typed.
 */

#include "base/size.h"
#include "web/answer.h"
#include "web/done.h"
#include "web/persons.h"

enum { CODES_FEW = 3 };

/* [WA2] */
static const struct done_word done_words[] = {
    { "password", "account.done_password" },
    { "session", "account.done_session" },
    { "factor", "account.done_factor" },
};

static const struct visitor *visitor_of(const struct request *rq)
{
    return &web_visit(rq)->who;
}

/* --- the page ------------------------------------------------------------- */

static err show_person(struct request *rq, struct page_account *page)
{
    const struct visitor *v = visitor_of(rq);
    struct person_line p;

    TRY(people_one(web_app(rq), rq->arena, &v->session, v->session.login, &p));
    page->name = p.name;
    page->login = p.login;
    page->enterprise = p.enterprise;
    page->uscc = p.uscc;
    page->until = p.until;
    page->ends = p.until != DAY_NEVER;
    page->mail = p.mail;
    page->has_factor = p.has_factor;
    page->needs_factor = p.needs_factor;
    page->codes = p.codes;
    page->few_codes = p.has_factor && p.codes < CODES_FEW;
    return persons_roles(rq, p.roles, &page->roles);
}

static err show_sessions(struct request *rq, struct page_account *page)
{
    const struct visitor *v = visitor_of(rq);
    const struct persons_of of = { S(""), v->number };
    struct list sessions;

    TRY(door_sessions(web_app(rq), rq->arena, &v->session, v->session.login,
                      &sessions));
    page->others = sessions.n > 1;
    return persons_sessions(rq, &sessions, &of, &page->sessions);
}

static err show_account(struct request *rq, struct response *rs, int status,
                        str problem)
{
    struct page_account page = {
        .demonstration = app_body(web_app(rq))->demonstration,
        .done = done_said(rq, done_words, COUNT(done_words)),
        .problem = problem,
        .token = web_visit(rq)->token,
    };
    struct buf b;

    TRY(show_person(rq, &page));
    TRY(show_sessions(rq, &page));
    TRY(visit_work(rq, S(""), AT_ACCOUNT, &page.work));
    answer_buf(rq, &b);
    page_account_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_account(struct request *rq, struct response *rs)
{
    return show_account(rq, rs, 200, S(""));
}

/* --- the password --------------------------------------------------------- */

static err post_password(struct request *rq, struct response *rs)
{
    str problem;
    err e = door_change_password(web_app(rq), rq->arena, visitor_of(rq),
                                 answer_secret(rq, S("old")),
                                 answer_secret(rq, S("new")));

    if (!failed(e))
        return respond_redirect(rs, 303, S("/account?done=password"));
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_account(rq, rs, answer_status(e), problem);
}

/* --- sessions [WA1] ------------------------------------------------------- */

static err post_end(struct request *rq, struct response *rs)
{
    const struct visitor *v = visitor_of(rq);
    int64_t number = persons_number(rq);

    if (number == 0)
        return err_new(rq->arena, ERR_NOT_FOUND, "door.session",
                       ARG_INT("number", number));
    TRY(door_revoke(web_app(rq), rq->arena, &v->session, v->session.login,
                    number));
    if (number == v->number)
        TRY(visit_end(rq, rs));
    return respond_redirect(rs, 303, S("/account?done=session"));
}

static err post_end_others(struct request *rq, struct response *rs)
{
    TRY(door_revoke_others(web_app(rq), rq->arena, visitor_of(rq)));
    return respond_redirect(rs, 303, S("/account?done=session"));
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/account", RIGHT_IN, BODY_NONE, get_account },
    { METHOD_POST, "/account/password", RIGHT_IN, BODY_FORM, post_password },
    { METHOD_POST, "/account/sessions/end", RIGHT_IN, BODY_FORM, post_end_others },
    { METHOD_POST, "/account/sessions/{number}/end", RIGHT_IN, BODY_FORM, post_end },
};
/* clang-format on */

const struct route_table account_routes = { routes, COUNT(routes) };
