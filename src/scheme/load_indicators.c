/*
 * load_indicators -- the tree of what is judged.
 *
 *   indicators: [INDICATOR ..]
 *   INDICATOR:  {id, label, points, assumed?, children: [INDICATOR ..]}
 *             | {id, label, points, assumed?, judged, sampled?, corrects?,
 *                excludable?}
 *   points:     decimal with up to three places; not with method: clauses
 *   judged:     documents | site | both
 *   sampled:    {zh, en}, what is sampled; absent: all or nothing
 *   corrects:   true: a verified correction restores the points
 *
 * [SC1] Each inner node's points are the sum of its children's, and the roots
 * add up to 100.
 */

#include "scheme/reading.h"

enum { DEPTH_MAX = 6, INDICATOR_MAX = 1000, HUNDRED = 100000 };

static const char *const judged_names[] = { "documents", "site", "both", NULL };

struct growing {
    struct indicator *at; /* INDICATOR_MAX of them */
    size_t n;
    int32_t *leaves;
    size_t leaf_count;
    const struct yaml **places; /* the node of each, for messages */
};

static bool id_is_taken(const struct growing *g, str name)
{
    for (size_t i = 0; i < g->n; i++) {
        if (str_eq(g->at[i].id, name))
            return true;
    }
    return false;
}

static void read_leaf(struct reading *r, struct growing *g,
                      const struct yaml *y, struct indicator *in)
{
    static const enum leaf_judged judged[] = { JUDGED_DOCUMENTS, JUDGED_SITE,
                                               JUDGED_BOTH };
    const struct yaml *sampled = yaml_get(y, S("sampled"));

    in->judged = judged[reading_choice(r, y, "judged", judged_names)];
    in->corrects = reading_bool(r, y, "corrects", false);
    in->excludable = reading_bool(r, y, "excludable", false);
    if (sampled != NULL) {
        in->kind = LEAF_SAMPLED;
        in->sample = reading_label_of(r, sampled);
    }
    if (g->leaf_count >= LEAF_MAX) {
        PROBLEM(r, y, "scheme.too_many_leaves", ARG_INT("most", LEAF_MAX));
        return;
    }
    in->leaf = (int32_t)g->leaf_count;
    g->leaves[g->leaf_count++] = (int32_t)(in - g->at);
}

static void read_points(struct reading *r, const struct yaml *y,
                        struct indicator *in)
{
    const struct yaml *given = yaml_get(y, S("points"));

    in->assumed = reading_bool(r, y, "assumed", false);
    if (r->scheme->method == METHOD_POINTS)
        in->points = (int32_t)reading_decimal(r, y, "points", 3, 1, HUNDRED);
    else if (given != NULL)
        PROBLEM(r, given, "scheme.points_of_clauses");
}

static void read_tree(struct reading *r, struct growing *g,
                      const struct yaml *list, int32_t parent, int depth);

static void read_indicator(struct reading *r, struct growing *g,
                           const struct yaml *y, int32_t parent, int depth)
{
    static const char *const inner_keys[] = { "id",      "label",    "points",
                                              "assumed", "children", NULL };
    static const char *const leaf_keys[] = {
        "id",      "label",    "points",     "assumed", "judged",
        "sampled", "corrects", "excludable", NULL,
    };
    bool inner = yaml_get(y, S("children")) != NULL;

    if (!reading_mapping(r, y, inner ? inner_keys : leaf_keys))
        return;
    if (g->n >= INDICATOR_MAX || depth > DEPTH_MAX) {
        PROBLEM(r, y, "scheme.tree", ARG_INT("most", INDICATOR_MAX),
                ARG_INT("depth", DEPTH_MAX));
        return;
    }

    str name = reading_id(r, y, "id");
    if (name.n > 0 && id_is_taken(g, name))
        PROBLEM(r, y, "scheme.id_twice", ARG_STR("id", name));

    int32_t at = (int32_t)g->n++;
    struct indicator *in = &g->at[at];
    g->places[at] = y;
    *in = (struct indicator){
        .id = name,
        .label = reading_label(r, y, "label"),
        .parent = parent,
        .leaf = -1,
    };
    read_points(r, y, in);
    if (inner)
        read_tree(r, g, reading_list(r, y, "children", 1, INDICATOR_MAX), at,
                  depth + 1);
    else
        read_leaf(r, g, y, in);
}

static void read_tree(struct reading *r, struct growing *g,
                      const struct yaml *list, int32_t parent, int depth)
{
    if (list == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        read_indicator(r, g, y, parent, depth);
}

/* [SC1] The children of node `parent` (-1: the roots) add up to `want`. */
static void check_sum(struct reading *r, const struct growing *g,
                      int32_t parent, int32_t want, const struct yaml *place)
{
    int32_t sum = 0;

    for (size_t i = 0; i < g->n; i++)
        sum += g->at[i].parent == parent ? g->at[i].points : 0;
    if (sum == want)
        return;
    PROBLEM(r, place, "scheme.sum",
            ARG_STR("id", parent < 0 ? S("indicators") : g->at[parent].id),
            ARG_INT("sum", sum), ARG_INT("want", want));
}

static void check_sums(struct reading *r, const struct growing *g,
                       const struct yaml *list)
{
    if (r->scheme->method != METHOD_POINTS || r->count > 0)
        return; /* a missing number would be reported twice */
    check_sum(r, g, -1, HUNDRED, list);
    for (size_t i = 0; i < g->n; i++) {
        if (g->at[i].leaf < 0)
            check_sum(r, g, (int32_t)i, g->at[i].points, g->places[i]);
    }
}

void load_indicators(struct reading *r, const struct yaml *root)
{
    const struct yaml *list =
        reading_list(r, root, "indicators", 1, INDICATOR_MAX);
    struct growing g = {
        .at = reading_array(r, INDICATOR_MAX, sizeof *g.at),
        .leaves = reading_array(r, LEAF_MAX, sizeof *g.leaves),
        .places = reading_array(r, INDICATOR_MAX, sizeof(struct yaml *)),
    };

    if (list == NULL || failed(r->fatal))
        return;
    read_tree(r, &g, list, -1, 1);
    check_sums(r, &g, list);
    r->scheme->indicators = g.at;
    r->scheme->indicator_count = g.n;
    r->scheme->leaves = g.leaves;
    r->scheme->leaf_count = g.leaf_count;
}
