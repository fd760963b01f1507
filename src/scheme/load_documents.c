/*
 * load_documents -- what an application holds. [M8] [M9] [M14]
 *
 *   documents: [{id, label, required, period?: LIMIT, whole?: LIMIT,
 *                aspects?: [ASPECT ..]}]
 *   required:  true | false; at least one is
 *   period:    it is from this long before the application: its last day lies
 *              in there
 *   whole:     .. and covers all of that, but at most this long at the end
 *   aspects:   what the review judges; left out: only that it is there
 *   ASPECT:    quantified | closed | resourced
 *   LIMIT:     5wd | 30d | 3m
 */

#include "scheme/parts.h"

enum { DOCUMENTS_MAX = 100, ASPECTS = 3 };

static const char *const aspect_names[] = { "quantified", "closed", "resourced",
                                            NULL };

static void read_aspects(struct reading *r, const struct yaml *y,
                         struct requirement *q)
{
    const struct yaml *list = reading_list(r, y, "aspects", 0, ASPECTS);
    const struct yaml *one = list == NULL ? NULL : list->first;

    for (; one != NULL; one = one->next) {
        int aspect = reading_choice_of(r, one, aspect_names);
        unsigned bit = aspect < 0 ? 0 : 1U << aspect;

        if ((q->aspects & bit) != 0)
            PROBLEM(r, one, "scheme.word_twice", ARG_STR("word", one->text));
        q->aspects |= bit;
    }
}

static void read_whole(struct reading *r, const struct yaml *y,
                       struct requirement *q)
{
    const struct yaml *whole = yaml_get(y, S("whole"));

    if (whole == NULL)
        return;
    q->whole = true;
    q->lag = reading_span(r, y, "whole");
    if (!q->has_period)
        PROBLEM(r, whole, "scheme.whole");
}

static void read_requirement(struct reading *r, const struct yaml *y,
                             struct requirement *q)
{
    static const char *const keys[] = { "id",     "label", "required",
                                        "period", "whole", "aspects",
                                        NULL };

    if (!reading_mapping(r, y, keys))
        return;
    q->id = reading_id(r, y, "id");
    q->label = reading_label(r, y, "label");
    if (reading_need(r, y, "required") != NULL)
        q->required = reading_bool(r, y, "required", false);
    q->has_period = yaml_get(y, S("period")) != NULL;
    if (q->has_period)
        q->period = reading_span(r, y, "period");
    read_whole(r, y, q);
    read_aspects(r, y, q);
}

static void check_required(struct reading *r, const struct yaml *list,
                           const struct scheme *s)
{
    for (size_t i = 0; i < s->requirement_count; i++) {
        if (s->requirements[i].required)
            return;
    }
    PROBLEM(r, list, "scheme.none_required");
}

bool load_documents(struct reading *r, const struct yaml *root,
                    struct scheme *s)
{
    size_t before = r->count;
    const struct yaml *list =
        reading_list(r, root, "documents", 1, DOCUMENTS_MAX);

    if (list == NULL)
        return false;

    struct requirement *items = reading_array(r, list->count, sizeof *items);
    if (items == NULL)
        return false;
    s->requirements = items;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct requirement *q = &items[s->requirement_count];

        read_requirement(r, y, q);
        check_id(r, y, q->id, &items[0].id, s->requirement_count, sizeof *q);
        s->requirement_count++;
    }
    if (r->count == before)
        check_required(r, list, s);
    return r->count == before;
}
