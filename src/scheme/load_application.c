/*
 * load_application -- who may apply, and what an application holds.
 *
 *   eligibility: [ITEM ..]
 *   ITEM:        {id, label, registered: LIMIT}   registered at least so long
 *              | {id, label, scope: [WORD ..]}    the scope holds one of these
 *              | {id, label, declared: true|false} what must be declared
 *   documents:   [{id, label, required, period?: LIMIT, aspects?: [ASPECT ..]}]
 *   ASPECT:      quantified | closed | resourced
 */

#include "scheme/reading.h"

enum { ITEMS_MAX = 100 };

static const char *const aspect_names[] = { "quantified", "closed", "resourced",
                                            NULL };

static void read_words(struct reading *r, const struct yaml *y,
                       struct eligibility *e)
{
    const struct yaml *list = reading_list(r, y, "scope", 1, ITEMS_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    str *words = reading_array(r, list->count, sizeof *words);
    if (words == NULL)
        return;
    for (const struct yaml *w = list->first; w != NULL; w = w->next) {
        if (w->kind != YAML_SCALAR || w->text.n == 0)
            PROBLEM(r, w, "scheme.want_text", ARG_STR("key", S("scope")));
        else
            words[n++] = w->text;
    }
    e->words = words;
    e->word_count = n;
}

static void read_item(struct reading *r, const struct yaml *y,
                      struct eligibility *e)
{
    static const char *const keys[] = { "id",    "label",    "registered",
                                        "scope", "declared", NULL };
    const struct yaml *registered = yaml_get(y, S("registered"));
    const struct yaml *scope = yaml_get(y, S("scope"));
    const struct yaml *declared = yaml_get(y, S("declared"));

    if (!reading_mapping(r, y, keys))
        return;
    e->id = reading_id(r, y, "id");
    e->label = reading_label(r, y, "label");
    if ((registered != NULL) + (scope != NULL) + (declared != NULL) != 1) {
        PROBLEM(r, y, "scheme.eligibility_kind", ARG_STR("id", e->id));
        return;
    }
    if (registered != NULL) {
        e->kind = ELIGIBLE_REGISTERED;
        e->span = reading_span_of(r, registered);
    } else if (scope != NULL) {
        e->kind = ELIGIBLE_SCOPE;
        read_words(r, y, e);
    } else {
        e->kind = ELIGIBLE_DECLARED;
        e->want = reading_bool(r, y, "declared", true);
    }
}

static void load_eligibility(struct reading *r, const struct yaml *root)
{
    const struct yaml *list =
        reading_list(r, root, "eligibility", 1, ITEMS_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct eligibility *items = reading_array(r, list->count, sizeof *items);
    if (items == NULL)
        return;
    r->scheme->eligibility = items;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        read_item(r, y, &items[n]);
        if (scheme_eligibility(r->scheme, items[n].id) >= 0)
            PROBLEM(r, y, "scheme.id_twice", ARG_STR("id", items[n].id));
        r->scheme->eligibility_count = ++n;
    }
}

static void read_requirement(struct reading *r, const struct yaml *y,
                             struct requirement *q)
{
    static const char *const keys[] = { "id",     "label",   "required",
                                        "period", "aspects", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    q->id = reading_id(r, y, "id");
    q->label = reading_label(r, y, "label");
    if (reading_need(r, y, "required") != NULL)
        q->required = reading_bool(r, y, "required", false);
    if (yaml_get(y, S("period")) != NULL) {
        q->has_period = true;
        q->period = reading_span(r, y, "period");
    }

    const struct yaml *aspects = reading_list(r, y, "aspects", 0, 3);
    const struct yaml *one = aspects == NULL ? NULL : aspects->first;
    for (; one != NULL; one = one->next)
        q->aspects |= 1U << reading_choice_of(r, one, aspect_names);
}

static void load_documents(struct reading *r, const struct yaml *root)
{
    const struct yaml *list = reading_list(r, root, "documents", 1, ITEMS_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct requirement *items = reading_array(r, list->count, sizeof *items);
    if (items == NULL)
        return;
    r->scheme->requirements = items;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        read_requirement(r, y, &items[n]);
        if (scheme_requirement(r->scheme, items[n].id) >= 0)
            PROBLEM(r, y, "scheme.id_twice", ARG_STR("id", items[n].id));
        r->scheme->requirement_count = ++n;
    }
}

void load_application(struct reading *r, const struct yaml *root)
{
    load_eligibility(r, root);
    load_documents(r, root);
}
