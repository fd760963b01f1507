/* invite -- an administrator says what somebody will be, and gets a ticket for
 * them (service/accounts.h [AC1]); people.c [WP2]. */

#include "web/invite.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/actor.h"
#include "web/answer.h"
#include "web/persons.h"

enum { ROLES_MOST = 400, ADDRESS_MOST = 2000 };

/* --- a ticket that was made ----------------------------------------------- */

static err address_of(struct request *rq, str path, str *out)
{
    const struct posting post = persons_posting(rq);
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, post.url);
    buf_str(&b, path);
    return buf_done(&b, out);
}

err invite_show_ticket(struct request *rq, struct response *rs,
                       const struct ticket_letter *letter)
{
    struct page_ticket page = {
        .invited = letter->kind == TICKET_INVITE,
        .posted = letter->posted,
        .mail = letter->to,
        .login = letter->login,
        .address = S(""),
    };
    struct buf b;

    if (!letter->posted)
        TRY(address_of(rq, letter->path, &page.address));
    TRY(persons_moment(rq, letter->ends, &page.ends));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page.work));
    answer_buf(rq, &b);
    page_ticket_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- the form ------------------------------------------------------------- */

static bool is_ticked(const struct request *rq, str role)
{
    for (size_t i = 0; i < rq->form.n; i++) {
        if (str_eq(rq->form.at[i].name, S("role")) &&
            str_eq(rq->form.at[i].value, role))
            return true;
    }
    return false;
}

/* Applicants are an enterprise's, said by its code. */
static err show_roles(struct request *rq, struct page_invite *page)
{
    struct page_invite_roles *rows =
        arena_array(rq->arena, ROLE_COUNT, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t r = 0; r < ROLE_COUNT; r++) {
        str name = str_of(role_names[r]);

        if (r == ROLE_APPLICANT)
            continue;
        struct page_invite_roles *row = &rows[page->roles_n++];
        *row = (struct page_invite_roles){
            .name = name,
            .checked = is_ticked(rq, name),
            .factor = web_session_needs_factor(ROLE_BIT(r)),
        };
        TRY(answer_id(rq, "role.", name, &row->word));
    }
    page->roles = rows;
    return OK;
}

static err show_invite(struct request *rq, struct response *rs, int status,
                       str problem)
{
    struct page_invite page = {
        .tabs = { .at_invite = true },
        .token = web_visit(rq)->token,
        .problem = problem,
        .uscc = answer_field(rq, S("uscc")),
        .until = answer_field(rq, S("until")),
        .mail = answer_field(rq, S("mail")),
    };
    struct buf b;

    TRY(accounts_can_post(web_app(rq), rq->arena, &page.mails));
    TRY(show_roles(rq, &page));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page.work));
    answer_buf(rq, &b);
    page_invite_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_invite(struct request *rq, struct response *rs)
{
    return show_invite(rq, rs, 200, S(""));
}

/* "auditor,planner" of the boxes that were ticked, as they came. */
static err ticked_roles(const struct request *rq, str *out)
{
    struct buf b;
    bool any = false;

    buf_init(&b, rq->arena, ROLES_MOST);
    for (size_t i = 0; i < rq->form.n; i++) {
        if (!str_eq(rq->form.at[i].name, S("role")))
            continue;
        if (any)
            buf_char(&b, ',');
        buf_str(&b, rq->form.at[i].value);
        any = true;
    }
    return buf_done(&b, out);
}

static err invite(struct request *rq, struct ticket_letter *out)
{
    const struct posting post = persons_posting(rq);
    struct invitation_wish wish = {
        .mail = answer_field(rq, S("mail")),
        .uscc = answer_field(rq, S("uscc")),
        .until = DAY_NEVER,
    };
    str until = answer_field(rq, S("until"));

    TRY(ticked_roles(rq, &wish.roles));
    if (until.n > 0)
        TRY(persons_day(rq, until, &wish.until));
    return accounts_invite(web_app(rq), rq->arena, &web_visit(rq)->who.session,
                           &wish, &post, out);
}

static err post_invite(struct request *rq, struct response *rs)
{
    struct ticket_letter letter;
    str problem;
    err e = invite(rq, &letter);

    if (!failed(e))
        return invite_show_ticket(rq, rs, &letter);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &problem));
    return show_invite(rq, rs, answer_status(e), problem);
}

static const struct route routes[] = {
    { METHOD_GET, "/invite", RIGHT_ADMIN, BODY_NONE, get_invite },
    { METHOD_POST, "/invite", RIGHT_ADMIN, BODY_FORM, post_invite },
};

const struct route_table invite_routes = { routes, COUNT(routes) };
