/*
 * arrive -- how people come to be people of this body, and get back in, by what
 * a letter brings (service/accounts.h).
 *
 *   [WV1] Whoever asks is led to the same page whatever there is [AC3]; only
 *         what they typed wrong is said.
 *   [WV2] A ticket stands in addresses of its own page and nowhere else: not
 *         in a log (http/http.h [HT5]), nor in an address that others
 *         are told (Referrer-Policy).
 *   [WV3] Where no server sends mails nobody is asked for anything in vain: the
 *         page says who can help.
 */

#include "base/size.h"
#include "service/accounts.h"
#include "service/body_contact.h"
#include "web/answer.h"
#include "web/persons.h"

/* --- pages that only say something ---------------------------------------- */

struct saying {
    const char *word; /* in its address; NULL: it has none */
    const char *heading;
    const char *text;
    bool login;
    bool forgot;
    bool contact; /* whom to ask, then */
};

static err tell_contact(struct request *rq, struct page_said *page)
{
    struct body_contact c;

    TRY(body_contact_get(web_app(rq), rq->arena, &c));
    page->contact = true;
    page->phone = c.phone;
    page->mail = c.mail;
    return OK;
}

static err say(struct request *rq, struct response *rs, int status,
               const struct saying *s)
{
    struct page_said page = {
        .heading = s->heading,
        .text = s->text,
        .login = s->login,
        .forgot = s->forgot,
    };
    struct buf b;

    if (s->contact)
        TRY(tell_contact(rq, &page));
    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_said_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

/* What is over, used, or never was one. [AC2] */
static err say_no_ticket(struct request *rq, struct response *rs)
{
    static const struct saying no_ticket = {
        .heading = "arrive.no_ticket",
        .text = "arrive.no_ticket_text",
        .login = true,
        .forgot = true,
        .contact = true,
    };

    return say(rq, rs, 404, &no_ticket);
}

/* [WV3] */
static err say_no_mail(struct request *rq, struct response *rs, int status,
                       const char *text)
{
    const struct saying no_mail = { .heading = "arrive.no_mail",
                                    .text = text,
                                    .contact = true };

    return say(rq, rs, status, &no_mail);
}

/* Where a form leads that was taken. [WV1] */
static const struct saying sayings[] = {
    { "registered", "register.sent", "register.sent_text", false, false,
      false },
    { "asked", "forgot.sent", "forgot.sent_text", false, false, false },
    { "account", "arrive.done", "arrive.done_text", true, false, false },
    { "password", "reset.done", "reset.done_text", true, false, false },
};

static err get_arrived(struct request *rq, struct response *rs)
{
    str word = request_parameter(rq, S("word"));

    for (size_t i = 0; i < COUNT(sayings); i++) {
        if (str_eq(word, str_of(sayings[i].word)))
            return say(rq, rs, 200, &sayings[i]);
    }
    return err_new(rq->arena, ERR_NOT_FOUND, "http.no_address");
}

/* --- registering an enterprise -------------------------------------------- */

static err show_register(struct request *rq, struct response *rs, int status,
                         str problem)
{
    struct page_register page = {
        .problem = problem,
        .token = web_visit(rq)->token,
        .uscc = answer_field(rq, S("uscc")),
        .name = answer_field(rq, S("name")),
        .name_en = answer_field(rq, S("name_en")),
        .registered = answer_field(rq, S("registered")),
        .province = answer_field(rq, S("province")),
        .city = answer_field(rq, S("city")),
        .address = answer_field(rq, S("address")),
        .scope = answer_field(rq, S("scope")),
        .contact = answer_field(rq, S("contact")),
        .phone = answer_field(rq, S("phone")),
        .mail = answer_field(rq, S("mail")),
    };
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_register_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_register(struct request *rq, struct response *rs)
{
    bool can;

    TRY(accounts_can_post(web_app(rq), rq->arena, &can));
    return can ? show_register(rq, rs, 200, S(""))
               : say_no_mail(rq, rs, 200, "register.no_mail");
}

static err read_registration(const struct request *rq, struct registration *out)
{
    str registered = answer_field(rq, S("registered"));

    *out = (struct registration){
        .mail = answer_field(rq, S("mail")),
        .uscc = answer_field(rq, S("uscc")),
        .name = answer_field(rq, S("name")),
        .name_en = answer_field(rq, S("name_en")),
        .province = answer_field(rq, S("province")),
        .city = answer_field(rq, S("city")),
        .address = answer_field(rq, S("address")),
        .scope = answer_field(rq, S("scope")),
        .contact_name = answer_field(rq, S("contact")),
        .contact_phone = answer_field(rq, S("phone")),
    };
    return persons_day(rq, registered, &out->registered);
}

static err take_registration(struct request *rq)
{
    const struct door_origin from = visit_origin(rq);
    const struct posting post = persons_posting(rq);
    struct registration wish;
    struct ticket_letter letter;

    TRY(read_registration(rq, &wish));
    return accounts_register(web_app(rq), rq->arena, &wish, &from, &post,
                             &letter);
}

static err post_register(struct request *rq, struct response *rs)
{
    str problem;
    bool can;

    TRY(accounts_can_post(web_app(rq), rq->arena, &can));
    if (!can)
        return say_no_mail(rq, rs, 422, "register.no_mail");
    err e = take_registration(rq);
    if (!failed(e))
        return respond_redirect(rs, 303, S("/arrived/registered"));
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_register(rq, rs, answer_status(e), problem);
}

/* --- coming with a ticket ------------------------------------------------- */

static str ticket_of(const struct request *rq)
{
    return request_parameter(rq, S("ticket"));
}

static err show_arrive(struct request *rq, struct response *rs, int status,
                       enum ticket_kind kind, str problem)
{
    struct page_arrive page = {
        .invited = kind == TICKET_INVITE,
        .ticket = ticket_of(rq),
        .token = web_visit(rq)->token,
        .problem = problem,
        .fields = { answer_field(rq, S("login")), answer_field(rq, S("name")) },
    };
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_arrive_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_arrive(struct request *rq, struct response *rs,
                      enum ticket_kind kind)
{
    err e = accounts_look(web_app(rq), rq->arena, kind, ticket_of(rq));

    if (err_is(e, ERR_NOT_FOUND))
        return say_no_ticket(rq, rs);
    TRY(e);
    return show_arrive(rq, rs, 200, kind, S(""));
}

typedef err arriving(struct app *app, struct arena *a, str ticket,
                     const struct arrival *who, id *out);

static err post_arrive(struct request *rq, struct response *rs,
                       enum ticket_kind kind, arriving *arrive)
{
    const struct arrival who = { answer_field(rq, S("login")),
                                 answer_field(rq, S("name")),
                                 answer_secret(rq, S("password")) };
    str problem;
    id made;
    err e = arrive(web_app(rq), rq->arena, ticket_of(rq), &who, &made);

    if (!failed(e))
        return respond_redirect(rs, 303, S("/arrived/account"));
    if (err_is(e, ERR_NOT_FOUND))
        return say_no_ticket(rq, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_arrive(rq, rs, answer_status(e), kind, problem);
}

static err get_invitation(struct request *rq, struct response *rs)
{
    return get_arrive(rq, rs, TICKET_INVITE);
}

static err post_invitation(struct request *rq, struct response *rs)
{
    return post_arrive(rq, rs, TICKET_INVITE, accounts_accept);
}

static err get_registration(struct request *rq, struct response *rs)
{
    return get_arrive(rq, rs, TICKET_REGISTER);
}

static err post_registration(struct request *rq, struct response *rs)
{
    return post_arrive(rq, rs, TICKET_REGISTER, accounts_confirm);
}

/* --- a new password ------------------------------------------------------- */

static err show_forgot(struct request *rq, struct response *rs, int status,
                       str problem)
{
    struct page_forgot page = {
        .token = web_visit(rq)->token,
        .login = answer_field(rq, S("login")),
        .problem = problem,
    };
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_forgot_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_forgot(struct request *rq, struct response *rs)
{
    bool can;

    TRY(accounts_can_post(web_app(rq), rq->arena, &can));
    return can ? show_forgot(rq, rs, 200, S(""))
               : say_no_mail(rq, rs, 200, "forgot.no_mail");
}

static err ask_reset(struct request *rq)
{
    const struct door_origin from = visit_origin(rq);
    const struct posting post = persons_posting(rq);
    struct ticket_letter letter;

    return accounts_ask_reset(web_app(rq), rq->arena,
                              answer_field(rq, S("login")), &from, &post,
                              &letter);
}

static err post_forgot(struct request *rq, struct response *rs)
{
    str problem;
    bool can;

    TRY(accounts_can_post(web_app(rq), rq->arena, &can));
    if (!can)
        return say_no_mail(rq, rs, 422, "forgot.no_mail");
    err e = ask_reset(rq);
    if (!failed(e))
        return respond_redirect(rs, 303, S("/arrived/asked"));
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_forgot(rq, rs, answer_status(e), problem);
}

static err show_reset(struct request *rq, struct response *rs, int status,
                      str problem)
{
    struct page_reset page = {
        .token = web_visit(rq)->token,
        .ticket = ticket_of(rq),
        .problem = problem,
    };
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    answer_buf(rq, &b);
    page_reset_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_reset(struct request *rq, struct response *rs)
{
    err e = accounts_look(web_app(rq), rq->arena, TICKET_RESET, ticket_of(rq));

    if (err_is(e, ERR_NOT_FOUND))
        return say_no_ticket(rq, rs);
    TRY(e);
    return show_reset(rq, rs, 200, S(""));
}

static err post_reset(struct request *rq, struct response *rs)
{
    str problem;
    err e = accounts_reset(web_app(rq), rq->arena, ticket_of(rq),
                           answer_secret(rq, S("password")));

    if (!failed(e))
        return respond_redirect(rs, 303, S("/arrived/password"));
    if (err_is(e, ERR_NOT_FOUND))
        return say_no_ticket(rq, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_reset(rq, rs, answer_status(e), problem);
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/register", RIGHT_ANYONE, BODY_NONE, get_register },
    { METHOD_POST, "/register", RIGHT_ANYONE, BODY_FORM, post_register },
    { METHOD_GET, "/registration/{ticket}", RIGHT_ANYONE, BODY_NONE, get_registration },
    { METHOD_POST, "/registration/{ticket}", RIGHT_ANYONE, BODY_FORM, post_registration },
    { METHOD_GET, "/invitation/{ticket}", RIGHT_ANYONE, BODY_NONE, get_invitation },
    { METHOD_POST, "/invitation/{ticket}", RIGHT_ANYONE, BODY_FORM, post_invitation },
    { METHOD_GET, "/forgot", RIGHT_ANYONE, BODY_NONE, get_forgot },
    { METHOD_POST, "/forgot", RIGHT_ANYONE, BODY_FORM, post_forgot },
    { METHOD_GET, "/reset/{ticket}", RIGHT_ANYONE, BODY_NONE, get_reset },
    { METHOD_POST, "/reset/{ticket}", RIGHT_ANYONE, BODY_FORM, post_reset },
    { METHOD_GET, "/arrived/{word}", RIGHT_ANYONE, BODY_NONE, get_arrived },
};
/* clang-format on */

const struct route_table arrive_routes = { routes, COUNT(routes) };
