/*
 * trail -- what happened at the door, for administrators (service/people.h
 * [PP3]).
 *
 *   [WT1] The newest first; it goes on before an entry's number.
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/form.h"
#include "web/answer.h"
#include "web/persons.h"

enum { TRAIL_SHOWN = 50, WORDS_MOST = 400 };

static const char *channel_of(str channel)
{
    if (str_eq(channel, S("web")))
        return "trail.web";
    return str_eq(channel, S("cli")) ? "trail.cli" : "trail.other";
}

static err show_line(struct request *rq, const struct trail_line *l,
                     struct page_trail_lines *out)
{
    struct buf b;

    *out = (struct page_trail_lines){
        .login = l->login,
        .actor = l->actor,
        .channel = channel_of(l->channel),
    };
    TRY(persons_moment(rq, l->at, &out->at));
    buf_init(&b, rq->arena, WORDS_MOST);
    text_choice(&b, web_lang(rq), "passage.", str_of(passage_names[l->what]));
    return buf_done(&b, &out->what);
}

static err show_lines(struct request *rq, const struct list *found,
                      struct page_trail *page)
{
    const struct trail_line *l = found->p;
    size_t n = found->n > TRAIL_SHOWN ? TRAIL_SHOWN : found->n;
    struct page_trail_lines *rows = arena_array(rq->arena, n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++)
        TRY(show_line(rq, &l[i], &rows[i]));
    page->lines = rows;
    page->lines_n = n;
    page->further = found->n > TRAIL_SHOWN;
    page->last = n > 0 ? l[n - 1].id : 0;
    return OK;
}

/* [WT1] What is no number begins at the newest. */
static struct trail_wish wish_of(const struct request *rq)
{
    struct trail_wish wish = { S(""), INT64_MAX, TRAIL_SHOWN + 1 };
    str before = S("");

    (void)form_get(&rq->query, S("of"), &wish.login);
    wish.login = str_trim(wish.login);
    if (form_get(&rq->query, S("before"), &before) &&
        persons_read_number(before) > 0)
        wish.before = persons_read_number(before);
    return wish;
}

static err get_trail(struct request *rq, struct response *rs)
{
    const struct trail_wish wish = wish_of(rq);
    struct page_trail page = { .tabs = { .at_trail = true }, .of = wish.login };
    struct list found = { 0 };
    struct buf b;
    err e = people_trail(web_app(rq), rq->arena, &web_visit(rq)->who.session,
                         &wish, &found);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND)) /* of nobody there is none */
        return e;
    TRY(show_lines(rq, &found, &page));
    TRY(visit_work(rq, S(""), AT_PEOPLE, &page.work));
    answer_buf(rq, &b);
    page_trail_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/trail", RIGHT_ADMIN, BODY_NONE, get_trail },
};

const struct route_table trail_routes = { routes, COUNT(routes) };
