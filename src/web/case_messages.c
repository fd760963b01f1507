/*
 * case_messages -- what the enterprise and the body wrote to each other in a
 * case, and writing there. [17065 7.12]
 *
 *   [MP1] Whoever may read the case reads all of it, oldest first; a page holds
 *         the newest, and goes on before a number.
 *   [MP2] Who may write, and when, the service says (domain/rights.h); whoever
 *         may not is told why.
 *   [MP3] A message is true of whatever the case has come to, so it is of no
 *         version; putting aside what waits is of the page that showed it.
 *   [MP4] Sent twice it is done once; what was refused is shown again.
 *   [MP5] Whoever looks at the newest has read all there is; the enterprise's
 *         own work counts what its person has not (service/messages_read.h).
 *   [MP6] What is begun is kept while one types, for its writer alone
 *         (service/drafts.h), and stands in the form when they come back.
 */

#include "base/size.h"
#include "codec/json.h"
#include "domain/events.h"
#include "domain/names.h"
#include "service/cases.h"
#include "service/drafts.h"
#include "service/messages_read.h"
#include "sys/entropy.h"
#include "web/case_page.h"
#include "web/saying.h"

enum { LINES_SHOWN = 50 };

static const char send_command[] = DRAFT_MESSAGE;
static const char settle_command[] = "message.settle";
static const char below[] = "/messages";

struct talking {
    struct case_view view;
    id send_id; /* of the command that each form gives */
    id settle_id;
    int64_t before; /* the number of an event [MP1] */
    int64_t version;
    bool settles; /* what was sent puts aside what waits */
    str text;     /* typed */
    str note;     /* likewise */
    str problem;
};

/* --- the conversation [MP1] ----------------------------------------------- */

static bool is_sent(const struct event *e)
{
    return strcmp(e->kind->name, "message.sent") == 0;
}

static bool is_line(const struct event *e)
{
    return is_sent(e) || strcmp(e->kind->name, "message.settled") == 0;
}

static err show_sent(const struct talking *t, const struct message *m,
                     struct page_case_messages_lines *line)
{
    int own = t->view.owner ? MESSAGE_OF_ENTERPRISE : MESSAGE_OF_BODY;

    line->own = m->side == own;
    line->text = m->text;
    return answer_id(t->view.rq, "message_side.",
                     str_of(message_side_names[m->side]), &line->side);
}

static err show_line(const struct talking *t, const struct event *e,
                     struct page_case_messages_lines *line)
{
    *line = (struct page_case_messages_lines){
        .who = case_view_name(&t->view, e->actor),
        .on = e->on,
        .settled = !is_sent(e),
    };
    TRY(case_view_time(&t->view, e->at, &line->time));
    if (is_sent(e))
        return show_sent(t, e->data, line);
    line->text = ((const struct message_settled *)e->data)->note;
    return OK;
}

/* Those before t->before, oldest first. */
static err gather(const struct talking *t, const struct event ***out, size_t *n,
                  bool *later)
{
    const struct event_list *all = &t->view.file.events;

    CASE_ROWS(&t->view, *out, all->n);
    *n = 0;
    *later = false;
    for (const struct event *e = all->first; e != NULL; e = e->next) {
        if (!is_line(e))
            continue;
        if (e->n < t->before)
            (*out)[(*n)++] = e;
        else
            *later = true;
    }
    return OK;
}

static err show_lines(const struct talking *t, struct page_case_messages *page)
{
    const struct event **found = NULL;
    struct page_case_messages_lines *lines;
    size_t n = 0;
    size_t from;

    TRY(gather(t, &found, &n, &page->later));
    from = n > LINES_SHOWN ? n - LINES_SHOWN : 0;
    CASE_ROWS(&t->view, lines, n - from);
    for (size_t i = from; i < n; i++)
        TRY(show_line(t, found[i], &lines[i - from]));
    page->lines = lines;
    page->lines_n = n - from;
    page->earlier = from > 0;
    page->first = n > 0 ? found[from]->n : 0;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static err show_form(const struct talking *t, struct page_case_messages *page)
{
    struct request *rq = t->view.rq;

    /* [MP2] */
    TRY(case_view_ask(&t->view, send_command, &page->may, &page->why_not));
    TRY(case_view_ask(&t->view, settle_command, &page->may_settle, NULL));
    TRY(command_form_text(rq, t->send_id, &page->command_id));
    TRY(command_form_text(rq, t->settle_id, &page->settle_id));
    return case_view_address(&t->view, below, &page->way);
}

static err show(const struct talking *t, struct response *rs, int status)
{
    struct request *rq = t->view.rq;
    const struct message_state *m = &t->view.file.state->messages;
    struct page_case_messages page = {
        .number = t->view.file.number,
        .waits = m->waits > 0 && !t->view.owner &&
                 t->view.file.state->stage != STAGE_ENDED,
        .waits_since = m->since,
        .token = web_visit(rq)->token,
        .version = t->version,
        .text = t->text,
        .note = t->note,
        .problem = t->problem,
    };
    struct buf b;

    TRY(case_view_head(&t->view, TAB_MESSAGES, &page.head));
    TRY(show_lines(t, &page));
    TRY(show_form(t, &page));
    TRY(visit_work(rq, t->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_messages_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err begin(struct request *rq, struct talking *t)
{
    struct entropy *entropy = app_world_of(web_app(rq))->entropy;

    *t = (struct talking){ .before = INT64_MAX };
    TRY(case_view_open(rq, &t->view));
    t->version = t->view.file.state->version;
    TRY(entropy_id(entropy, &t->send_id));
    return entropy_id(entropy, &t->settle_id);
}

/* --- what is begun [MP6] -------------------------------------------------- */

static struct draft_of draft_of(const struct talking *t)
{
    return (struct draft_of){ t->view.who, &t->view.file, send_command,
                              t->view.today };
}

static err read_draft(struct talking *t)
{
    const struct draft_of of = draft_of(t);

    return draft_read(web_app(t->view.rq), t->view.rq->arena, &of, &t->text);
}

/* A script sends what is typed; there is nothing to show. */
static err keep_draft(struct talking *t, struct response *rs)
{
    const struct draft_of of = draft_of(t);

    TRY(draft_write(web_app(t->view.rq), t->view.rq->arena, &of, t->text));
    rs->status = 204;
    return OK;
}

static err get_messages(struct request *rq, struct response *rs)
{
    struct talking t;

    TRY(begin(rq, &t));
    TRY(read_draft(&t));
    /* [MP5] */
    if (asked_number(rq, "before", 1, INT32_MAX, &t.before) != ASKED_NUMBER)
        TRY(messages_are_read(web_app(rq), rq->arena, t.view.who,
                              &t.view.file));
    return show(&t, rs, 200);
}

/* --- writing -------------------------------------------------------------- */

static err read_own(struct request *rq, struct talking *t)
{
    struct command_form sent;

    t->settles = str_eq(answer_field(rq, S("act")), S("settle"));
    TRY(command_form_read(rq, &sent));
    t->version = sent.version;
    if (t->settles)
        t->settle_id = sent.id;
    else
        t->send_id = sent.id;
    TRY(answer_lines(rq->arena, answer_field(rq, S("text")), &t->text));
    return answer_lines(rq->arena, answer_field(rq, S("note")), &t->note);
}

static err data_of(const struct talking *t, struct json **out)
{
    struct arena *a = t->view.rq->arena;
    struct json *data = json_new_object(a);

    TRY_MEMORY(data);
    if (!t->settles)
        json_set(data, S("text"), json_new_str(a, t->text));
    else if (t->note.n > 0)
        json_set(data, S("note"), json_new_str(a, t->note));
    TRY_MEMORY(!data->broken);
    *out = data;
    return OK;
}

/* [MP3] */
static err carry_out(const struct talking *t)
{
    struct request *rq = t->view.rq;
    struct json *data = NULL;
    struct case_answer unused;

    const struct command_form form = {
        .id = t->settles ? t->settle_id : t->send_id,
        .version = t->settles ? t->version : -1,
    };

    TRY(data_of(t, &data));
    const struct case_order order =
        case_view_order(&t->view, &form,
                        t->settles ? settle_command : send_command, data);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

static err post_messages(struct request *rq, struct response *rs)
{
    struct talking t;

    TRY(begin(rq, &t));
    TRY(read_own(rq, &t));
    if (answer_field(rq, S("quiet")).n > 0 && !t.settles)
        return keep_draft(&t, rs);
    err e = carry_out(&t);
    if (!failed(e))
        return case_view_go(&t.view, below, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &t.problem));
    t.version = t.view.file.state->version;
    return show(&t, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/messages", RIGHT_IN, BODY_NONE,
      get_messages },
    { METHOD_POST, "/cases/{number}/messages", RIGHT_IN, BODY_FORM,
      post_messages },
};

const struct route_table case_message_routes = { routes, COUNT(routes) };
