/*
 * people -- who there is, and what an administrator does about them: until when
 * they may come in, a new password, a second factor that was lost, and where
 * they are in. (service/people.h, service/accounts.h, service/door.h)
 *
 *   [WP1] Lists go on after a login, never by how many were skipped.
 *   [WP2] The address of a ticket is in the answer that made it and in no
 *         other; one that was sent by mail is not shown at all.
 *   [WP3] What an administrator may not do about somebody the service says: it
 *         is put beside the person it is about.
 *   [WP4] Roles, registrations and ties are given and taken by the commands of
 *         the registers (register_do.h), to which links lead.
 *   [WP5] Whoever is here for a time, an expert or the authority, should have a
 *         last day: where there is none, it says so.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/actor.h"
#include "http/form.h"
#include "web/answer.h"
#include "web/done.h"
#include "web/invite.h"
#include "web/persons.h"
#include "web/register_do.h"

enum { PEOPLE_SHOWN = 50 };

static const struct visitor *visitor_of(const struct request *rq)
{
    return &web_visit(rq)->who;
}

static const char *state_of(const struct person_line *p)
{
    if (p->left)
        return "people.left";
    return p->over ? "people.over" : "people.here";
}

/* --- the list [WP1] ------------------------------------------------------- */

static const char *factor_of(const struct person_line *p)
{
    if (p->has_factor)
        return "people.factor_has";
    return p->needs_factor ? "people.factor_lacks" : "people.factor_none";
}

/* What they are; whom they apply for. */
static err what_of(struct request *rq, const struct person_line *p, str *out)
{
    if (p->enterprise.n == 0)
        return persons_roles(rq, p->roles, out);
    *out = p->enterprise;
    return OK;
}

static err show_line(struct request *rq, const struct person_line *p,
                     struct page_people_people *out)
{
    *out = (struct page_people_people){
        .login = p->login,
        .name = p->name,
        .state = state_of(p),
        .gone = p->left || p->over,
        .until = p->until,
        .ends = p->until != DAY_NEVER,
        .factor = factor_of(p),
        .lacks = !p->has_factor && p->needs_factor && !p->left,
    };
    return what_of(rq, p, &out->what);
}

/* One more than is shown tells that there are more. */
static err show_list(struct request *rq, const struct list *found,
                     struct page_people *page)
{
    const struct person_line *p = found->p;
    size_t n = found->n > PEOPLE_SHOWN ? PEOPLE_SHOWN : found->n;
    struct page_people_people *rows = arena_array(rq->arena, n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++)
        TRY(show_line(rq, &p[i], &rows[i]));
    page->people = rows;
    page->people_n = n;
    page->further = found->n > PEOPLE_SHOWN;
    page->last = n > 0 ? p[n - 1].login : S("");
    return OK;
}

static err get_people(struct request *rq, struct response *rs)
{
    struct page_people page = { .tabs = { .at_list = true }, .login = S("") };
    struct page wish = { .after = S(""), .limit = PEOPLE_SHOWN + 1 };
    struct list found;
    str login = S("");
    struct buf b;

    if (form_get(&rq->query, S("login"), &login) && str_trim(login).n > 0)
        return persons_lead(rq, rs, str_trim(login), S(""));
    (void)form_get(&rq->query, S("after"), &wish.after);
    TRY(people_list(web_app(rq), rq->arena, &visitor_of(rq)->session, &wish,
                    &found));
    TRY(show_list(rq, &found, &page));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page.work));
    answer_buf(rq, &b);
    page_people_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- one of them ---------------------------------------------------------- */

static const struct done_word done_words[] = {
    { "until", "people.done_until" },
    { "factor", "people.done_factor" },
    { "session", "account.done_session" },
};

static str login_of(const struct request *rq)
{
    return request_parameter(rq, S("login"));
}

static err date_text(struct arena *a, day d, str *out)
{
    char text[DAY_TEXT];

    *out = S("");
    if (d != DAY_NEVER)
        TRY_MEMORY(arena_str(a, day_text(d, text), out));
    return OK;
}

static err show_facts(struct request *rq, const struct person_line *p,
                      struct page_person *page)
{
    bool mails;

    TRY(accounts_can_post(web_app(rq), rq->arena, &mails));
    page->login = p->login;
    page->name = p->name;
    page->enterprise = p->enterprise;
    page->uscc = p->uscc;
    page->state = state_of(p);
    page->gone = p->left;
    page->until = p->until;
    page->ends = p->until != DAY_NEVER;
    page->mail = p->mail;
    page->mails = mails && p->mail.n > 0;
    page->has_factor = p->has_factor;
    page->needs_factor = p->needs_factor;
    page->advise_end =
        !p->left && p->until == DAY_NEVER &&
        (p->roles & (ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_AUTHORITY))) != 0;
    page->codes = p->codes;
    TRY(date_text(rq->arena, p->until, &page->until_text));
    return persons_roles(rq, p->roles, &page->roles);
}

static err show_sessions(struct request *rq, str login,
                         struct page_person *page)
{
    const struct visitor *v = visitor_of(rq);
    const struct persons_of of = { login, str_eq(login, v->session.login)
                                              ? v->number
                                              : 0 };
    struct list sessions;

    TRY(door_sessions(web_app(rq), rq->arena, &v->session, login, &sessions));
    page->any_sessions = sessions.n > 0;
    return persons_sessions(rq, &sessions, &of, &page->sessions);
}

static err show_person(struct request *rq, struct response *rs, int status,
                       str problem)
{
    struct page_person page = {
        .done = done_said(rq, done_words, COUNT(done_words)),
        .problem = problem,
        .token = web_visit(rq)->token,
    };
    struct person_line p;
    struct buf b;

    TRY(people_one(web_app(rq), rq->arena, &visitor_of(rq)->session,
                   login_of(rq), &p));
    TRY(show_facts(rq, &p, &page));
    TRY(register_acts(rq, "person", p.login, &page.acts)); /* [WP4] */
    TRY(show_sessions(rq, p.login, &page));
    TRY(visit_work(rq, p.name, AT_PEOPLE, &page.work));
    answer_buf(rq, &b);
    page_person_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_person(struct request *rq, struct response *rs)
{
    return show_person(rq, rs, 200, S(""));
}

/* [WP3] Of somebody who is nobody there is no page to put it beside. */
static err answer(struct request *rq, struct response *rs, err e, str done)
{
    str problem;

    if (!failed(e))
        return persons_lead(rq, rs, login_of(rq), done);
    if (!answer_is_theirs(e) || strcmp(e.info->id, "door.person") == 0)
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_person(rq, rs, answer_status(e), problem);
}

/* --- what is done about them ---------------------------------------------- */

static err set_until(struct request *rq)
{
    str typed = answer_field(rq, S("until"));
    day until = DAY_NEVER;

    if (typed.n > 0)
        TRY(persons_day(rq, typed, &until));
    return accounts_until(web_app(rq), rq->arena, &visitor_of(rq)->session,
                          login_of(rq), until);
}

static err post_until(struct request *rq, struct response *rs)
{
    return answer(rq, rs, set_until(rq), S("?done=until"));
}

/* [WP2] By mail, or handed over. */
static err post_reset(struct request *rq, struct response *rs)
{
    const struct posting post = persons_posting(rq);
    bool by_mail = str_eq(answer_field(rq, S("how")), S("mail"));
    struct ticket_letter letter;
    err e = accounts_reset_for(web_app(rq), rq->arena, &visitor_of(rq)->session,
                               login_of(rq), by_mail ? &post : NULL, &letter);

    return failed(e) ? answer(rq, rs, e, S(""))
                     : invite_show_ticket(rq, rs, &letter);
}

static err post_factor(struct request *rq, struct response *rs)
{
    return answer(rq, rs,
                  door_factor_take(web_app(rq), rq->arena,
                                   &visitor_of(rq)->session, login_of(rq)),
                  S("?done=factor"));
}

static err end_sessions(struct request *rq, struct response *rs, int64_t number)
{
    return answer(rq, rs,
                  door_revoke(web_app(rq), rq->arena, &visitor_of(rq)->session,
                              login_of(rq), number),
                  S("?done=session"));
}

static err post_end(struct request *rq, struct response *rs)
{
    int64_t number = persons_number(rq);

    if (number == 0)
        return err_new(rq->arena, ERR_NOT_FOUND, "door.session",
                       ARG_INT("number", number));
    return end_sessions(rq, rs, number);
}

static err post_end_all(struct request *rq, struct response *rs)
{
    return end_sessions(rq, rs, 0);
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/people", RIGHT_ADMIN, BODY_NONE, get_people },
    { METHOD_GET, "/people/{login}", RIGHT_ADMIN, BODY_NONE, get_person },
    { METHOD_POST, "/people/{login}/until", RIGHT_ADMIN, BODY_FORM, post_until },
    { METHOD_POST, "/people/{login}/reset", RIGHT_ADMIN, BODY_FORM, post_reset },
    { METHOD_POST, "/people/{login}/factor", RIGHT_ADMIN, BODY_FORM, post_factor },
    { METHOD_POST, "/people/{login}/sessions/end", RIGHT_ADMIN, BODY_FORM, post_end_all },
    { METHOD_POST, "/people/{login}/sessions/{number}/end", RIGHT_ADMIN, BODY_FORM, post_end },
};
/* clang-format on */

const struct route_table people_routes = { routes, COUNT(routes) };
