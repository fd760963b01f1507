/*
 * webhooks -- who is called when something happens to a certificate, for their
 * owners. (service/hooks.h)
 *
 *   [WK1] The secret is shown in the answer that made it and in no other.
 *   [WK2] What was done is said on the page that is led to, by a word of ours
 *         in its address, never by what was typed.
 */

#include "base/arena.h"
#include "base/size.h"
#include "codec/idcode.h"
#include "service/hooks.h"
#include "web/answer.h"
#include "web/done.h"
#include "web/persons.h"

enum { WORDS_MAX = 2000 };

/* [WK2] */
static const struct done_word done_words[] = {
    { "try", "webhooks.done_try" },
    { "resume", "webhooks.done_resume" },
    { "end", "webhooks.done_end" },
};

static const struct session *who_of(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

/* --- the list ------------------------------------------------------------- */

static const char *fault_id(int32_t fault)
{
    static const char *const ids[] = {
        [HOOK_FINE] = "hook_fault.none",
        [HOOK_UNREACHED] = "hook_fault.unreached",
        [HOOK_SLOW] = "hook_fault.slow",
        [HOOK_UNSAFE] = "hook_fault.unsafe",
        [HOOK_PRIVATE] = "hook_fault.private",
        [HOOK_ANSWERED] = "hook_fault.answered",
        [HOOK_BROKEN] = "hook_fault.broken",
        [HOOK_LEFT] = "hook_fault.left",
    };

    return fault >= 0 && (size_t)fault < COUNT(ids) ? ids[fault]
                                                    : ids[HOOK_BROKEN];
}

static const char *state_id(const struct hook_row *row)
{
    if (row->stopped)
        return "hook_state.stopped";
    return row->failing > 0 ? "hook_state.failing" : "hook_state.well";
}

/* What the last message was and ran into, if there was one. */
static err show_last(struct request *rq, const struct hook_call_row *last,
                     struct page_webhooks_hooks *out)
{
    const struct err_arg args[] = { ARG_INT("status", last->status), { 0 } };
    struct buf b;

    if (last->place == 0)
        return OK;
    TRY(persons_moment(rq, last->taken != 0 ? last->taken : last->made,
                       &out->last));
    if (last->trouble == HOOK_FINE)
        return OK;
    buf_init(&b, rq->arena, WORDS_MAX);
    text_render(&b, web_lang(rq), fault_id(last->trouble), args);
    return buf_done(&b, &out->why);
}

static err show_hooks(struct request *rq, struct page_webhooks *page)
{
    const struct hooks_of of = { who_of(rq), S("") };
    struct page_webhooks_hooks *rows;
    struct list lines;

    TRY(hooks_list(web_app(rq), rq->arena, &of, &lines));
    rows = arena_array(rq->arena, lines.n, sizeof *rows);
    TRY_MEMORY(rows);
    const struct hook_line *l = lines.p;
    for (size_t i = 0; i < lines.n; i++) {
        rows[i] = (struct page_webhooks_hooks){
            .number = l[i].row.number,
            .about = l[i].number.n > 0 ? l[i].number : l[i].uscc,
            .address = l[i].address,
            .state = state_id(&l[i].row),
            .wrong = l[i].row.stopped || l[i].row.failing > 0,
            .stopped = l[i].row.stopped,
            .waiting = l[i].waiting,
        };
        TRY(show_last(rq, &l[i].last, &rows[i]));
    }
    page->hooks = rows;
    page->hooks_n = lines.n;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

/* An enterprise's own code stands there to begin with. */
static err suggest(struct request *rq, struct page_webhooks *page)
{
    const struct session *who = who_of(rq);
    struct person_line p;

    TRY(people_one(web_app(rq), rq->arena, who, who->login, &p));
    page->about = p.uscc;
    return OK;
}

static err show(struct request *rq, struct response *rs, int status,
                struct page_webhooks *page)
{
    struct buf b;

    page->token = web_visit(rq)->token;
    TRY(show_hooks(rq, page));
    TRY(visit_work(rq, S(""), AT_ACCOUNT, &page->work));
    answer_buf(rq, &b);
    page_webhooks_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_webhooks(struct request *rq, struct response *rs)
{
    struct page_webhooks page = { .done = done_said(rq, done_words,
                                                    COUNT(done_words)) };

    TRY(suggest(rq, &page));
    return show(rq, rs, 200, &page);
}

/* A code has a form that no certificate number has. */
static void sort_out(str about, struct hook_order *order)
{
    struct idcode code;

    idcode_check(about, &code);
    if (code.kind == IDCODE_USCC)
        order->uscc = about;
    else
        order->number = about;
}

static err post_webhook(struct request *rq, struct response *rs)
{
    struct page_webhooks page = { .address = answer_field(rq, S("address")),
                                  .about = answer_field(rq, S("about")) };
    struct hook_order order = { .who = who_of(rq), .address = page.address };

    sort_out(page.about, &order);
    err e = hook_make(web_app(rq), rq->arena, &order, &page.made, &page.secret);
    if (failed(e) && !answer_is_theirs(e))
        return e;
    if (failed(e)) {
        TRY(answer_words(rq, e, &page.problem));
        return show(rq, rs, answer_status(e), &page);
    }
    page.address = S("");
    page.about = S("");
    return show(rq, rs, 200, &page);
}

/* --- acts ----------------------------------------------------------------- */

typedef err hook_act(struct app *app, struct arena *a,
                     const struct hooks_of *of, int64_t number);

static err act(struct request *rq, struct response *rs, hook_act *what, str to)
{
    const struct hooks_of of = { who_of(rq), S("") };

    TRY(what(web_app(rq), rq->arena, &of, persons_number(rq)));
    return respond_redirect(rs, 303, to);
}

static err post_try(struct request *rq, struct response *rs)
{
    return act(rq, rs, hook_try_later, S("/account/webhooks?done=try"));
}

static err post_resume(struct request *rq, struct response *rs)
{
    return act(rq, rs, hook_resume, S("/account/webhooks?done=resume"));
}

static err post_end(struct request *rq, struct response *rs)
{
    return act(rq, rs, hook_end, S("/account/webhooks?done=end"));
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/account/webhooks", RIGHT_IN, BODY_NONE, get_webhooks },
    { METHOD_POST, "/account/webhooks", RIGHT_IN, BODY_FORM, post_webhook },
    { METHOD_POST, "/account/webhooks/{number}/try", RIGHT_IN, BODY_FORM, post_try },
    { METHOD_POST, "/account/webhooks/{number}/resume", RIGHT_IN, BODY_FORM, post_resume },
    { METHOD_POST, "/account/webhooks/{number}/end", RIGHT_IN, BODY_FORM, post_end },
};
/* clang-format on */

const struct route_table webhook_routes = { routes, COUNT(routes) };
