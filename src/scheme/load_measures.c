/*
 * load_measures -- what an enterprise could do, for improvement reports. [M26]
 *
 *   measures?: [MEASURE ..]
 *   MEASURE:   {id, label, indicators?: [ID ..], figures?: [ID ..]}
 *   indicators: leaves, or inner nodes with all that stands below them, that
 *               would be met once it is carried out
 *   figures:    those it lifts to what the gates ask
 *               one of the two at least
 */

#include "scheme/parts.h"

static const struct yaml *first_of(const struct yaml *list)
{
    return list == NULL ? NULL : list->first;
}

static void mark_figure(struct reading *r, const struct yaml *y,
                        const struct scheme *s, bool *figures)
{
    str name = reading_text_of(r, y);
    int32_t at;

    if (name.n == 0)
        return;
    at = scheme_figure(s, name);
    if (at < 0)
        PROBLEM(r, y, "scheme.no_figure", ARG_STR("figure", name));
    else
        figures[at] = true;
}

/* What it mends: `leaves` and `figures` are all false. */
static void read_mended(struct reading *r, const struct yaml *y,
                        const struct scheme *s, bool *leaves, bool *figures)
{
    const struct yaml *indicators =
        reading_list(r, y, "indicators", 0, LEAF_MAX);
    const struct yaml *lifted = reading_list(r, y, "figures", 0, FIGURE_MAX);

    for (const struct yaml *x = first_of(indicators); x != NULL; x = x->next)
        mark_leaves(r, x, s, leaves);
    for (const struct yaml *x = first_of(lifted); x != NULL; x = x->next)
        mark_figure(r, x, s, figures);
    if (first_of(indicators) == NULL && first_of(lifted) == NULL)
        PROBLEM(r, y, "scheme.measure_empty");
}

static void read_measure(struct reading *r, const struct yaml *y,
                         const struct scheme *s, struct measure *m)
{
    static const char *const keys[] = { "id", "label", "indicators", "figures",
                                        NULL };
    bool *leaves = reading_array(r, s->leaf_count, sizeof *leaves);
    bool *figures = reading_array(r, s->figure_count, sizeof *figures);

    if (leaves == NULL || figures == NULL || !reading_mapping(r, y, keys))
        return;
    m->id = reading_id(r, y, "id");
    m->label = reading_label(r, y, "label");
    m->leaves = leaves;
    m->figures = figures;
    read_mended(r, y, s, leaves, figures);
}

bool load_measures(struct reading *r, const struct yaml *root, struct scheme *s)
{
    const struct yaml *list = reading_list(r, root, "measures", 0, MEASURE_MAX);
    size_t before = r->count;
    struct measure *measures;

    if (list == NULL)
        return true;
    measures = reading_array(r, list->count, sizeof *measures);
    if (measures == NULL)
        return false;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct measure *m = &measures[s->measure_count];

        read_measure(r, y, s, m);
        check_id(r, y, m->id, &measures[0].id, s->measure_count, sizeof *m);
        s->measure_count++;
    }
    s->measures = measures;
    return r->count == before;
}
