/*
 * case_checklist -- what an audit team looks at and wrote down, for whoever may
 * read working papers. [M15] [M16] [WE1]
 *
 *   [CC1] Checklists are shown a site at a time: a round may visit hundreds.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/checklist.h"
#include "domain/names.h"
#include "domain/papers.h"
#include "domain/sampling.h"
#include "web/case_page.h"

#include <string.h>

/* --- checklists ----------------------------------------------------------- */

static size_t count_leaves(const struct checklists *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->count; i++)
        n += x->lists[i].leaf_count + 1;
    return n;
}

static err show_heading(const struct case_view *v, const struct checklist *c,
                        struct page_case_checklist_leaves *out)
{
    *out = (struct page_case_checklist_leaves){
        .heading = true,
        .site = c->site->name,
        .moded = c->mode != '\0',
    };
    if (c->mode == '\0')
        return OK;
    return answer_id(v->rq, "mode.", str_of(mode_names[c->mode - 'A']),
                     &out->mode);
}

static err show_leaf(const struct case_view *v, const struct checklists *x,
                     int32_t leaf, struct page_case_checklist_leaves *out)
{
    const struct indicator *in = scheme_leaf_at(v->file.state->scheme, leaf);
    const struct checklist_leaf *l = &x->leaves[leaf];

    *out = (struct page_case_checklist_leaves){
        .number = in->id,
        .label = web_label(v->rq, in->label),
        .sample = web_label(v->rq, in->sample),
        .found = l->finding != NULL,
        .note = l->finding == NULL ? S("") : l->finding->note,
        .raised = (int64_t)l->raised_count,
    };
    return OK;
}

static err show_list(const struct case_view *v, const struct checklists *x,
                     const struct checklist *c,
                     struct page_case_checklist *page,
                     struct page_case_checklist_leaves *rows)
{
    TRY(show_heading(v, c, &rows[page->leaves_n++]));
    for (size_t k = 0; k < c->leaf_count; k++)
        TRY(show_leaf(v, x, c->leaves[k], &rows[page->leaves_n++]));
    return OK;
}

/* Where lists were made for: each site once, they stand together [CK1]. */
static err show_sites(const struct case_view *v, const struct checklists *x,
                      str chosen, struct page_case_checklist *page)
{
    struct page_case_checklist_sites *rows;

    CASE_ROWS(v, rows, x->count);
    for (size_t i = 0; i < x->count; i++) {
        str name = x->lists[i].site->name;
        bool again =
            page->sites_n > 0 && str_eq(rows[page->sites_n - 1].name, name);

        if (!again)
            rows[page->sites_n++] = (struct page_case_checklist_sites){
                .name = name,
                .here = str_eq(name, chosen),
            };
    }
    page->sites = rows;
    return OK;
}

/* The site that was asked for, else the first. */
static str choose_site(const struct case_view *v, const struct checklists *x)
{
    str asked = S("");

    (void)form_get(&v->rq->query, S("site"), &asked);
    for (size_t i = 0; i < x->count; i++) {
        if (str_eq(x->lists[i].site->name, asked))
            return asked;
    }
    return x->count > 0 ? x->lists[0].site->name : S("");
}

static err show_lists(const struct case_view *v,
                      struct page_case_checklist *page)
{
    struct checklists x;
    struct page_case_checklist_leaves *rows;
    err e = checklist_make(v->rq->arena, v->file.state, &v->file.events, S(""),
                           S(""), &x);

    if (err_is(e, ERR_REFUSED))
        return OK; /* nothing was applied for */
    TRY(e);

    str chosen = choose_site(v, &x);
    TRY(show_sites(v, &x, chosen, page));
    CASE_ROWS(v, rows, count_leaves(&x));
    for (size_t i = 0; i < x.count; i++) {
        if (str_eq(x.lists[i].site->name, chosen))
            TRY(show_list(v, &x, &x.lists[i], page, rows));
    }
    page->leaves = rows;
    return OK;
}

/* --- interviews, observations, calls -------------------------------------- */

static bool is_called(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

static err show_interview(const struct case_view *v, const struct interview *x,
                          struct page_case_checklist_papers *out)
{
    out->number = x->number;
    out->site = x->site;
    out->place = x->role;
    out->note = x->note;
    return case_view_join(v, &x->indicators, &out->about);
}

static err show_observation(const struct case_view *v,
                            const struct observation *x,
                            struct page_case_checklist_papers *out)
{
    out->number = x->number;
    out->site = x->site;
    out->place = x->place;
    out->note = x->note;
    return case_view_join(v, &x->indicators, &out->about);
}

static err show_papers(const struct case_view *v,
                       struct page_case_checklist *page)
{
    struct page_case_checklist_papers *rows;

    CASE_ROWS(v, rows, v->file.events.n);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        bool interview = is_called(e, "interview.recorded");
        struct page_case_checklist_papers *row = &rows[page->papers_n];

        if (!interview && !is_called(e, "observation.recorded"))
            continue;
        page->papers_n++;
        row->on = e->on;
        row->who = case_view_name(v, e->actor);
        row->interview = interview;
        TRY(interview ? show_interview(v, e->data, row)
                      : show_observation(v, e->data, row));
    }
    page->papers = rows;
    return OK;
}

static err show_call(const struct case_view *v, const struct event *e,
                     struct page_case_checklist_calls *out)
{
    const struct sample_call *call = e->data;
    const struct sample_answer *answer = e->data;

    if (is_called(e, "sample.called")) {
        *out = (struct page_case_checklist_calls){ call->position, call->on,
                                                   call->time, NULL };
        return answer_id(v->rq, "call.", str_of(call_names[call->outcome]),
                         &out->outcome);
    }
    *out = (struct page_case_checklist_calls){ answer->position, e->on, S(""),
                                               NULL };
    return answer_id(v->rq, "contact.", str_of(contact_names[answer->outcome]),
                     &out->outcome);
}

static err show_calls(const struct case_view *v,
                      struct page_case_checklist *page)
{
    struct page_case_checklist_calls *rows;

    CASE_ROWS(v, rows, v->file.events.n);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (is_called(e, "sample.called") || is_called(e, "sample.asked"))
            TRY(show_call(v, e, &rows[page->calls_n++]));
    }
    page->calls = rows;
    return OK;
}

/* --- the sample ----------------------------------------------------------- */

static err show_sample(const struct case_view *v,
                       struct page_case_checklist *page)
{
    const struct sample_state *x = &v->file.state->sample;
    struct customer next = { 0 };

    page->sampled = x->commitment != NULL;
    page->next = sampling_next(v->file.state, &next);
    page->next_position = next.position;
    page->next_row = next.row;
    if (x->reached == 0)
        return OK;

    struct interval w = wilson(x->satisfied, x->reached);
    page->reached = x->reached;
    page->satisfied = x->satisfied;
    page->low = w.low;
    page->high = w.high;
    return answer_id(v->rq, "sampled.",
                     str_of(sample_names[sampling_verdict(v->file.state)]),
                     &page->verdict);
}

static err get_checklist(struct request *rq, struct response *rs)
{
    struct page_case_checklist page = { .sampled = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open_papers(rq, &v));
    page.number = v.file.number;
    page.first_group = v.file.state->scheme->indicators[0].id; /* a root */
    TRY(case_view_head(&v, TAB_CHECKLIST, &page.head));
    TRY(show_sample(&v, &page));
    TRY(show_lists(&v, &page));
    TRY(show_papers(&v, &page));
    TRY(show_calls(&v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_checklist_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/checklist", RIGHT_IN, BODY_NONE,
      get_checklist },
};

const struct route_table case_checklist_routes = { routes, COUNT(routes) };
