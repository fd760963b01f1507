#include "domain/audit_view.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/stages.h"
#include "domain/view.h"
#include "domain/view_parts.h"

/* --- checklists ----------------------------------------------------------- */

struct json *answer_json(struct arena *a, struct answer x)
{
    static const char *const words[] = {
        [ANSWER_MET] = "met",
        [ANSWER_NOT_MET] = "not_met",
        [ANSWER_SAMPLED] = "sampled",
        [ANSWER_NOT_APPLICABLE] = "na",
    };
    struct json *j;

    if (x.kind == ANSWER_NONE)
        return json_new_null(a);
    j = x.kind == ANSWER_SAMPLED ? ratio_json(a, x.k, x.n) : json_new_object(a);
    json_set(j, S("result"), json_new_str(a, str_of(words[x.kind])));
    return j;
}

/* Interviews and observations at `site` about leaf `leaf`. */
static struct json *seen_json(struct arena *a, const struct checklists *x,
                              str site, int32_t leaf)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < x->paper_count; i++) {
        const struct checklist_paper *p = &x->papers[i];

        if (p->leaf == leaf && str_eq(p->site, site))
            json_add(list, json_new_int(a, p->number));
    }
    return list;
}

static struct json *raised_json(struct arena *a, const struct checklist_leaf *l)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < l->raised_count; i++)
        json_add(list, json_new_int(a, l->raised[i]));
    return list;
}

static struct json *line_json(struct arena *a, const struct scheme *s,
                              const struct checklists *x,
                              const struct checklist *c, int32_t leaf)
{
    static const char *const judged[] = {
        [JUDGED_DOCUMENTS] = "documents",
        [JUDGED_SITE] = "site",
        [JUDGED_BOTH] = "both",
    };
    const struct indicator *in = scheme_leaf_at(s, leaf);
    const struct checklist_leaf *known = &x->leaves[leaf];
    struct json *j = json_new_object(a);

    json_set(j, S("indicator"), json_new_str(a, in->id));
    json_set(j, S("label"), label_json(a, in->label));
    json_set(j, S("points"), points_json(a, in->points));
    json_set(j, S("judged"), json_new_str(a, str_of(judged[in->judged])));
    if (in->kind == LEAF_SAMPLED)
        json_set(j, S("sample"), label_json(a, in->sample));
    json_set(j, S("said"), answer_json(a, known->said));
    json_set(j, S("before"), answer_json(a, known->before));
    json_set(j, S("raised"), raised_json(a, known));
    json_set(j, S("finding"), data_json(a, &finding_record, known->finding));
    json_set(j, S("papers"), seen_json(a, x, c->site->name, leaf));
    return j;
}

static struct json *list_json(struct arena *a, const struct scheme *s,
                              const struct checklists *x,
                              const struct checklist *c)
{
    struct json *j = json_new_object(a);
    struct json *lines = json_new_array(a);

    for (size_t i = 0; i < c->leaf_count; i++)
        json_add(lines, line_json(a, s, x, c, c->leaves[i]));
    json_set(j, S("site"), json_new_str(a, c->site->name));
    json_set(j, S("kind"), json_new_str(a, str_of(site_names[c->site->kind])));
    json_set(j, S("mode"),
             c->mode == '\0' ? json_new_null(a)
                             : text_json(a, (str){ &c->mode, 1 }));
    json_set(j, S("lines"), lines);
    return j;
}

err checklist_json(struct arena *a, const struct state *s,
                   const struct checklists *x, struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *lists = json_new_array(a);

    for (size_t i = 0; i < x->count; i++)
        json_add(lists, list_json(a, s->scheme, x, &x->lists[i]));
    json_set(j, S("round"), json_new_str(a, str_of(round_names[s->round])));
    json_set(j, S("lists"), lists);
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* --- working papers ------------------------------------------------------- */

static const struct {
    const char *event;
    const char *list;
    const struct record *record;
} paper_kinds[] = {
    { "interview.recorded", "interviews", &interview_record },
    { "observation.recorded", "observations", &observation_record },
    { "sample.called", "calls", &sample_call_record },
};

/* The papers of one kind, of the site audit that `opened` began. */
static struct json *kind_json(struct arena *a, const struct event *opened,
                              const char *event, const struct record *record)
{
    struct json *list = json_new_array(a);

    for (const struct event *e = opened->next; e != NULL; e = e->next) {
        struct json *j;

        if (strcmp(e->kind->name, "audit.opened") == 0)
            break;
        if (strcmp(e->kind->name, event) != 0)
            continue;
        j = data_json(a, record, e->data);
        json_set(j, S("auditor"), id_json(a, e->actor));
        json_add(list, j);
    }
    return list;
}

static struct json *audit_json(struct arena *a, const struct event *opened,
                               int round)
{
    struct json *j = json_new_object(a);

    json_set(j, S("round"), json_new_str(a, str_of(round_names[round])));
    json_set(j, S("opened"), day_json(a, opened->on));
    for (size_t i = 0; i < COUNT(paper_kinds); i++)
        json_set(j, str_of(paper_kinds[i].list),
                 kind_json(a, opened, paper_kinds[i].event,
                           paper_kinds[i].record));
    return j;
}

static int round_of(const struct event *e)
{
    EVENT_DATA(round_opened, r, e);

    return r->kind;
}

/* Of all rounds: the first is noted before any audit is opened. */
static struct json *risks_json(struct arena *a, const struct event_list *events)
{
    struct json *list = json_new_array(a);

    for (const struct event *e = events->first; e != NULL; e = e->next) {
        struct json *j;

        if (strcmp(e->kind->name, "risk.noted") != 0)
            continue;
        j = data_json(a, &risk_note_record, e->data);
        json_set(j, S("auditor"), id_json(a, e->actor));
        json_set(j, S("noted"), day_json(a, e->on));
        json_add(list, j);
    }
    return list;
}

err papers_json(struct arena *a, const struct state *s,
                const struct event_list *events, struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *audits = json_new_array(a);
    int round = ROUND_INITIAL;

    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "round.opened") == 0)
            round = round_of(e);
        else if (strcmp(e->kind->name, "audit.opened") == 0)
            json_add(audits, audit_json(a, e, round));
    }
    json_set(j, S("audits"), audits);
    json_set(j, S("risk_notes"), risks_json(a, events));
    json_set(j, S("sample"), sample_json(a, s, READER_BODY));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* --- document review ------------------------------------------------------ */

static struct json *gap_json(struct arena *a, const struct scheme *s,
                             const struct review_gap *g)
{
    const struct requirement *r = &s->requirements[g->requirement];
    struct json *j = data_json(a, &judgement_record, g->judgement);

    json_set(j, S("label"), label_json(a, r->label));
    json_set(j, S("closed_on"), day_json(a, g->closed));
    return j;
}

static struct json *round_json(struct arena *a, const struct scheme *s,
                               const struct review_round *r)
{
    struct json *j = json_new_object(a);
    struct json *gaps = json_new_array(a);

    for (size_t i = 0; i < r->gap_count; i++)
        json_add(gaps, gap_json(a, s, &r->gaps[i]));
    json_set(j, S("asked"), day_json(a, r->asked));
    json_set(j, S("until"), day_json(a, r->until));
    json_set(j, S("note"), json_new_str(a, r->note));
    json_set(j, S("gaps"), gaps);
    json_set(j, S("answered"), day_json(a, r->answered));
    return j;
}

static struct json *judged_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        const struct requirement *r = &s->scheme->requirements[i];
        struct json *j;

        if (r->aspects == 0)
            continue;
        j = json_new_object(a);
        json_set(j, S("requirement"), json_new_str(a, r->id));
        json_set(j, S("label"), label_json(a, r->label));
        json_set(j, S("judgement"),
                 data_json(a, &judgement_record, s->requirements[i].judgement));
        json_add(list, j);
    }
    return list;
}

err review_json(struct arena *a, const struct state *s,
                const struct review_rounds *x, struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *rounds = json_new_array(a);

    for (size_t i = 0; i < x->count; i++)
        json_add(rounds, round_json(a, s->scheme, &x->rounds[i]));
    json_set(j, S("documents"), judged_json(a, s));
    json_set(j, S("rounds"), rounds);
    json_set(j, S("passed"), day_json(a, x->passed));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}
