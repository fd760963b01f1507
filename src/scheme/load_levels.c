/*
 * load_levels -- figures, the ladder of levels, special deductions.
 *
 *   figures?:  [{id, label, records?} ..], of the enterprise, k of n
 *   records:   a name of scheme_record_names: what of its service records
 *              says it
 *   levels:    [LEVEL ..], rising; just one with method: clauses
 *   LEVEL:     {id, label, min, stars?, assumed?, gates?: [GATE ..]}
 *   min:       least score, above 0 to 100, up to three places; none with
 *              method: clauses
 *   stars:     1 to 20, rising where given
 *   GATE:      load_gates.c
 *   specials?: {deduction, bonus?, fail_at?, order, assumed?}, points, 0 for
 *              none; not with method: clauses
 *   order:     after | before, the multiplication by 100
 *
 * [SC2] Levels rise strictly, and each can be reached. [M2]
 */

#include "scheme/parts.h"

enum { HUNDRED = 100000, MIN_MAX = 10 * HUNDRED, FAIL_AT_MAX = 100 };

static const char *const order_names[] = { "after", "before", NULL };

str read_records(struct reading *r, const struct yaml *y)
{
    int at;

    if (yaml_get(y, S("records")) == NULL)
        return S("");
    at = reading_choice(r, y, "records", scheme_record_names);
    return at < 0 ? S("") : str_of(scheme_record_names[at]);
}

static void read_figures(struct reading *r, const struct yaml *root,
                         struct scheme *s)
{
    static const char *const keys[] = { "id", "label", "records", NULL };
    const struct yaml *list = reading_list(r, root, "figures", 0, FIGURE_MAX);

    if (list == NULL)
        return;

    struct figure *figures = reading_array(r, list->count, sizeof *figures);
    if (figures == NULL)
        return;
    s->figures = figures;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct figure *f = &figures[s->figure_count];

        if (!reading_mapping(r, y, keys))
            continue;
        f->id = reading_id(r, y, "id");
        f->label = reading_label(r, y, "label");
        f->records = read_records(r, y);
        check_id(r, y, f->id, &figures[0].id, s->figure_count, sizeof *f);
        s->figure_count++;
    }
}

/* --- the ladder ------------------------------------------------------- */

/* Up to ten times 100, so that "above 100" has a message of its own. */
static void read_min(struct reading *r, const struct yaml *y,
                     const struct scheme *s, struct level *level)
{
    const struct yaml *min = yaml_get(y, S("min"));

    if (s->method == METHOD_CLAUSES) {
        if (min != NULL)
            PROBLEM(r, min, "scheme.points_of_clauses",
                    ARG_STR("key", S("min")));
        return;
    }
    level->min = (int32_t)reading_decimal(r, y, "min", 3, 1, MIN_MAX);
    if (level->min > HUNDRED)
        PROBLEM(r, min, "scheme.level_unreachable", ARG_STR("id", level->id),
                ARG_STR("min", min->text));
}

static void read_level(struct reading *r, const struct yaml *y,
                       const struct scheme *s, struct level *level)
{
    static const char *const keys[] = { "id",      "label", "min", "stars",
                                        "assumed", "gates", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    level->id = reading_id(r, y, "id");
    level->label = reading_label(r, y, "label");
    check_wording(r, yaml_get(y, S("label")), s, level->label);
    read_min(r, y, s, level);
    level->assumed = reading_bool(r, y, "assumed", false);
    if (yaml_get(y, S("stars")) != NULL)
        level->stars = reading_int(r, y, "stars", 1, STARS_MAX);
    load_gates(r, y, s, level);
}

static void check_rise(struct reading *r, const struct yaml *y,
                       const struct level *below, const struct level *level)
{
    if (level->min <= below->min)
        PROBLEM(r, yaml_get(y, S("min")), "scheme.levels_rise",
                ARG_STR("id", level->id), ARG_STR("below", below->id));
    if (level->stars != 0 && level->stars <= below->stars)
        PROBLEM(r, yaml_get(y, S("stars")), "scheme.stars_rise",
                ARG_STR("id", level->id), ARG_STR("below", below->id));
}

static void read_ladder(struct reading *r, const struct yaml *root,
                        struct scheme *s)
{
    size_t most = s->method == METHOD_CLAUSES ? 1 : LEVEL_MAX;
    const struct yaml *list = reading_list(r, root, "levels", 1, most);
    size_t before = r->count;

    if (list == NULL)
        return;

    struct level *levels = reading_array(r, list->count, sizeof *levels);
    if (levels == NULL)
        return;
    s->levels = levels;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct level *level = &levels[s->level_count];

        read_level(r, y, s, level);
        check_id(r, y, level->id, &levels[0].id, s->level_count, sizeof *level);
        if (s->level_count > 0 && r->count == before)
            check_rise(r, y, level - 1, level);
        s->level_count++;
    }
}

bool load_levels(struct reading *r, const struct yaml *root, struct scheme *s)
{
    size_t before = r->count;

    read_figures(r, root, s);
    read_ladder(r, root, s);
    return r->count == before && s->level_count > 0;
}

/* --- specials --------------------------------------------------------- */

bool load_specials(struct reading *r, const struct yaml *root, struct scheme *s)
{
    static const char *const keys[] = { "deduction", "bonus",   "fail_at",
                                        "order",     "assumed", NULL };
    const struct yaml *y = yaml_get(root, S("specials"));
    struct specials *x = &s->specials;
    size_t before = r->count;

    if (y == NULL)
        return true;
    if (s->method == METHOD_CLAUSES) {
        PROBLEM(r, y, "scheme.points_of_clauses",
                ARG_STR("key", S("specials")));
        return false;
    }
    if (!reading_mapping(r, y, keys))
        return false;
    x->deduction = (int32_t)reading_decimal(r, y, "deduction", 3, 0, HUNDRED);
    if (yaml_get(y, S("bonus")) != NULL)
        x->bonus = (int32_t)reading_decimal(r, y, "bonus", 3, 0, HUNDRED);
    if (yaml_get(y, S("fail_at")) != NULL)
        x->fail_at = reading_int(r, y, "fail_at", 0, FAIL_AT_MAX);
    x->order = reading_choice(r, y, "order", order_names) == 1 ? SPECIAL_BEFORE
                                                               : SPECIAL_AFTER;
    x->assumed = reading_bool(r, y, "assumed", false);
    if (r->count == before && x->fail_at > 0 && x->deduction == 0)
        PROBLEM(r, yaml_get(y, S("fail_at")), "scheme.fail_at");
    return r->count == before;
}
