/*
 * load_indicators -- the tree of what is judged.
 *
 *   indicators: [INDICATOR ..]
 *   INDICATOR:  {id, label, points, assumed?, modes?, sites?,
 *                children: [INDICATOR ..]}
 *             | {id, label, points, assumed?, modes?, sites?, judged,
 *                sampled?, records?, corrects?, excludable?}
 *   id:         unique; a child's is its parent's, a dot, and more
 *   points:     above 0 to 100, up to three places; none with method: clauses
 *   judged:     documents | site | both
 *   sampled:    LABEL, what is sampled; left out: all its points or none
 *   records:    beside sampled only, as in load_levels.c
 *   corrects:   true: a verified correction restores the points
 *   excludable: true: may be "not applicable"
 *   modes:      [A .. I], the ways it is looked at (RB/T 314)
 *   sites:      [hq, branch, outlet], where it is looked at
 *               both hold for all that stands below; left out: all of them
 *
 * [SC1] Each inner node's points are the sum of its children's, the roots add
 * up to 100, and something always applies.
 */

#include "scheme/parts.h"

#include "base/buf.h"

enum { DEPTH_MAX = 6, INDICATOR_MAX = 1000, HUNDRED = 100000 };

static const char *const judged_names[] = { "documents", "site", "both", NULL };

/* The tree while it is read; arrays for all its nodes. */
struct growing {
    enum scheme_method method;
    struct indicator *at;
    size_t n;
    int32_t *leaves;
    size_t leaf_count;
    const struct yaml **places; /* the node of each, for messages */
};

static void read_leaf(struct reading *r, struct growing *g,
                      const struct yaml *y, struct indicator *in)
{
    static const enum leaf_judged judged[] = { JUDGED_DOCUMENTS, JUDGED_SITE,
                                               JUDGED_BOTH };
    int by = reading_choice(r, y, "judged", judged_names);
    const struct yaml *sampled = yaml_get(y, S("sampled"));

    in->judged = by < 0 ? JUDGED_BOTH : judged[by];
    in->corrects = reading_bool(r, y, "corrects", false);
    in->excludable = reading_bool(r, y, "excludable", false);
    if (sampled != NULL) {
        in->kind = LEAF_SAMPLED;
        in->sample = reading_label_of(r, sampled);
    }
    in->records = read_records(r, y);
    if (in->records.n > 0 && sampled == NULL)
        PROBLEM(r, yaml_get(y, S("records")), "scheme.records_unsampled",
                ARG_STR("id", in->id));
    in->leaf = (int32_t)g->leaf_count;
    g->leaves[g->leaf_count++] = (int32_t)(in - g->at);
}

/* What a node says itself, else what holds above it. */
static void read_where(struct reading *r, const struct growing *g,
                       const struct yaml *y, struct indicator *in)
{
    static const char *const kinds[] = { "hq", "branch", "outlet", NULL };
    const struct indicator *up = in->parent < 0 ? NULL : &g->at[in->parent];

    in->modes = up == NULL ? MODES_ALL : up->modes;
    in->sites = up == NULL ? AT_ANY : up->sites;
    if (yaml_get(y, S("modes")) != NULL)
        in->modes = read_modes(r, y, "modes");
    if (yaml_get(y, S("sites")) != NULL)
        in->sites = read_bits(r, y, "sites", kinds);
}

static void read_points(struct reading *r, const struct growing *g,
                        const struct yaml *y, struct indicator *in)
{
    in->assumed = reading_bool(r, y, "assumed", false);
    if (g->method == METHOD_POINTS)
        in->points = (int32_t)reading_decimal(r, y, "points", 3, 1, HUNDRED);
    else if (yaml_get(y, S("points")) != NULL)
        PROBLEM(r, yaml_get(y, S("points")), "scheme.points_of_clauses",
                ARG_STR("key", S("points")));
}

/* A slip of the pen in a long tree shows in the numbers. */
static void check_number(struct reading *r, const struct growing *g,
                         const struct yaml *y, const struct indicator *in)
{
    str parent = in->parent < 0 ? S("") : g->at[in->parent].id;

    if (in->id.n == 0 || parent.n == 0)
        return;
    if (str_begins(in->id, parent) && in->id.n > parent.n + 1 &&
        in->id.p[parent.n] == '.')
        return;
    PROBLEM(r, yaml_get(y, S("id")), "scheme.id_parent", ARG_STR("id", in->id),
            ARG_STR("parent", parent));
}

static void read_tree(struct reading *r, struct growing *g,
                      const struct yaml *list, int32_t parent);

static void read_indicator(struct reading *r, struct growing *g,
                           const struct yaml *y, int32_t parent)
{
    static const char *const inner_keys[] = {
        "id", "label", "points", "assumed", "modes", "sites", "children", NULL,
    };
    static const char *const leaf_keys[] = {
        "id",     "label",   "points",   "assumed",    "modes", "sites",
        "judged", "sampled", "records", "corrects", "excludable", NULL,
    };
    bool inner = yaml_get(y, S("children")) != NULL;

    if (!reading_mapping(r, y, inner ? inner_keys : leaf_keys))
        return;

    struct indicator *in = &g->at[g->n];
    in->id = reading_id(r, y, "id");
    check_id(r, y, in->id, &g->at[0].id, g->n, sizeof *in);
    g->places[g->n++] = y;
    in->label = reading_label(r, y, "label");
    in->parent = parent;
    in->leaf = -1;
    check_number(r, g, y, in);
    read_points(r, g, y, in);
    read_where(r, g, y, in);
    if (inner)
        read_tree(r, g, reading_list(r, y, "children", 1, INDICATOR_MAX),
                  (int32_t)(in - g->at));
    else
        read_leaf(r, g, y, in);
}

static void read_tree(struct reading *r, struct growing *g,
                      const struct yaml *list, int32_t parent)
{
    if (list == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        read_indicator(r, g, y, parent);
}

/* --- size ------------------------------------------------------------- */

struct size {
    size_t nodes;
    size_t leaves;
    int depth;
};

/* Every element of a list of indicators, whatever it is; YAML has bounded the
 * depth. */
static void measure(const struct yaml *list, int depth, struct size *size)
{
    size->depth = depth > size->depth ? depth : size->depth;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        const struct yaml *children = yaml_get(y, S("children"));

        size->nodes++;
        if (children != NULL && children->kind == YAML_SEQUENCE)
            measure(children, depth + 1, size);
        else
            size->leaves++;
    }
}

static bool check_size(struct reading *r, const struct yaml *list,
                       struct size *size)
{
    *size = (struct size){ 0 };
    measure(list, 1, size);
    if (size->nodes <= INDICATOR_MAX && size->leaves <= LEAF_MAX &&
        size->depth <= DEPTH_MAX)
        return true;
    PROBLEM(r, list, "scheme.tree", ARG_INT("nodes", INDICATOR_MAX),
            ARG_INT("leaves", LEAF_MAX), ARG_INT("depth", DEPTH_MAX));
    return false;
}

/* --- [SC1] ------------------------------------------------------------ */

/* "12.5" of 12500 thousandths. */
static str points_text(struct reading *r, int32_t thousandths)
{
    struct buf b;
    str s = S("");

    buf_init(&b, r->arena, 16);
    buf_printf(&b, "%d.%03d", thousandths / 1000, thousandths % 1000);
    if (failed(buf_done(&b, &s)))
        r->fatal = err_memory();
    while (str_ends(s, S("0"))) /* the point, at the latest, ends it */
        s.n--;
    return str_ends(s, S(".")) ? str_first(s, s.n - 1) : s;
}

/* The children of node `parent` (-1: the roots) add up to `want`. */
static void check_sum(struct reading *r, const struct growing *g,
                      int32_t parent, int32_t want, const struct yaml *place)
{
    int32_t sum = 0;

    for (size_t i = 0; i < g->n; i++)
        sum += g->at[i].parent == parent ? g->at[i].points : 0;
    if (sum == want)
        return;
    PROBLEM(r, place, parent < 0 ? "scheme.sum_of_all" : "scheme.sum",
            ARG_STR("id", parent < 0 ? S("") : g->at[parent].id),
            ARG_STR("sum", points_text(r, sum)),
            ARG_STR("want", points_text(r, want)));
}

static void check_sums(struct reading *r, const struct growing *g,
                       const struct yaml *list)
{
    check_sum(r, g, -1, HUNDRED, list);
    for (size_t i = 0; i < g->n; i++) {
        if (g->at[i].leaf < 0)
            check_sum(r, g, (int32_t)i, g->at[i].points,
                      yaml_get(g->places[i], S("points")));
    }
}

/* If all could be left out, whoever leaves all out would have no score. */
static void check_applies(struct reading *r, const struct growing *g,
                          const struct yaml *list)
{
    for (size_t i = 0; i < g->leaf_count; i++) {
        if (!g->at[g->leaves[i]].excludable)
            return;
    }
    PROBLEM(r, list, "scheme.all_excludable");
}

bool load_indicators(struct reading *r, const struct yaml *root,
                     struct scheme *s)
{
    size_t before = r->count;
    const struct yaml *list =
        reading_list(r, root, "indicators", 1, INDICATOR_MAX);
    struct size size;

    if (list == NULL || !check_size(r, list, &size))
        return false;

    struct growing g = {
        .method = s->method,
        .at = reading_array(r, size.nodes, sizeof *g.at),
        .leaves = reading_array(r, size.leaves, sizeof *g.leaves),
        .places = reading_array(r, size.nodes, sizeof(struct yaml *)),
    };
    if (g.at == NULL || g.leaves == NULL || g.places == NULL)
        return false;
    read_tree(r, &g, list, -1);
    if (r->count > before)
        return false;
    check_applies(r, &g, list);
    if (s->method == METHOD_POINTS)
        check_sums(r, &g, list);
    s->indicators = g.at;
    s->indicator_count = g.n;
    s->leaves = g.leaves;
    s->leaf_count = g.leaf_count;
    return r->count == before;
}
