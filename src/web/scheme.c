/*
 * scheme -- what the body certifies by, in words: levels, indicators, process,
 * documents, fees. [条例 20] [17065 4.6]
 *
 *   [WH1] A page says what the newest package says and nothing else; what
 *         nobody has published is marked as the package marks it.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "base/size.h"
#include "service/schemes.h"
#include "web/mark_rules.h"
#include "web/saying.h"

static const char page_cache[] = "private, max-age=300";

/* --- all of them -------------------------------------------------------- */

static err levels_text(struct request *rq, const struct scheme *s, str *out)
{
    *out = web_label(rq, s->levels[0].label);
    for (size_t i = 1; i < s->level_count; i++)
        TRY(say_both(rq, *out, web_label(rq, s->levels[i].label), out));
    return OK;
}

static err get_schemes(struct request *rq, struct response *rs)
{
    struct page_schemes page = { 0 };
    struct page_schemes_schemes *rows;
    const struct scheme *const *s;
    struct list found;
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "public.schemes_about", &page.base);
    TRY(web_schemes(rq, &found));
    s = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        rows[i] = (struct page_schemes_schemes){
            .name = web_label(rq, s[i]->name),
            .id = s[i]->id,
            .criterion = s[i]->criterion,
            .criterion_title = web_label(rq, s[i]->criterion_title),
            .indicators = (int64_t)s[i]->leaf_count,
        };
        TRY(levels_text(rq, s[i], &rows[i].levels));
    }
    page.schemes = rows;
    page.schemes_n = found.n;
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_schemes_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, page_cache);
}

/* --- levels ------------------------------------------------------------- */

static err gates_text(struct request *rq, const struct level *l, str *out)
{
    *out = S("");
    for (size_t i = 0; i < l->gate_count; i++) {
        str gate = web_label(rq, l->gates[i].label);

        if (i == 0)
            *out = gate;
        else
            TRY(say_both(rq, *out, gate, out));
    }
    return OK;
}

static err list_levels(struct request *rq, const struct scheme *s,
                       struct page_scheme *page)
{
    struct page_scheme_levels *rows =
        arena_array(rq->arena, s->level_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->level_count; i++) {
        const struct level *l = &s->levels[i];

        rows[i] = (struct page_scheme_levels){
            .name = web_label(rq, l->label),
            .stars = page_stars(l->stars),
            .assumed = l->assumed,
        };
        TRY(say_thousandths(rq->arena, l->min, &rows[i].least));
        TRY(gates_text(rq, l, &rows[i].gates));
    }
    page->levels = rows;
    page->levels_n = s->level_count;
    return OK;
}

/* --- indicators --------------------------------------------------------- */

static int depth_of(const struct scheme *s, const struct indicator *x)
{
    int depth = 0;

    for (; x->parent >= 0; x = &s->indicators[x->parent])
        depth++;
    return depth;
}

static str depth_class(int depth)
{
    static const str classes[] = { S_INIT("depth-0"), S_INIT("depth-1"),
                                   S_INIT("depth-2"), S_INIT("depth-3") };

    return classes[depth < (int)COUNT(classes) ? depth
                                               : (int)COUNT(classes) - 1];
}

static err list_indicators(struct request *rq, const struct scheme *s,
                           struct page_scheme *page)
{
    struct page_scheme_indicators *rows =
        arena_array(rq->arena, s->indicator_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct indicator *x = &s->indicators[i];

        rows[i] = (struct page_scheme_indicators){
            .id = x->id,
            .name = web_label(rq, x->label),
            .style = depth_class(depth_of(s, x)),
            .assumed = x->assumed,
            .sample = web_label(rq, x->sample),
        };
        TRY(say_thousandths(rq->arena, x->points, &rows[i].points));
    }
    page->indicators = rows;
    page->indicators_n = s->indicator_count;
    page->leaves = (int64_t)s->leaf_count;
    page->points = s->method == METHOD_POINTS;
    return OK;
}

static err list_roots(struct request *rq, const struct scheme *s,
                      struct page_scheme *page)
{
    struct page_scheme_roots *rows =
        arena_array(rq->arena, s->indicator_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct indicator *x = &s->indicators[i];
        struct page_scheme_roots *row = &rows[page->roots_n];

        if (x->parent >= 0)
            continue;
        row->id = x->id;
        row->name = web_label(rq, x->label);
        TRY(say_thousandths(rq->arena, x->points, &row->points));
        page->roots_n++;
    }
    page->roots = rows;
    return OK;
}

/* --- who may apply, with what ------------------------------------------- */

static err list_conditions(struct request *rq, const struct scheme *s,
                           struct page_scheme *page)
{
    struct page_scheme_conditions *rows =
        arena_array(rq->arena, s->eligibility_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->eligibility_count; i++) {
        const struct eligibility *e = &s->eligibility[i];

        rows[i].what = web_label(rq, e->label);
        rows[i].never = e->kind == ELIGIBLE_DECLARED && !e->want;
    }
    page->conditions = rows;
    page->conditions_n = s->eligibility_count;
    return OK;
}

static err list_documents(struct request *rq, const struct scheme *s,
                          struct page_scheme *page)
{
    struct page_scheme_documents *rows =
        arena_array(rq->arena, s->requirement_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->requirement_count; i++) {
        const struct requirement *r = &s->requirements[i];

        rows[i].name = web_label(rq, r->label);
        rows[i].required = r->required;
        if (r->has_period)
            TRY(say_span(rq, r->period, &rows[i].period));
    }
    page->documents = rows;
    page->documents_n = s->requirement_count;
    return OK;
}

/* --- the way to a certificate ------------------------------------------- */

static err list_stages(struct request *rq, const struct scheme *s,
                       struct page_scheme *page)
{
    struct page_scheme_stages *rows =
        arena_array(rq->arena, STAGE_COUNT, sizeof *rows);

    TRY_MEMORY(rows);
    for (int i = 0; i < STAGE_COUNT; i++) {
        const struct stage_rule *r = &s->stages[i];
        struct page_scheme_stages *row = &rows[page->stages_n];

        if (!r->used)
            continue;
        row->name = web_label(rq, r->label);
        if (r->has_limit)
            TRY(say_span(rq, r->limit, &row->limit));
        page->stages_n++;
    }
    page->stages = rows;
    return OK;
}

static err list_limits(struct request *rq, const struct scheme *s,
                       struct page_scheme *page)
{
    const struct limits *l = &s->limits;
    const struct {
        const char *what;
        struct span span;
    } all[] = {
        { "public.limit_supplement", l->supplement },
        { "public.limit_revision", l->revision },
        { "public.limit_minor", l->minor_most },
        { "public.limit_appeal", l->appeal },
        { "public.limit_validity", l->validity },
        { "public.limit_surveillance", l->surveillance },
        { "public.limit_suspension", l->suspension },
        { "public.limit_renewal", l->renewal },
    };
    struct page_scheme_limits *rows =
        arena_array(rq->arena, COUNT(all), sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < COUNT(all); i++) {
        struct page_scheme_limits *row = &rows[page->limits_n];

        if (all[i].span.n == 0)
            continue;
        row->what = all[i].what;
        TRY(say_span(rq, all[i].span, &row->limit));
        page->limits_n++;
    }
    page->limits = rows;
    return OK;
}

static err list_terms(struct request *rq, const struct scheme *s,
                      struct page_scheme *page)
{
    static const char *const ids[2][2] = {
        [SIDE_CLIENT] = { "public.client_right", "public.client_duty" },
        [SIDE_BODY] = { "public.body_right", "public.body_duty" },
    };
    const struct contract_rule *c = &s->contract;
    struct page_scheme_terms *rows =
        arena_array(rq->arena, c->term_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < c->term_count; i++)
        rows[i] = (struct page_scheme_terms){
            .whose = ids[c->terms[i].side][c->terms[i].kind],
            .what = web_label(rq, c->terms[i].label),
        };
    page->terms = rows;
    page->terms_n = c->term_count;
    return OK;
}

/* --- money and notes ---------------------------------------------------- */

static void set_fees(const struct scheme *s, struct page_scheme *page)
{
    const struct fees *f = &s->fees;

    page->fee_application = f->application;
    page->fee_day = f->per_day;
    page->fee_registration = f->registration;
    page->fee_yearly = f->yearly;
    page->prepay_least = f->prepay_least;
    page->prepay_most = f->prepay_most;
    page->fees_assumed = f->assumed;
}

static err list_notes(struct request *rq, const struct scheme *s,
                      struct page_scheme *page)
{
    struct page_scheme_notes *rows =
        arena_array(rq->arena, s->note_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->note_count; i++)
        rows[i].what = web_label(rq, s->notes[i]);
    page->notes = rows;
    page->notes_n = s->note_count;
    return OK;
}

static err set_identity(struct request *rq, const struct scheme *s,
                        struct page_scheme *page)
{
    page->id = s->id;
    page->name = web_label(rq, s->name);
    page->owner = web_label(rq, s->owner);
    page->criterion = s->criterion;
    page->criterion_title = web_label(rq, s->criterion_title);
    page->version = s->version;
    page->field = s->field;
    page->filing = s->filing;
    page->decided_by_panel = s->panel;
    return hex_text(rq->arena, s->hash.b, sizeof s->hash.b, &page->hash);
}

static err fill(struct request *rq, const struct scheme *s,
                struct page_scheme *page)
{
    TRY(set_identity(rq, s, page));
    TRY(list_levels(rq, s, page));
    TRY(list_roots(rq, s, page));
    TRY(list_indicators(rq, s, page));
    TRY(list_conditions(rq, s, page));
    TRY(list_documents(rq, s, page));
    TRY(list_stages(rq, s, page));
    TRY(list_limits(rq, s, page));
    TRY(list_terms(rq, s, page));
    set_fees(s, page);
    page->marked = s->certificate.mark.uses != 0;
    if (page->marked)
        TRY(mark_rules(rq, s, &page->mark));
    return list_notes(rq, s, page);
}

err web_scheme_page(struct request *rq, struct response *rs)
{
    struct page_scheme page = { 0 };
    const struct scheme *s;
    struct buf b;

    TRY(schemes_named(web_app(rq), rq->arena, request_parameter(rq, S("name")),
                      &s));
    TRY(web_base(rq, web_label(rq, s->name), &page.base));
    web_about(rq, "public.scheme_about", &page.base);
    TRY(fill(rq, s, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_scheme_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, page_cache);
}

static const struct route routes[] = {
    { METHOD_GET, "/schemes", 0, BODY_NONE, get_schemes },
};

const struct route_table scheme_routes = { routes, COUNT(routes) };
