/*
 * factor -- setting up a second factor, replacing it, removing it
 * (service/door.h [DO4]).
 *
 *   [WF1] The secret is shown in the answer that made it and in no other: as a
 *         code to scan, as text to type and as an address for the telephone
 *         that shows the page.  No page fetches it again, and nothing that
 *         holds it is kept in a cache (http/response.h).
 *   [WF2] Recovery codes are shown once, when the factor begins to count.
 *   [WF3] Whoever owes a code is sent to give it first: a factor that counts is
 *         replaced only by who shows it.
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/form.h"
#include "web/answer.h"
#include "web/square.h"

enum { GROUP = 4, NEXT_MOST = 500 };

static const struct visitor *visitor_of(const struct request *rq)
{
    return &web_visit(rq)->who;
}

/* Where they wanted to go [AN2]; a page of ours or none. */
static str next_of(const struct request *rq)
{
    str next = S("");

    if (!form_get(&rq->form, S("next"), &next))
        (void)form_get(&rq->query, S("next"), &next);
    bool ours = next.n <= NEXT_MOST && str_begins(next, S("/")) &&
                !str_begins(next, S("//"));
    return ours ? next : S("");
}

/* --- what there is -------------------------------------------------------- */

static err show_factor(struct request *rq, struct response *rs, int status,
                       str problem)
{
    const struct visitor *v = visitor_of(rq);
    struct page_factor page = {
        .next = next_of(rq),
        .token = web_visit(rq)->token,
        .has_factor = v->has_factor,
        .needs_factor = web_session_needs_factor(v->session.actor.roles),
        .owed = v->state == WEB_SESSION_ENROL,
        .problem = problem,
    };
    struct buf b;

    TRY(visit_work(rq, S(""), AT_ACCOUNT, &page.work));
    answer_buf(rq, &b);
    page_factor_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

/* [WF3] */
static err get_factor(struct request *rq, struct response *rs)
{
    if (visitor_of(rq)->state == WEB_SESSION_CODE)
        return respond_redirect(rs, 303, S("/login/code"));
    return show_factor(rq, rs, 200, S(""));
}

static err say_wrong(struct request *rq, struct response *rs, err e)
{
    str problem;

    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_factor(rq, rs, answer_status(e), problem);
}

/* --- a new one [WF1] ------------------------------------------------------ */

/* "ABCD EFGH .." */
static err in_groups(struct arena *a, str text, str *out)
{
    struct buf b;

    buf_init(&b, a, 2 * text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_char(&b, ' ');
        buf_char(&b, text.p[i]);
    }
    return buf_done(&b, out);
}

static err send_new(struct request *rq, struct response *rs, int status,
                    struct page_factor_new *page)
{
    struct buf b;

    page->next = next_of(rq);
    page->token = web_visit(rq)->token;
    TRY(visit_work(rq, S(""), AT_ACCOUNT, &page->work));
    answer_buf(rq, &b);
    page_factor_new_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err post_factor(struct request *rq, struct response *rs)
{
    struct page_factor_new page = { .shown = true, .problem = S("") };
    struct door_secret secret;
    err e = door_factor_begin(web_app(rq), rq->arena, visitor_of(rq),
                              answer_field(rq, S("code")), &secret);

    if (failed(e))
        return say_wrong(rq, rs, e);
    page.address = secret.uri;
    TRY(in_groups(rq->arena, secret.text, &page.secret));
    TRY(square_draw(rq->arena, secret.uri, &page.picture));
    return send_new(rq, rs, 200, &page);
}

/* --- it counts [WF2] ------------------------------------------------------ */

static err show_codes(struct request *rq, struct response *rs,
                      const struct list *codes)
{
    struct page_factor_codes page = {
        .login = visitor_of(rq)->session.login,
        .next = next_of(rq),
        .codes_n = codes->n,
    };
    struct page_factor_codes_codes *rows =
        arena_array(rq->arena, codes->n, sizeof *rows);
    const str *code = codes->p;
    struct buf b;

    TRY_MEMORY(rows);
    for (size_t i = 0; i < codes->n; i++)
        rows[i].code = code[i];
    page.codes = rows;
    if (page.next.n == 0)
        page.next = S("/account?done=factor");
    TRY(visit_work(rq, S(""), AT_ACCOUNT, &page.work));
    answer_buf(rq, &b);
    page_factor_codes_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* The telephone has the secret already: the code is asked for again, not the
 * secret shown again. */
static err post_prove(struct request *rq, struct response *rs)
{
    struct page_factor_new page = { .shown = false };
    struct list codes;
    err e = door_factor_prove(web_app(rq), rq->arena, visitor_of(rq),
                              answer_field(rq, S("code")), &codes);

    if (!failed(e))
        return show_codes(rq, rs, &codes);
    if (err_is(e, ERR_NOT_FOUND) || !answer_is_theirs(e))
        return say_wrong(rq, rs, e);
    TRY(answer_words(rq, e, &page.problem));
    return send_new(rq, rs, answer_status(e), &page);
}

/* --- none any more -------------------------------------------------------- */

static err post_remove(struct request *rq, struct response *rs)
{
    err e = door_factor_remove(web_app(rq), rq->arena, visitor_of(rq),
                               answer_field(rq, S("code")));

    return failed(e) ? say_wrong(rq, rs, e)
                     : respond_redirect(rs, 303, S("/account?done=factor"));
}

static const struct route routes[] = {
    { METHOD_GET, "/account/factor", RIGHT_HALF, BODY_NONE, get_factor },
    { METHOD_POST, "/account/factor", RIGHT_HALF, BODY_FORM, post_factor },
    { METHOD_POST, "/account/factor/prove", RIGHT_HALF, BODY_FORM, post_prove },
    { METHOD_POST, "/account/factor/remove", RIGHT_IN, BODY_FORM, post_remove },
};

const struct route_table factor_routes = { routes, COUNT(routes) };
