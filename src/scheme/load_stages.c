/*
 * load_stages -- the stages a case goes through.
 *
 *   stages: [{id, label, after, limit?: LIMIT} ..]
 *   id:     preparation .. upkeep, each once
 *   after:  the stage before; the first has none
 *   LIMIT:  5wd | 30d | 3m, at least one
 *   decision?: who decides at that stage: reviewer, or panel; left out: a
 *           reviewer, or a panel where the body names one
 *   advice?: before_vote: a panel's experts advise it before it votes;
 *           optional, or left out: they may
 *
 * [SC3] `after` names a stage, and following it never comes back.  No step of
 * a certification may be left out or moved [条例 21], so the order must be that
 * of enum stage; a package states it for its readers, and is held to it.
 */

#include "scheme/parts.h"

#include "base/buf.h"

enum { NOWHERE = -1, LAST = STAGE_ENDED };

struct order {
    int after[LAST]; /* NOWHERE: none is named; set where a place is */
    const struct yaml *places[LAST];
};

/* The stage a node names, or NOWHERE with the choices reported: all but
 * "ended", which cases come to in more ways than one. */
static int stage_named(struct reading *r, const struct yaml *y)
{
    const char *names[LAST + 1];

    for (int s = 0; s < LAST; s++)
        names[s] = stage_names[s];
    names[LAST] = NULL;
    return reading_choice_of(r, y, names);
}

static void read_stage(struct reading *r, const struct yaml *y,
                       struct scheme *s, struct order *order)
{
    static const char *const keys[] = { "id", "label", "after", "limit", NULL };

    if (!reading_mapping(r, y, keys))
        return;

    int stage = stage_named(r, reading_need(r, y, "id"));
    struct label label = reading_label(r, y, "label");
    int after = stage_named(r, yaml_get(y, S("after")));
    bool has_limit = yaml_get(y, S("limit")) != NULL;
    struct span limit = { 0, SPAN_DAYS };

    if (has_limit)
        limit = reading_span(r, y, "limit");
    if (stage == NOWHERE)
        return;
    if (s->stages[stage].used)
        PROBLEM(r, yaml_get(y, S("id")), "scheme.id_twice",
                ARG_STR("id", str_of(stage_names[stage])));
    s->stages[stage] = (struct stage_rule){ true, label, has_limit, limit };
    order->places[stage] = y;
    order->after[stage] = after;
}

/* --- [SC3] ------------------------------------------------------------ */

/* "plan, documents, plan": the way back to `stage`; empty when there is none.*/
static str way_back(struct reading *r, const struct order *order, int stage)
{
    struct buf b;
    str way = S("");
    int at = order->after[stage];
    int steps = 0;

    buf_init(&b, r->arena, 1000);
    buf_str(&b, str_of(stage_names[stage]));
    for (; at != NOWHERE && at != stage && steps < LAST; steps++) {
        buf_printf(&b, ", %s", stage_names[at]);
        at = order->after[at];
    }
    if (at != stage)
        return S("");
    buf_printf(&b, ", %s", stage_names[stage]);
    if (failed(buf_done(&b, &way)))
        r->fatal = err_memory();
    return way;
}

static void check_after(struct reading *r, const struct order *order, int stage)
{
    const struct yaml *y = order->places[stage];
    const struct yaml *place = yaml_get(y, S("after"));
    int after = order->after[stage];

    if (after == stage - 1)
        return;
    if (place == NULL) {
        PROBLEM(r, y, "scheme.stage_after",
                ARG_STR("stage", str_of(stage_names[stage])),
                ARG_STR("want", str_of(stage_names[stage - 1])));
        return;
    }

    str way = way_back(r, order, stage);
    if (way.n > 0 && after >= stage) /* a circle is reported where it turns */
        PROBLEM(r, place, "scheme.cycle",
                ARG_STR("stage", str_of(stage_names[stage])),
                ARG_STR("way", way));
    else if (way.n == 0 && stage > 0)
        PROBLEM(r, place, "scheme.stage_order",
                ARG_STR("stage", str_of(stage_names[stage])),
                ARG_STR("after", str_of(stage_names[after])),
                ARG_STR("want", str_of(stage_names[stage - 1])));
    else if (way.n == 0)
        PROBLEM(r, place, "scheme.stage_first",
                ARG_STR("stage", str_of(stage_names[stage])));
}

static bool check_all_used(struct reading *r, const struct yaml *list,
                           const struct scheme *s)
{
    bool all = true;

    for (int i = 0; i < LAST; i++) {
        if (s->stages[i].used)
            continue;
        PROBLEM(r, list, "scheme.stage_missing",
                ARG_STR("stage", str_of(stage_names[i])));
        all = false;
    }
    return all;
}

static void read_decision(struct reading *r, const struct yaml *root,
                          struct scheme *s)
{
    static const char *const deciders[] = { "reviewer", "panel", NULL };
    const struct yaml *y = yaml_get(root, S("decision"));

    if (y != NULL)
        s->panel = reading_choice_of(r, y, deciders) == 1;
}

static void read_advice(struct reading *r, const struct yaml *root,
                        struct scheme *s)
{
    static const char *const words[] = { "optional", "before_vote", NULL };
    const struct yaml *y = yaml_get(root, S("advice"));

    if (y != NULL)
        s->advice_first = reading_choice_of(r, y, words) == 1;
}

bool load_stages(struct reading *r, const struct yaml *root, struct scheme *s)
{
    size_t before = r->count;
    const struct yaml *list =
        reading_list(r, root, "stages", 1, (size_t)LAST * 2);
    struct order order = { 0 };

    read_decision(r, root, s);
    read_advice(r, root, s);
    if (list == NULL)
        return false;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        read_stage(r, y, s, &order);
    if (r->count > before || !check_all_used(r, list, s))
        return false;
    for (int i = 0; i < LAST; i++)
        check_after(r, &order, i);
    return r->count == before;
}
