/*
 * load_levels -- figures, levels with their gates, special deductions.
 *
 *   figures:  [{id, label} ..]
 *   levels:   [LEVEL ..], rising
 *   LEVEL:    {id, label, min, stars?, assumed?, gates?: [GATE ..]}
 *   min:      decimal 0..100 with up to three places; 0 with method: clauses
 *   GATE:     {id, label, figure, least: [K, N], mode, assumed?}
 *   mode:     figure | refute | demonstrate
 *   specials: {deduction, bonus, fail_at, order, assumed?}
 *   order:    after | before, the multiplication by 100
 *
 * [SC2] Levels rise strictly, and each can be reached: no minimum above 100,
 * no gate that asks for more than all.
 */

#include "scheme/reading.h"

enum { HUNDRED = 100000 };

static const char *const mode_names[] = { "figure", "refute", "demonstrate",
                                          NULL };
static const char *const order_names[] = { "after", "before", NULL };

static void load_figures(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "id", "label", NULL };
    const struct yaml *list = reading_list(r, root, "figures", 0, FIGURE_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct figure *figures = reading_array(r, list->count, sizeof *figures);
    if (figures == NULL)
        return;
    r->scheme->figures = figures;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        if (!reading_mapping(r, y, keys))
            continue;
        figures[n].id = reading_id(r, y, "id");
        figures[n].label = reading_label(r, y, "label");
        if (scheme_figure(r->scheme, figures[n].id) >= 0)
            PROBLEM(r, y, "scheme.id_twice", ARG_STR("id", figures[n].id));
        r->scheme->figure_count = ++n;
    }
}

/* least: [K, N] */
static void read_least(struct reading *r, const struct yaml *y, struct gate *g)
{
    const struct yaml *pair = reading_list(r, y, "least", 2, 2);
    int64_t k = 0;
    int64_t n = 1;

    if (pair == NULL)
        return;
    if (!yaml_int(pair->first, &k) || !yaml_int(pair->first->next, &n) ||
        k < 0 || n < 1 || n > 10000) {
        PROBLEM(r, pair, "scheme.ratio");
        return;
    }
    if (k > n)
        PROBLEM(r, pair, "scheme.gate_unreachable", ARG_STR("id", g->id),
                ARG_INT("k", k), ARG_INT("n", n));
    g->min_n = (int32_t)k;
    g->min_d = (int32_t)n;
}

static void read_gate(struct reading *r, const struct yaml *y, struct gate *g)
{
    static const char *const keys[] = { "id",   "label",   "figure", "least",
                                        "mode", "assumed", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    g->id = reading_id(r, y, "id");
    g->label = reading_label(r, y, "label");
    g->mode = reading_choice(r, y, "mode", mode_names);
    g->assumed = reading_bool(r, y, "assumed", false);
    g->min_d = 1;
    read_least(r, y, g);

    const struct yaml *figure = reading_need(r, y, "figure");
    if (figure == NULL)
        return;
    g->figure = scheme_figure(r->scheme, figure->text);
    if (g->figure < 0)
        PROBLEM(r, figure, "scheme.no_figure", ARG_STR("figure", figure->text));
}

static void read_gates(struct reading *r, const struct yaml *y,
                       struct level *level)
{
    const struct yaml *list = reading_list(r, y, "gates", 0, GATE_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct gate *gates = reading_array(r, list->count, sizeof *gates);
    if (gates == NULL)
        return;
    for (const struct yaml *g = list->first; g != NULL; g = g->next)
        read_gate(r, g, &gates[n++]);
    level->gates = gates;
    level->gate_count = n;
}

static void read_level(struct reading *r, const struct yaml *y,
                       struct level *level, const struct level *below)
{
    static const char *const keys[] = { "id",      "label", "min", "stars",
                                        "assumed", "gates", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    level->id = reading_id(r, y, "id");
    level->label = reading_label(r, y, "label");
    level->min = (int32_t)reading_decimal(r, y, "min", 3, 0, INT32_MAX);
    level->assumed = reading_bool(r, y, "assumed", false);
    if (yaml_get(y, S("stars")) != NULL)
        level->stars = reading_int(r, y, "stars", 0, 20);
    if (level->min > HUNDRED)
        PROBLEM(r, yaml_get(y, S("min")), "scheme.level_unreachable",
                ARG_STR("id", level->id));
    if (r->scheme->method == METHOD_CLAUSES && level->min != 0)
        PROBLEM(r, yaml_get(y, S("min")), "scheme.points_of_clauses");
    if (below != NULL && level->min <= below->min)
        PROBLEM(r, yaml_get(y, S("min")), "scheme.levels_rise",
                ARG_STR("id", level->id), ARG_STR("below", below->id));
    read_gates(r, y, level);
}

static void check_level_ids(struct reading *r, const struct yaml *list,
                            const struct level *levels)
{
    size_t i = 0;

    for (const struct yaml *y = list->first; y != NULL; y = y->next, i++) {
        for (size_t j = 0; j < i; j++) {
            if (levels[i].id.n > 0 && str_eq(levels[i].id, levels[j].id))
                PROBLEM(r, y, "scheme.id_twice", ARG_STR("id", levels[i].id));
        }
    }
}

static void load_ladder(struct reading *r, const struct yaml *root)
{
    size_t most = r->scheme->method == METHOD_CLAUSES ? 1 : LEVEL_MAX;
    const struct yaml *list = reading_list(r, root, "levels", 1, most);
    size_t n = 0;

    if (list == NULL)
        return;

    struct level *levels = reading_array(r, list->count, sizeof *levels);
    if (levels == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next, n++)
        read_level(r, y, &levels[n], n == 0 ? NULL : &levels[n - 1]);
    check_level_ids(r, list, levels);
    r->scheme->levels = levels;
    r->scheme->level_count = n;
}

static void load_specials(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "deduction", "bonus",   "fail_at",
                                        "order",     "assumed", NULL };
    const struct yaml *y = yaml_get(root, S("specials"));
    struct specials *s = &r->scheme->specials;

    if (!reading_mapping(r, y, keys))
        return;
    s->deduction = (int32_t)reading_decimal(r, y, "deduction", 3, 0, HUNDRED);
    s->bonus = (int32_t)reading_decimal(r, y, "bonus", 3, 0, HUNDRED);
    s->fail_at = reading_int(r, y, "fail_at", 0, 1000);
    s->order = reading_choice(r, y, "order", order_names);
    s->assumed = reading_bool(r, y, "assumed", false);
}

void load_levels(struct reading *r, const struct yaml *root)
{
    load_figures(r, root);
    load_ladder(r, root);
    load_specials(r, root);
}
