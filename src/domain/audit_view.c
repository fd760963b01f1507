#include "domain/audit_view.h"

#include "base/arena.h"
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
static struct json *papers_json(struct arena *a, const struct checklists *x,
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
    json_set(j, S("papers"), papers_json(a, x, c->site->name, leaf));
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
