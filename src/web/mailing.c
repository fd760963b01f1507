/*
 * mailing -- by which server the body sends its mails, a letter to try it, and
 * what became of the newest (service/mail_settings.h, service/outbox.h).
 *
 *   [WM1] The password is never shown; left empty it stays as it was, as long
 *         as server and user do.
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/form.h"
#include "service/outbox.h"
#include "web/answer.h"
#include "web/persons.h"

enum { MAILS_SHOWN = 20, WHY_MOST = 2000 };

static const struct session *session_of(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

/* --- the newest mails ----------------------------------------------------- */

static const char *const state_ids[] = {
    [MAIL_WAITING] = "mail_state.waiting",
    [MAIL_SENT] = "mail_state.sent",
    [MAIL_GIVEN_UP] = "mail_state.given_up",
};

static err show_why(struct request *rq, const struct mail_row *r, str *out)
{
    const struct err_arg args[] = { ARG_INT("status", r->status), { 0 } };
    const char *sentence;
    struct buf b;

    TRY(answer_id(rq, "mail_fault.", str_of(outbox_fault_names[r->trouble]),
                  &sentence));
    buf_init(&b, rq->arena, WHY_MOST);
    text_render(&b, web_lang(rq), sentence, args);
    return buf_done(&b, out);
}

static err show_mail(struct request *rq, const struct outbox_line *l,
                     struct page_mail_mails *out)
{
    *out = (struct page_mail_mails){
        .to = l->to,
        .state = state_ids[l->row.state],
        .wrong = l->row.trouble != FAULT_NONE,
    };
    TRY(persons_moment(rq, l->row.made, &out->at));
    TRY(show_why(rq, &l->row, &out->why));
    return answer_id(rq, "mail_kind.", l->row.kind, &out->kind);
}

static err show_mails(struct request *rq, struct page_mail *page)
{
    struct page_mail_mails *rows;
    struct list lines;

    TRY(outbox_waiting(web_app(rq), rq->arena, &page->waiting));
    TRY(outbox_list(web_app(rq), rq->arena, session_of(rq), &lines));
    page->mails_n = lines.n > MAILS_SHOWN ? MAILS_SHOWN : lines.n;
    rows = arena_array(rq->arena, page->mails_n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < page->mails_n; i++)
        TRY(show_mail(rq, (const struct outbox_line *)lines.p + i, &rows[i]));
    page->mails = rows;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static const char *done_of(const struct request *rq)
{
    str word = S("");

    (void)form_get(&rq->query, S("done"), &word);
    if (str_eq(word, S("set")))
        return "mailing.done";
    return str_eq(word, S("test")) ? "mailing.tested" : NULL;
}

/* [WM1] What holds, or what was typed in its place. */
static err show_settings(struct request *rq, const struct mail_settings *typed,
                         struct page_mail *page)
{
    struct mail_settings s = { 0 };
    err e = mail_settings_show(web_app(rq), rq->arena, session_of(rq), &s);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    page->known = !failed(e);
    if (typed != NULL)
        s = *typed;
    page->server = s.server.address;
    page->from = s.from;
    page->user = s.server.user;
    page->authority = s.server.authority;
    return OK;
}

static err show_page(struct request *rq, struct response *rs, int status,
                     struct page_mail *page)
{
    struct buf b;

    page->tabs.at_mail = true;
    page->token = web_visit(rq)->token;
    page->done = done_of(rq);
    page->to = answer_field(rq, S("to"));
    TRY(show_mails(rq, page));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page->work));
    answer_buf(rq, &b);
    page_mail_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_mail(struct request *rq, struct response *rs)
{
    struct page_mail page = { .problem = S("") };

    TRY(show_settings(rq, NULL, &page));
    return show_page(rq, rs, 200, &page);
}

static err say_wrong(struct request *rq, struct response *rs, err e,
                     const struct mail_settings *typed)
{
    struct page_mail page = { .problem = S("") };

    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &page.problem));
    TRY(show_settings(rq, typed, &page));
    return show_page(rq, rs, answer_status(e), &page);
}

static err post_mail(struct request *rq, struct response *rs)
{
    const struct mail_settings s = {
        .server = { .address = answer_field(rq, S("server")),
                    .user = answer_field(rq, S("user")),
                    .password = answer_secret(rq, S("password")),
                    .authority = answer_field(rq, S("authority")) },
        .from = answer_field(rq, S("from")),
    };
    err e = mail_settings_change(web_app(rq), rq->arena, session_of(rq), &s);

    return failed(e) ? say_wrong(rq, rs, e, &s)
                     : respond_redirect(rs, 303, S("/settings/mail?done=set"));
}

static err post_test(struct request *rq, struct response *rs)
{
    err e = outbox_test_later(web_app(rq), rq->arena, session_of(rq),
                              web_lang(rq), answer_field(rq, S("to")));

    return failed(e) ? say_wrong(rq, rs, e, NULL)
                     : respond_redirect(rs, 303, S("/settings/mail?done=test"));
}

static const struct route routes[] = {
    { METHOD_GET, "/settings/mail", RIGHT_ADMIN, BODY_NONE, get_mail },
    { METHOD_POST, "/settings/mail", RIGHT_ADMIN, BODY_FORM, post_mail },
    { METHOD_POST, "/settings/mail/test", RIGHT_ADMIN, BODY_FORM, post_test },
};

const struct route_table mailing_routes = { routes, COUNT(routes) };
