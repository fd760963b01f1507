#include "web/case_onsite.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "page/asset.h"
#include "service/case_acts.h"
#include "web/case_risk.h"
#include "web/saying.h"

static const char command[] = "finding.record";

/* Names that are the page's. */
static const char *const own[] = { "token", "command-id", "version", "seen",
                                   NULL };

/* A service worker asks this server and nobody else; it may do nothing else. */
static const struct policy policy_worker = {
    .content = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    .referrer = "no-referrer",
    .resource = "same-origin",
};

/* --- the site and the group ----------------------------------------------- */

static err no_group(struct request *rq, str group)
{
    return err_new(rq->arena, ERR_NOT_FOUND, "onsite.no_group",
                   ARG_STR("group", str_first(group, 40)));
}

/* A root of the tree by its number. */
static err find_group(struct request *rq, struct onsite *o)
{
    const struct scheme *s = o->view.file.state->scheme;
    str wanted = request_parameter(rq, S("group"));

    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].parent < 0 &&
            str_eq(s->indicators[i].id, wanted)) {
            o->group = (int32_t)i;
            return OK;
        }
    }
    return no_group(rq, wanted);
}

/* The site that was asked for, else the first that is visited. */
static void choose_site(struct request *rq, struct onsite *o)
{
    str asked = S("");

    (void)form_get(&rq->query, S("site"), &asked);
    o->site = o->lists.count > 0 ? o->lists.lists[0].site->name : S("");
    for (size_t i = 0; i < o->lists.count; i++) {
        if (str_eq(o->lists.lists[i].site->name, asked))
            o->site = asked;
    }
}

static bool is_in_group(const struct onsite *o, int32_t leaf)
{
    const struct scheme *s = o->view.file.state->scheme;
    int32_t at = s->leaves[leaf];

    while (s->indicators[at].parent >= 0)
        at = s->indicators[at].parent;
    return at == o->group;
}

static err gather_leaves(struct request *rq, struct onsite *o)
{
    size_t n = o->view.file.state->scheme->leaf_count;

    TRY_MEMORY(o->modes = arena_array(rq->arena, n, sizeof *o->modes));
    TRY_MEMORY(o->here = arena_array(rq->arena, n, sizeof *o->here));
    for (size_t i = 0; i < o->lists.count; i++) {
        const struct checklist *c = &o->lists.lists[i];

        for (size_t k = 0; k < c->leaf_count; k++) {
            if (!str_eq(c->site->name, o->site) ||
                !is_in_group(o, c->leaves[k]))
                continue;
            o->here[c->leaves[k]] = true;
            if (c->mode != '\0')
                o->modes[c->leaves[k]] |= 1U << (c->mode - 'A');
        }
    }
    return OK;
}

static err ask_open(struct request *rq, struct onsite *o)
{
    const struct state *s = o->view.file.state;
    err e = case_act_ask(web_app(rq), rq->arena, o->view.who, &o->view.file,
                         o->view.today, right_find(command));

    if (failed(e) && !err_is(e, ERR_DENIED) && !err_is(e, ERR_REFUSED) &&
        !err_is(e, ERR_LIMIT))
        return e;
    o->open = !failed(e) && s->opening_held && !s->closing_held;
    return OK;
}

static err open_onsite(struct request *rq, struct onsite *o)
{
    err e;

    *o = (struct onsite){ .group = -1 };
    TRY(case_view_open_papers(rq, &o->view));
    TRY(find_group(rq, o));
    e = checklist_make(rq->arena, o->view.file.state, &o->view.file.events,
                       S(""), S(""), &o->lists);
    if (err_is(e, ERR_REFUSED)) /* nothing was applied for */
        return no_group(rq, request_parameter(rq, S("group")));
    TRY(e);
    choose_site(rq, o);
    TRY(gather_leaves(rq, o));
    return ask_open(rq, o);
}

/* --- the page ------------------------------------------------------------- */

static err show_sites(const struct onsite *o, struct page_onsite *page)
{
    struct page_onsite_sites *rows;

    CASE_ROWS(&o->view, rows, o->lists.count);
    for (size_t i = 0; i < o->lists.count; i++) {
        str name = o->lists.lists[i].site->name;

        if (page->sites_n == 0 || !str_eq(rows[page->sites_n - 1].name, name))
            rows[page->sites_n++] = (struct page_onsite_sites){
                .name = name,
                .here = str_eq(name, o->site),
            };
    }
    page->sites = rows;
    return OK;
}

static err show_groups(const struct onsite *o, struct page_onsite *page)
{
    const struct scheme *s = o->view.file.state->scheme;
    struct page_onsite_groups *rows;

    CASE_ROWS(&o->view, rows, s->indicator_count);
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].parent < 0)
            rows[page->groups_n++] = (struct page_onsite_groups){
                .number = s->indicators[i].id,
                .label = web_label(o->view.rq, s->indicators[i].label),
                .here = (int32_t)i == o->group,
            };
    }
    page->groups = rows;
    return OK;
}

static err fill(const struct onsite *o, const struct onsite_sent *sent,
                struct page_onsite *page)
{
    const struct indicator *group =
        &o->view.file.state->scheme->indicators[o->group];
    char who[ID_TEXT];

    *page = (struct page_onsite){
        .number = o->view.file.number,
        .group = group->id,
        .group_label = web_label(o->view.rq, group->label),
        .site = o->site,
        .open = o->open,
        .raised = case_risk_raised(&o->view),
    };
    TRY_MEMORY(arena_str(o->view.rq->arena,
                         id_text(o->view.who->actor.person, who), &page->who));
    TRY(show_sites(o, page));
    TRY(show_groups(o, page));
    return onsite_leaves(o, sent, page);
}

static err show(struct request *rq, struct response *rs, int status,
                const struct onsite *o, const struct onsite_sent *sent)
{
    struct page_onsite page;
    struct buf b;

    TRY(fill(o, sent, &page));
    TRY(case_view_room(&o->view, TAB_CHECKLIST, &page.head));
    TRY(visit_work(rq, o->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_onsite_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_onsite(struct request *rq, struct response *rs)
{
    const struct onsite_sent nothing = { .leaf = -1 };
    struct onsite o;

    TRY(open_onsite(rq, &o));
    return show(rq, rs, 200, &o, &nothing);
}

/* --- recording ------------------------------------------------------------ */

/* What the page put into its form. */
struct recording {
    struct record_form form;
    struct onsite_sent sent;
    struct command_form command;
    int64_t seen;
};

static err read_sent(struct request *rq, const struct onsite *o,
                     struct recording *r)
{
    const struct command_kind *kind = command_kind_find(str_of(command));
    const struct record_form_of of = { .command = command,
                                       .record = kind->record };
    str indicator = answer_field(rq, S("indicator"));

    TRY(command_form_read(rq, &r->command));
    if (!number_in_digits(answer_field(rq, S("seen")), 0, INT32_MAX, &r->seen))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    r->sent.leaf = scheme_leaf(o->view.file.state->scheme, indicator);
    if (r->sent.leaf < 0 || !o->here[r->sent.leaf])
        return err_new(rq->arena, ERR_INVALID, "reply.indicator",
                       ARG_STR("indicator", str_first(indicator, 40)));
    TRY(record_form_post(rq->arena, &of, &rq->form, own, &r->form));
    r->sent.form = &r->form;
    return OK;
}

/* [ON2] Of a leaf on which nothing else stands by now any version will do that
 * there is; of another only the one that was seen, unless it was done [ON3]. */
static err give(struct request *rq, const struct onsite *o,
                const struct recording *r, bool *moved)
{
    struct command_form form = r->command;
    struct case_answer unused;

    *moved = onsite_seen(o, r->sent.leaf) != r->seen;
    if (!*moved)
        form.version = o->view.file.state->version;
    const struct case_order order =
        case_view_order(&o->view, &form, command, r->form.value);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

/* Somebody may record something else between reading and giving. */
static err record(struct request *rq, struct onsite *o, struct recording *r)
{
    bool moved = false;
    err e = give(rq, o, r, &moved);

    for (int i = 1; i < ONSITE_TRIES && err_is(e, ERR_CONFLICT) && !moved;
         i++) {
        TRY(open_onsite(rq, o));
        e = give(rq, o, r, &moved);
    }
    r->sent.conflict = moved && err_is(e, ERR_CONFLICT);
    return e;
}

static err say_refused(struct request *rq, struct response *rs,
                       const struct onsite *o, struct recording *r, err why)
{
    if (!answer_is_theirs(why))
        return why;
    if (r->sent.conflict)
        TRY(say(rq, "onsite.conflict", NULL, &r->sent.problem));
    else
        TRY(answer_words(rq, why, &r->sent.problem));
    return show(rq, rs, answer_status(why), o, &r->sent);
}

static err go_on(struct response *rs, const struct onsite *o, int32_t leaf)
{
    const struct scheme *s = o->view.file.state->scheme;
    struct buf b;
    str address;
    str whole;

    TRY(onsite_address(o, &address));
    buf_init(&b, o->view.rq->arena, address.n + 100);
    buf_str(&b, address);
    buf_str(&b, S("#leaf-"));
    buf_str(&b, scheme_leaf_at(s, leaf)->id);
    TRY(buf_done(&b, &whole));
    return respond_redirect(rs, 303, whole);
}

static err post_onsite(struct request *rq, struct response *rs)
{
    struct recording r = { .sent = { .leaf = -1 } };
    struct onsite o;

    TRY(open_onsite(rq, &o));
    TRY(read_sent(rq, &o, &r));
    bool wrong = r.form.value == NULL && r.form.problem_count > 0;
    err e = wrong ? r.form.problems[0].why : record(rq, &o, &r);
    return failed(e) ? say_refused(rq, rs, &o, &r, e)
                     : go_on(rs, &o, r.sent.leaf);
}

/* --- the worker ----------------------------------------------------------- */

/* A worker reaches no further than the folder it comes from, and its address
 * stays when its content changes: a browser compares it each time. */
static err get_worker(struct request *, struct response *rs)
{
    struct asset asset;

    check(asset_script(S("onsite_worker"), &asset));
    respond(rs, 200, asset.type, asset.body);
    rs->policy = &policy_worker;
    response_cache(rs, S("no-cache"));
    return response_etag(rs, asset.name);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/checklist/{group}", RIGHT_IN, BODY_NONE,
      get_onsite },
    { METHOD_POST, "/cases/{number}/checklist/{group}", RIGHT_IN, BODY_FORM,
      post_onsite },
    { METHOD_GET, "/cases/{number}/worker.js", RIGHT_PUBLIC, BODY_NONE,
      get_worker },
};

const struct route_table case_onsite_routes = { routes, COUNT(routes) };
