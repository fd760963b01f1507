/*
 * What a sensible person gives up to the site audit: case, application,
 * review, plan.
 */

#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/commands.h"

/* --- preparation ---------------------------------------------------------- */

void wish_case(struct walk *w, void *data)
{
    static const int kinds[] = { CASE_INITIAL, CASE_INITIAL, CASE_INITIAL,
                                 CASE_TRANSFER, CASE_RENEWAL };
    const struct scheme *s = w->scheme;
    int kind = kinds[walk_pick(w, COUNT(kinds))];

    *(struct case_open *)data = (struct case_open){
        .scheme = s->id,
        .level = s->levels[walk_pick(w, s->level_count)].id,
        .kind = kind,
        .previous = kind == CASE_RENEWAL ? w->previous.number : S(""),
    };
}

void wish_transfer(struct walk *w, void *data)
{
    bool over = walk_seldom(w, 12);

    *(struct transfer *)data = (struct transfer){
        .number = S("99925SC0001R0S"),
        .body = S("示例机构"),
        .approval = S("示例"),
        .criterion = w->scheme->criterion,
        .level = w->scheme->levels[0].id,
        .first_issued = wish_in_days(w, -400, -300),
        .until = over ? wish_in_days(w, -20, -1) : wish_in_days(w, 300, 900),
        .last_audit = wish_in_days(w, -300, -1),
        .suspended = walk_seldom(w, 12),
        .reason = S("机构调整"),
        .evidence = wish_one_text(w, S("证书")),
    };
}

void wish_eligibility(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;
    struct declaration *d =
        arena_array(w->arena, s->eligibility_count, sizeof *d);
    bool honest = !walk_seldom(w, 6);
    size_t n = 0;

    for (size_t i = 0; d != NULL && i < s->eligibility_count; i++) {
        const struct eligibility *rule = &s->eligibility[i];

        if (rule->kind == ELIGIBLE_DECLARED)
            d[n++] = (struct declaration){ rule->id,
                                           honest ? rule->want : !rule->want,
                                           S("") };
    }
    *(struct eligibility_answer *)data =
        (struct eligibility_answer){ { d, n } };
}

/* Met, or nearly; `good` in a hundred are. */
struct reply wish_reply(struct walk *w, size_t leaf, uint64_t good)
{
    const struct indicator *in = scheme_leaf_at(w->scheme, (int32_t)leaf);
    bool met = walk_pick(w, 100) < good;
    struct reply r = { .indicator = in->id };

    if (!met && in->excludable) {
        r.result = RESULT_NA;
        r.reason = S("没有这项业务");
    } else if (in->kind == LEAF_SAMPLED) {
        r.result = RESULT_SAMPLED;
        r.n = 1 + (int64_t)walk_pick(w, 20);
        r.k = met ? r.n : r.n - 1;
    } else {
        r.result = met ? RESULT_MET : RESULT_NOT_MET;
    }
    return r;
}

static struct list figures(struct walk *w)
{
    const struct scheme *s = w->scheme;
    struct figure_reply *p = arena_array(w->arena, s->figure_count, sizeof *p);

    for (size_t i = 0; p != NULL && i < s->figure_count; i++)
        p[i] = (struct figure_reply){ s->figures[i].id,
                                      88 + (int64_t)walk_pick(w, 13), 100 };
    return (struct list){ p, p == NULL ? 0 : s->figure_count };
}

/* One choice for all leaves: a walk is not to drown in them. */
void wish_assessment(struct walk *w, void *data)
{
    const struct scheme *s = w->scheme;
    struct reply *p = arena_array(w->arena, s->leaf_count, sizeof *p);
    bool weak = walk_seldom(w, 4);

    for (size_t i = 0; p != NULL && i < s->leaf_count; i++)
        p[i] = wish_reply(w, i, weak && i % 4 == 0 ? 50 : 100);
    *(struct assessment_record *)data =
        (struct assessment_record){ { p, p == NULL ? 0 : s->leaf_count },
                                    figures(w) };
}

static bool has_gap(const struct judgement *j)
{
    return j != NULL && (j->quantified == VERDICT_NO ||
                         j->closed == VERDICT_NO || j->resourced == VERDICT_NO);
}

/* The first requirement that is not met, or whose document has a gap; behind
 * the last when there is none. */
static size_t first_wanting(const struct walk *w)
{
    const struct state *s = w->state;
    day since = s->application == NULL ? w->facts.today : s->applied_on;
    size_t i = 0;
    enum lack why;

    while (i < w->scheme->requirement_count &&
           !has_gap(s->requirements[i].judgement) &&
           state_requirement_met(s, (int32_t)i, since, &why))
        i++;
    return i;
}

bool wish_wants_documents(const struct walk *w)
{
    return first_wanting(w) < w->scheme->requirement_count;
}

/* That one, or any. */
static size_t wanting(struct walk *w)
{
    size_t first = first_wanting(w);
    size_t n = w->scheme->requirement_count;

    return first < n ? first : (size_t)walk_pick(w, n);
}

/* The days a document covers; mostly those its requirement asks for, counted
 * back from the application. */
static void cover(struct walk *w, bool whole, struct document *d)
{
    const struct state *s = w->state;
    day on = s->application == NULL ? w->facts.today : s->applied_on;
    bool old = walk_seldom(w, 16);
    bool few = walk_seldom(w, 16);

    d->covers_to = w->facts.today - (day)walk_pick(w, old ? 400 : 25);
    d->covers_from = d->covers_to < on ? d->covers_to : on;
    d->covers_from -= (day)walk_pick(w, 60) + (whole && !few ? 190 : 0);
}

void wish_document(struct walk *w, void *data)
{
    const struct requirement *r = &w->scheme->requirements[wanting(w)];
    struct document *d = data;

    *d = (struct document){
        .requirement = r->id,
        .title = S("文件"),
        .blob = { { 1 } },
        .size = 1 + (int64_t)walk_pick(w, 1000),
        .covers_from = DAY_NEVER,
        .covers_to = DAY_NEVER,
    };
    if (r->has_period || walk_seldom(w, 4))
        cover(w, r->whole, d);
}

/* "C2025-0009:licence" */
static str name_item(struct walk *w, const struct library_item *item)
{
    struct buf b;
    str out = S("");

    buf_init(&b, w->arena, 200);
    buf_str(&b, item->case_number);
    buf_char(&b, ':');
    buf_str(&b, item->document->requirement);
    return failed(buf_done(&b, &out)) ? S("") : out;
}

/* From the case before (test_walk_past.c), by its name or by its content. */
void wish_reuse(struct walk *w, void *data)
{
    size_t r = wanting(w);
    const struct library_item *item = &w->facts.library[r];
    struct document_reuse wish = {
        .requirement = w->scheme->requirements[r].id,
    };

    if (walk_seldom(w, 3))
        wish.blob = item->document->blob;
    else
        wish.from = name_item(w, item);
    *(struct document_reuse *)data = wish;
}

void wish_application(struct walk *w, void *data)
{
    static const str names[] = { S_INIT("总部"), S_INIT("一店"), S_INIT("二店"),
                                 S_INIT("三店") };
    size_t n = 1 + (size_t)walk_pick(w, COUNT(names));
    struct site *sites = arena_array(w->arena, n, sizeof *sites);
    int64_t staff = (int64_t[]){ 8, 40, 120, 2000 }[walk_pick(w, 4)];

    for (size_t i = 0; sites != NULL && i < n; i++)
        sites[i] = (struct site){
            .name = names[i],
            .place = S("示例市"),
            .kind = i == 0 ? SITE_HQ : SITE_OUTLET,
        };
    *(struct application_submit *)data = (struct application_submit){
        .scope = S("家用电器的售后服务"),
        .scope_en = S("After-sales service of household appliances"),
        .staff = staff,
        .service_staff = staff / 3 + 1,
        .sites = { sites, sites == NULL ? 0 : n },
    };
}

/* --- review and plan ------------------------------------------------------ */

static int verdict(struct walk *w, const struct requirement *r, unsigned bit)
{
    if ((r->aspects & bit) == 0)
        return VERDICT_NA;
    return walk_seldom(w, 12) ? VERDICT_NO : VERDICT_YES;
}

void wish_judgement(struct walk *w, void *data)
{
    size_t n = w->scheme->requirement_count;
    size_t at = (size_t)walk_pick(w, n);

    for (size_t i = 0; i < n; i++) {
        const struct requirement_state *x = &w->state->requirements[i];

        if (x->document != NULL && x->judgement == NULL &&
            w->scheme->requirements[i].aspects != 0)
            at = i;
    }
    const struct requirement *r = &w->scheme->requirements[at];
    *(struct judgement *)data = (struct judgement){
        .requirement = r->id,
        .quantified = verdict(w, r, ASPECT_QUANTIFIED),
        .closed = verdict(w, r, ASPECT_CLOSED),
        .resourced = verdict(w, r, ASPECT_RESOURCED),
        .note = S("见第三章"),
    };
}

void wish_revision(struct walk *w, void *data)
{
    day latest = wish_end_of(w, w->scheme->limits.revision);

    *(struct revision *)data = (struct revision){
        walk_seldom(w, 8) ? latest + 1 : wish_in_days(w, 1, 5), S("请修订")
    };
}

static const str auditors[] = { S_INIT("lead"), S_INIT("auditor"),
                                S_INIT("spare"), S_INIT("jack") };

static bool is_named(const str *names, size_t n, str name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return false;
}

/* All, or what was drawn with the first, the headquarters, and as many more as
 * it takes. */
static struct list sites_to_visit(struct walk *w)
{
    const struct sites_drawn *drawn = w->state->sites_drawn;
    const struct application *a = w->state->application;
    const struct site *sites = a == NULL ? NULL : a->sites.p;

    if (a == NULL || drawn == NULL || walk_seldom(w, 3))
        return (struct list){ 0 };

    str *names =
        arena_array(w->arena, a->sites.n + drawn->drawn.n, sizeof *names);
    size_t n = 0;

    if (names == NULL)
        return (struct list){ 0 };
    names[n++] = sites[0].name;
    for (size_t i = 0; i < drawn->drawn.n; i++)
        names[n++] = ((const str *)drawn->drawn.p)[i];
    for (size_t i = 1; i < a->sites.n && (int64_t)n <= drawn->least; i++) {
        if (!is_named(names, n, sites[i].name))
            names[n++] = sites[i].name;
    }
    return (struct list){ names, n };
}

void wish_plan(struct walk *w, void *data)
{
    size_t first = (size_t)walk_pick(w, COUNT(auditors));
    int32_t days = 1 + (int32_t)walk_pick(w, 3);
    day from = wish_in_days(w, 0, 3);
    str *members = arena_array(w->arena, 2, sizeof *members);

    if (members != NULL) {
        members[0] = auditors[(first + 1) % COUNT(auditors)];
        members[1] = walk_seldom(w, 3)
                         ? wish_expert(w)
                         : auditors[(first + 2) % COUNT(auditors)];
    }
    *(struct plan_make *)data = (struct plan_make){
        .lead = auditors[first],
        .members = { members, members == NULL ? 0 : 1 + walk_pick(w, 2) },
        .from = from,
        .to = from + days - 1,
        .person_days = 5 + (int64_t)walk_pick(w, 12) * 5,
        .sites = sites_to_visit(w),
        .reason = walk_seldom(w, 3) ? S("") : S("网点集中"),
    };
}

void wish_replacement(struct walk *w, void *data)
{
    size_t first = (size_t)walk_pick(w, COUNT(auditors));
    str other =
        walk_seldom(w, 4) ? S("jack") : auditors[(first + 1) % COUNT(auditors)];

    *(struct plan_replace *)data = (struct plan_replace){
        .lead = auditors[first],
        .members = wish_one_text(w, other),
        .reason = S("组长生病"),
    };
}
