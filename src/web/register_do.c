/* register_do -- the form of a command on an enterprise, a person or the body,
 * and carrying it out. [17065 4.2] [17065 6.1] [M34] */

#include "web/command_form.h"
#include "web/register_do.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/names.h"
#include "http/percent.h"
#include "service/confirmed.h"
#include "web/record_form.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 1000, ROWS_MOST = 120 };

/* Names that are the page's. */
static const char *const own[] = { "token", "command-id", "version", "shown",
                                   "code",  "change",     NULL };

/* A command in the making. */
struct making {
    struct request *rq;
    struct register_view view;
    const struct register_kind *kind;
    struct record_offer offers[2];
    size_t offer_count;
    struct record_form form;
    struct command_form command;
    struct hash shown; /* [WK3] */
    bool confirms;
    bool too_many; /* [WK4] */
    str problem;   /* about no field */
};

static const struct session *who_visits(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

/* --- addresses ------------------------------------------------------------ */

/* "/registers/person%3Awang/do/person.qualify" */
static err form_address(struct request *rq, str ref, const char *command,
                        str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/registers/"));
    percent_encode(&b, ref);
    buf_str(&b, S("/do/"));
    buf_str(&b, str_of(command));
    return buf_done(&b, out);
}

static bool administers(const struct session *who)
{
    return (who->actor.roles & ROLE_BIT(ROLE_ADMIN)) != 0;
}

/* Where they came from: somebody's page, an enterprise's, the settings; an
 * applicant has none of these. */
static err back_address(const struct making *m, str *out)
{
    const struct session *who = who_visits(m->rq);
    str key = str_from(m->view.ref, str_index(m->view.ref, ':') + 1);
    struct buf b;

    buf_init(&b, m->rq->arena, ADDRESS_MOST);
    if (!id_is_zero(who->actor.enterprise)) {
        buf_str(&b, S("/work"));
    } else if (m->view.entry.kind == STREAM_BODY) {
        buf_str(&b, administers(who) ? S("/settings") : S("/registers"));
    } else {
        buf_str(&b, m->view.entry.kind == STREAM_PERSON ? S("/people/")
                                                        : S("/enterprises/"));
        percent_encode(&b, key);
    }
    return buf_done(&b, out);
}

/* --- what may be done ----------------------------------------------------- */

static bool is_own(const struct request *rq, str ref)
{
    return str_begins(ref, S("person:")) &&
           str_eq(str_from(ref, strlen("person:")), who_visits(rq)->login);
}

static err ref_of(struct request *rq, const char *kind, str key, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, str_of(kind));
    if (key.n > 0)
        buf_char(&b, ':');
    buf_str(&b, key);
    return buf_done(&b, out);
}

err register_acts(struct request *rq, const char *kind, str key,
                  struct page_register_acts *out)
{
    const struct register_kind *const *acts;
    struct page_register_acts_acts *rows;
    struct register_view v;
    str ref;

    TRY(ref_of(rq, kind, key, &ref));
    *out = (struct page_register_acts){ .own = is_own(rq, ref) };
    err e = registers_view(web_app(rq), rq->arena, who_visits(rq),
                           faces_today(rq->app), ref, &v);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    acts = v.acts.p;
    rows = arena_array(rq->arena, v.acts.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < v.acts.n; i++) {
        TRY(form_address(rq, v.ref, acts[i]->name, &rows[i].address));
        TRY(answer_id(rq, "command.", str_of(acts[i]->name), &rows[i].what));
    }
    out->acts = rows;
    out->acts_n = v.acts.n;
    return OK;
}

/* --- what a form offers to choose from ------------------------------------ */

/* Who is of an enterprise applies for it, and nobody else does. */
static bool may_be(const struct making *m, int role)
{
    bool of_enterprise = !id_is_zero(m->view.entry.employer);

    return (role == ROLE_APPLICANT) == of_enterprise;
}

static err offer_roles(struct making *m)
{
    struct record_choice *at =
        arena_array(m->rq->arena, ROLE_COUNT, sizeof *at);
    size_t n = 0;

    TRY_MEMORY(at);
    for (int i = 0; i < ROLE_COUNT; i++) {
        const char *word;

        if (!may_be(m, i))
            continue;
        TRY(answer_id(m->rq, "role.", str_of(role_names[i]), &word));
        at[n].value = str_of(role_names[i]);
        at[n++].label = text_get(web_lang(m->rq), word);
    }
    m->offers[m->offer_count++] =
        (struct record_offer){ "roles", at, n, false };
    return OK;
}

/* What the body is approved for. */
static err offer_fields(struct making *m)
{
    const struct body *body = NULL;

    TRY(web_body(m->rq, &body));
    struct record_choice *at =
        arena_array(m->rq->arena, body->field_count, sizeof *at);

    TRY_MEMORY(at);
    for (size_t i = 0; i < body->field_count; i++)
        at[i] = (struct record_choice){ body->fields[i], body->fields[i] };
    if (body->field_count > 0)
        m->offers[m->offer_count++] =
            (struct record_offer){ "fields", at, body->field_count, false };
    return OK;
}

static err offer(struct making *m)
{
    if (strcmp(m->kind->name, "person.set_roles") == 0)
        return offer_roles(m);
    if (strcmp(m->kind->name, "person.qualify") == 0)
        return offer_fields(m);
    return OK;
}

/* --- the page ------------------------------------------------------------- */

/* Somebody who may give this command here. */
static err begin(struct request *rq, struct making *m)
{
    str command = request_parameter(rq, S("command"));
    const struct register_kind *const *acts;

    *m = (struct making){ .rq = rq };
    TRY(registers_view(web_app(rq), rq->arena, who_visits(rq),
                       faces_today(rq->app), request_parameter(rq, S("ref")),
                       &m->view));
    acts = m->view.acts.p;
    for (size_t i = 0; i < m->view.acts.n; i++) {
        if (str_eq(str_of(acts[i]->name), command))
            m->kind = acts[i];
    }
    if (m->kind == NULL)
        return err_new(rq->arena, ERR_NOT_FOUND, "command.unknown",
                       ARG_STR("name", str_first(command, 100)));
    return offer(m);
}

static struct record_form_of form_of(const struct making *m)
{
    return (struct record_form_of){
        .command = m->kind->name,
        .record = m->kind->record,
        .offers = m->offers,
        .offer_count = m->offer_count,
    };
}

static const char *note_of(const struct making *m)
{
    if (m->too_many)
        return "register_do.too_many";
    if (strcmp(m->kind->name, "body.set_subsidies") == 0)
        return "register_do.subsidies";
    if (strcmp(m->kind->name, "person.relate") == 0)
        return "register_do.ties";
    if (strcmp(m->kind->name, "body.change") == 0)
        return "register_do.body";
    return strcmp(m->kind->name, "person.set_roles") == 0 ? "register_do.roles"
                                                          : NULL;
}

static err fill(const struct making *m, struct page_register_command *page)
{
    struct request *rq = m->rq;
    const struct visit *v = web_visit(rq);
    const char *what;

    TRY(answer_id(rq, "command.", str_of(m->kind->name), &what));
    *page = (struct page_register_command){
        .what = text_get(web_lang(rq), what),
        .who = m->view.name,
        .back_to = m->view.name,
        .token = v->token,
        .version = m->command.version,
        .asks = record_form_asks(m->kind->record),
        .note = note_of(m) == NULL ? S("") : text_get(web_lang(rq), note_of(m)),
        .problem = m->problem,
        .confirms = m->confirms,
        .code = v->who.has_factor,
        .sendable = !m->too_many,
    };
    TRY(command_form_text(rq, m->command.id, &page->command_id));
    TRY(form_address(rq, m->view.ref, m->kind->name, &page->action));
    TRY(back_address(m, &page->back));
    if (m->confirms)
        TRY(hex_text(rq->arena, m->shown.b, sizeof m->shown.b, &page->shown));
    TRY(record_form_show(rq->arena, &m->form, web_lang(rq), &page->fields));
    return record_form_summary(rq->arena, &page->fields, web_lang(rq),
                               &page->said);
}

static enum work_place place_of(const struct making *m)
{
    bool of_people = m->view.entry.kind != STREAM_ENTERPRISE &&
                     administers(who_visits(m->rq));

    return of_people ? AT_PEOPLE : AT_REGISTERS;
}

static err show(struct response *rs, int status, const struct making *m)
{
    struct page_register_command page;
    struct buf b;

    TRY(fill(m, &page));
    TRY(visit_work(m->rq, m->view.name, place_of(m), &page.work));
    buf_init(&b, m->rq->arena, PAGE_BYTES_MAX);
    page_register_command_render(&b, web_lang(m->rq), &page);
    return web_send(m->rq, rs, status, &b, NULL);
}

/* [WK4] */
static void count_rows(struct making *m, const struct json *known)
{
    for (const struct json *x = known == NULL ? NULL : known->first; x != NULL;
         x = x->next) {
        if (x->kind == JSON_ARRAY && x->count > ROWS_MOST &&
            strcmp(m->kind->name, "body.change") != 0)
            m->too_many = true;
    }
}

static err get_do(struct request *rq, struct response *rs)
{
    struct record_form_of of;
    struct json *known;
    struct making m;

    TRY(begin(rq, &m));
    of = form_of(&m);
    TRY(command_form_new(rq, m.view.entry.version, &m.command));
    TRY(registers_first(web_app(rq), rq->arena, &m.view, m.kind, &known));
    count_rows(&m, known);
    TRY(record_form_begin(rq->arena, &of, m.too_many ? NULL : known, &m.form));
    return show(rs, 200, &m);
}

/* --- carrying it out ------------------------------------------------------ */

static struct case_order order_of(const struct making *m)
{
    return (struct case_order){
        .who = who_visits(m->rq),
        .today = faces_today(m->rq->app),
        .ref = m->view.ref,
        .command = str_of(m->kind->name),
        .data = m->form.value,
        .command_id = m->command.id,
        .expected = m->command.version,
    };
}

/* [WK3] Shown with its hash, or done when what was shown is what was sent. */
static err confirm(struct making *m, const struct case_order *order,
                   bool *shown)
{
    struct request *rq = m->rq;
    struct case_answer unused;
    str now;

    TRY(confirmed_hash(rq->arena, order, &m->shown));
    TRY(hex_text(rq->arena, m->shown.b, sizeof m->shown.b, &now));
    *shown = !str_eq(answer_field(rq, S("shown")), now);
    if (*shown)
        return registers_ask(web_app(rq), rq->arena, order);

    const struct confirmed_order c = { &web_visit(rq)->who, order, m->shown,
                                       answer_field(rq, S("code")) };
    return confirmed_do(web_app(rq), rq->arena, &c, &unused);
}

static err carry_out(struct making *m, bool *shown)
{
    const struct case_order order = order_of(m);
    struct case_answer unused;

    *shown = false;
    if (register_is_confirmed(m->kind->name))
        return confirm(m, &order, shown);
    return registers_do(web_app(m->rq), m->rq->arena, &order, &unused);
}

/* Beside its field, or over the form, which is of what there is now; of a code
 * that is wrong, once more what is to be confirmed. */
static err say_refused(struct response *rs, struct making *m, err why)
{
    if (!answer_is_theirs(why))
        return why;
    TRY(answer_words(m->rq, why, &m->problem));
    m->confirms = str_begins(str_of(why.info->id), S("door."));
    if (!m->confirms) {
        TRY(record_form_refuse(m->rq->arena, &m->form, why));
        m->command.version = m->view.entry.version;
    }
    return show(rs, answer_status(why), m);
}

static err go_back(struct response *rs, const struct making *m)
{
    str back;

    TRY(back_address(m, &back));
    return respond_redirect(rs, 303, back);
}

static err post_do(struct request *rq, struct response *rs)
{
    struct record_form_of of;
    struct making m;
    bool shown;

    TRY(begin(rq, &m));
    of = form_of(&m);
    TRY(command_form_read(rq, &m.command)); /* [WK2] */
    TRY(record_form_post(rq->arena, &of, &rq->form, own, &m.form));
    if (m.form.value == NULL || answer_field(rq, S("change")).n > 0)
        return show(rs, m.form.problem_count > 0 ? 422 : 200, &m);
    err e = carry_out(&m, &shown);
    if (failed(e))
        return say_refused(rs, &m, e);
    m.confirms = shown;
    return shown ? show(rs, 200, &m) : go_back(rs, &m);
}

static const struct route routes[] = {
    { METHOD_GET, "/registers/{ref}/do/{command}", RIGHT_IN, BODY_NONE,
      get_do },
    { METHOD_POST, "/registers/{ref}/do/{command}", RIGHT_IN, BODY_FORM,
      post_do },
};

const struct route_table register_do_routes = { routes, COUNT(routes) };
