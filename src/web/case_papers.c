/*
 * case_papers -- the documents of a case: what the enterprise handed in, how it
 * was judged, and what the body makes of the case. [M8] [M9] [M14]
 *
 *   [PD1] A file leaves as an attachment under its own media type, and no
 *         browser is to guess another (response.h, policy_data).
 *   [PD2] An address names a document by the hash of its content; only those
 *         that stand in this case are given out (cases_find_file()).
 */

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "domain/command.h"
#include "domain/names.h"
#include "domain/review_rounds.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "service/document.h"
#include "web/case_papers.h"
#include "web/case_turn.h"
#include "web/saying.h"

#include <string.h>

enum { FILE_BESIDE = 16 << 10 }; /* what reading a file needs besides */
enum { NAME_MOST = 2000, TYPE_MOST = 100 };

/* --- what was handed in --------------------------------------------------- */

static err show_file(const struct case_view *v, const struct event *e,
                     struct page_case_papers_documents *out)
{
    const struct document *d = e->data;

    out->there = true;
    out->title = d->title;
    out->on = e->on;
    out->who = case_view_name(v, e->actor);
    out->from = d->covers_from;
    out->to = d->covers_to;
    out->period = d->covers_from != DAY_NEVER && d->covers_to != DAY_NEVER;
    TRY(hex_text(v->rq->arena, d->blob.b, sizeof d->blob.b, &out->hash));
    return case_view_size(v, d->size, &out->size);
}

static err verdict_id(const struct case_view *v, int verdict, const char **out)
{
    return answer_id(v->rq, "verdict.", str_of(verdict_names[verdict]), out);
}

static err show_judgement(const struct case_view *v, const struct judgement *j,
                          struct page_case_papers_documents *out)
{
    if (j == NULL)
        return OK;
    out->judged = true;
    out->gap = review_has_gap(j);
    out->note = j->note;
    TRY(verdict_id(v, j->quantified, &out->quantified));
    TRY(verdict_id(v, j->closed, &out->closed));
    return verdict_id(v, j->resourced, &out->resourced);
}

/* --- is it of the right time? [PD4] --------------------------------------- */

static day counted_from(const struct case_view *v)
{
    const struct state *s = v->file.state;

    return s->application != NULL ? s->applied_on : v->today;
}

/* What the requirement asks of the days a document covers. */
static err say_asked(const struct case_view *v, const struct requirement *r,
                     str *out)
{
    str span;
    str lag = S("");

    if (!r->has_period)
        return OK;
    TRY(say_span(v->rq, r->period, &span));
    if (r->whole)
        TRY(say_span(v->rq, r->lag, &lag));
    const struct err_arg args[] = { ARG_STR("span", span),
                                    ARG_STR("lag", lag),
                                    ARG_DAY("day", counted_from(v)),
                                    { 0 } };
    return say(v->rq, r->whole ? "page_case.asks_whole" : "page_case.asks_day",
               args, out);
}

static err say_age(const struct case_view *v, const struct document *d,
                   str *out)
{
    day on = counted_from(v);
    const struct err_arg args[] = { ARG_INT("count", on - d->covers_to),
                                    ARG_DAY("day", on),
                                    { 0 } };

    if (d->covers_to == DAY_NEVER || d->covers_to > on)
        return OK;
    return say(v->rq, "page_case.age", args, out);
}

static err show_time(const struct case_view *v, size_t r,
                     struct page_case_papers_documents *out)
{
    static const char *const lacks[] = {
        [LACK_MISSING] = "lack.missing",
        [LACK_PERIOD] = "lack.period",
        [LACK_SHORT] = "lack.short",
    };
    const struct state *s = v->file.state;
    const struct requirement *rule = &s->scheme->requirements[r];
    const struct document *d = s->requirements[r].document;
    enum lack why = LACK_MISSING;

    TRY(say_asked(v, rule, &out->wanted));
    out->fits = d != NULL &&
                state_document_fits(s, (int32_t)r, d, counted_from(v), &why);
    out->lacks = !out->fits && (d != NULL || rule->required);
    out->lack = lacks[why];
    out->fit = rule->has_period ? "page_case.fits_period" : "page_case.fits";
    return d == NULL || !rule->has_period ? OK : say_age(v, d, &out->age);
}

/* How many of those that are required are there, and of the right time. */
static void count_complete(const struct case_view *v,
                           struct page_case_papers *page)
{
    const struct state *s = v->file.state;
    enum lack unused;

    for (size_t r = 0; r < s->scheme->requirement_count; r++) {
        if (!s->scheme->requirements[r].required)
            continue;
        page->required++;
        page->met +=
            state_requirement_met(s, (int32_t)r, counted_from(v), &unused);
    }
    page->complete = page->met == page->required;
}

/* --- handing in [PD3] ----------------------------------------------------- */

/* While documents are reviewed only those with gaps may be replaced, and those
 * nobody judged yet, but none that only has to be there. */
static bool takes_another(const struct state *s, size_t r)
{
    const struct judgement *j = s->requirements[r].judgement;

    return s->stage != STAGE_DOCUMENTS ||
           (s->scheme->requirements[r].aspects != 0 &&
            (j == NULL || review_has_gap(j)));
}

static err show_form(const struct case_view *v, size_t r,
                     const struct papers_sent *sent,
                     struct page_case_papers_documents *out)
{
    const struct requirement *rule = &v->file.state->scheme->requirements[r];

    if (!takes_another(v->file.state, r))
        return OK;
    out->add = true;
    out->requirement = rule->id;
    out->dated = rule->has_period;
    TRY(command_form_new_text(v->rq, &out->command_id));
    if (sent == NULL || !str_eq(sent->requirement, rule->id))
        return OK;
    out->problem = sent->problem;
    out->typed = sent->title;
    out->typed_from = sent->from;
    out->typed_to = sent->to;
    return OK;
}

/* Who asks may, and documents are asked for. */
static err may_add(const struct case_view *v)
{
    static const char command[] = "document.add";

    TRY(case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file, v->today,
                     right_find(command)));
    return command_ready(v->rq->arena, v->file.state,
                         command_kind_find(str_of(command)));
}

static err show_forms(const struct case_view *v, const struct papers_sent *sent,
                      struct page_case_papers *page,
                      struct page_case_papers_documents *rows)
{
    size_t n = v->file.state->scheme->requirement_count;
    bool told = false;

    page->token = web_visit(v->rq)->token;
    page->version = v->file.state->version;
    err e = may_add(v);
    page->adds = !failed(e);
    if (failed(e) && !answer_is_theirs(e))
        return e;
    for (size_t r = 0; page->adds && r < n; r++) {
        TRY(show_form(v, r, sent, &rows[r]));
        told = told || rows[r].problem.n > 0;
    }
    /* Of a form that is not there any more it is said at the top. */
    if (sent != NULL && !told)
        page->problem = sent->problem;
    return OK;
}

/* A way to the form for each that somebody may judge now. [M14] */
static err show_judging(const struct case_view *v,
                        struct page_case_papers_documents *rows)
{
    size_t n = v->file.state->scheme->requirement_count;
    err e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, right_find("document.judge"));

    if (failed(e))
        return answer_is_theirs(e) ? OK : e;
    for (size_t r = 0; r < n; r++) {
        rows[r].judges = rows[r].asks;
        rows[r].place = (int64_t)r + 1;
    }
    return OK;
}

/* The newest document of requirement `r`, or that there is none. */
static err show_requirement(const struct case_view *v, size_t r,
                            struct page_case_papers_documents *out)
{
    const struct scheme *s = v->file.state->scheme;
    const struct requirement_state *have = &v->file.state->requirements[r];

    *out = (struct page_case_papers_documents){
        .label = web_label(v->rq, s->requirements[r].label),
        .asks = have->document != NULL && s->requirements[r].aspects != 0,
    };
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (e->data == have->document && have->document != NULL)
            TRY(show_file(v, e, out));
    }
    TRY(show_time(v, r, out));
    return show_judgement(v, have->judgement, out);
}

/* Of a document that another one took the place of; else NULL. */
static const struct document *replaced(const struct case_view *v,
                                       const struct event *e)
{
    const struct document *d = e->data;
    const struct state *s = v->file.state;

    if (strcmp(e->kind->name, "document.added") != 0)
        return NULL;
    int32_t r = scheme_requirement(s->scheme, d->requirement);
    return r >= 0 && s->requirements[r].document != d ? d : NULL;
}

static err show_replaced(const struct case_view *v,
                         struct page_case_papers *page,
                         struct page_case_papers_documents *rows)
{
    const struct scheme *s = v->file.state->scheme;

    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        const struct document *d = replaced(v, e);

        if (d == NULL)
            continue;
        struct page_case_papers_documents *row = &rows[page->documents_n++];
        int32_t r = scheme_requirement(s, d->requirement);
        *row = (struct page_case_papers_documents){
            .label = web_label(v->rq, s->requirements[r].label),
            .replaced = true,
        };
        TRY(show_file(v, e, row));
    }
    return OK;
}

static err show_documents(const struct case_view *v,
                          const struct papers_sent *sent,
                          struct page_case_papers *page)
{
    size_t n = v->file.state->scheme->requirement_count;
    struct page_case_papers_documents *rows;

    CASE_ROWS(v, rows, n + v->file.events.n);
    for (size_t r = 0; r < n; r++)
        TRY(show_requirement(v, r, &rows[r]));
    page->documents_n = n;
    page->documents = rows;
    count_complete(v, page);
    TRY(show_forms(v, sent, page, rows));
    TRY(show_judging(v, rows));
    return show_replaced(v, page, rows);
}

/* --- how they were judged ------------------------------------------------- */

static err show_rounds(const struct case_view *v, struct page_case_papers *page)
{
    struct review_rounds x;
    struct page_case_papers_rounds *rows;

    TRY(review_rounds_read(v->rq->arena, v->file.state->scheme, &v->file.events,
                           &x));
    CASE_ROWS(v, rows, x.count);
    for (size_t i = 0; i < x.count; i++)
        rows[i] = (struct page_case_papers_rounds){
            .number = (int64_t)i + 1,
            .asked = x.rounds[i].asked,
            .until = x.rounds[i].until,
            .note = x.rounds[i].note,
            .answered = x.rounds[i].answered,
            .is_answered = x.rounds[i].answered != DAY_NEVER,
        };
    page->rounds = rows;
    page->rounds_n = x.count;
    page->passed = x.passed != DAY_NEVER;
    page->passed_on = x.passed;
    return OK;
}

/* --- what the body makes -------------------------------------------------- */

static err show_made(const struct case_view *v, struct page_case_papers *page)
{
    const struct document_wish wish = { .ref = v->file.number,
                                        .lang = web_lang(v->rq) };
    bool there[DOCUMENT_KIND_COUNT] = { false };
    struct page_case_papers_made *rows;

    TRY(document_kinds(web_app(v->rq), v->rq->arena, v->who, &wish, there));
    CASE_ROWS(v, rows, DOCUMENT_KIND_COUNT);
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (there[i])
            rows[page->made_n++] = (struct page_case_papers_made){
                document_title((enum document_kind)i),
                str_of(document_names[i]),
            };
    }
    page->made = rows;
    return OK;
}

err case_papers_show(const struct case_view *v, struct response *rs, int status,
                     const struct papers_sent *sent)
{
    struct page_case_papers page = { .number = v->file.number };
    struct buf b;

    TRY(case_view_head(v, TAB_PAPERS, &page.head));
    TRY(show_documents(v, sent, &page));
    TRY(show_rounds(v, &page));
    TRY(show_made(v, &page));
    TRY(case_turn_says(v, "page_case.document_missing", &page.missing));
    TRY(visit_work(v->rq, v->file.number, AT_CASES, &page.work));
    case_view_buf(v->rq, &b);
    page_case_papers_render(&b, web_lang(v->rq), &page);
    return web_send(v->rq, rs, status, &b, NULL);
}

static err get_papers(struct request *rq, struct response *rs)
{
    struct case_view v;

    TRY(case_view_open(rq, &v));
    return case_papers_show(&v, rs, 200, NULL);
}

/* --- files [PD1] ---------------------------------------------------------- */

static bool is_type_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '.' || c == '+' || c == '-';
}

/* What somebody once said a file is goes out only where it is such a name. */
static err safe_type(struct request *rq, str given, str *out)
{
    bool plain = given.n > 0 && given.n <= TYPE_MOST;

    for (size_t i = 0; i < given.n; i++)
        plain = plain && is_type_sign(given.p[i]);
    TRY_MEMORY(arena_str(rq->arena,
                         plain ? given : S("application/octet-stream"), out));
    return OK;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hash(str digits, struct hash *out)
{
    if (digits.n != 2 * sizeof out->b)
        return false;
    for (size_t i = 0; i < sizeof out->b; i++) {
        int high = digit_of(digits.p[2 * i]);
        int low = digit_of(digits.p[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out->b[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

static err get_file(struct request *rq, struct response *rs)
{
    str digits = request_parameter(rq, S("hash"));
    struct case_document file;
    struct arena *roomy;
    struct hash hash;
    str bytes;
    str type;

    if (!read_hash(digits, &hash))
        return err_new(rq->arena, ERR_NOT_FOUND, "case.no_file",
                       ARG_STR("hash", digits));
    TRY(cases_find_file(web_app(rq), rq->arena, &web_visit(rq)->who.session,
                        request_parameter(rq, S("number")), &hash, &file));
    TRY(request_arena_for(rq, (size_t)file.size + FILE_BESIDE, &roomy));
    TRY(cases_file_bytes(web_app(rq), roomy, &file, &bytes));
    TRY(safe_type(rq, file.media_type, &type));
    return answer_file(rq, rs, file.name.n > 0 ? file.name : digits, type,
                       bytes);
}

/* --- documents that the product makes ------------------------------------- */

static bool read_kind(str name, enum document_kind *out)
{
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (!str_eq(name, str_of(document_names[i])))
            continue;
        *out = (enum document_kind)i;
        return true;
    }
    return false;
}

static err get_print(struct request *rq, struct response *rs)
{
    struct document_wish wish = {
        .ref = request_parameter(rq, S("number")),
        .lang = web_lang(rq),
    };
    str kind = request_parameter(rq, S("kind"));
    struct buf b;
    str bytes;
    str name;

    if (!read_kind(kind, &wish.kind))
        return err_new(rq->arena, ERR_NOT_FOUND, "case.no_paper",
                       ARG_STR("kind", kind));
    TRY(document_file(web_app(rq), rq->arena, &web_visit(rq)->who.session,
                      &wish, &bytes));
    buf_init(&b, rq->arena, NAME_MOST);
    buf_str(&b, wish.ref);
    buf_char(&b, '-');
    buf_str(&b, kind);
    buf_str(&b, S(".pdf"));
    TRY(buf_done(&b, &name));
    return answer_file(rq, rs, name, S("application/pdf"), bytes);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/papers", RIGHT_IN, BODY_NONE, get_papers },
    { METHOD_GET, "/cases/{number}/files/{hash}", RIGHT_IN, BODY_NONE,
      get_file },
    { METHOD_GET, "/cases/{number}/print/{kind}", RIGHT_IN, BODY_NONE,
      get_print },
};

const struct route_table case_paper_routes = { routes, COUNT(routes) };
