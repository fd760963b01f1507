/*
 * load_stages -- the stages a case goes through, and limits beside them.
 *
 *   stages: [{id, label, after?, limit?: LIMIT} ..]
 *   limits: {supplement, revision, minor_least, minor_most, appeal, renewal,
 *            surveillance, suspension, validity, conflict}, each a LIMIT
 *   LIMIT:  5wd | 30d | 3m
 *
 * [SC3] `after` names another stage of the list; following it never comes back
 * to where it began, and no stage stands before one it comes after.  The
 * product's own order of stages (enum stage) is the only one it can carry out.
 */

#include "scheme/reading.h"

/* Without these no case can be carried out. */
static const enum stage needed[] = {
    STAGE_PREPARATION, STAGE_COMPLETENESS, STAGE_CONTRACT, STAGE_DOCUMENTS,
    STAGE_PLAN,        STAGE_AUDIT,        STAGE_REPORT,   STAGE_CORRECTION,
    STAGE_DECISION,    STAGE_CERTIFICATE,  STAGE_UPKEEP,
};

enum { NOWHERE = -1 };

struct order {
    int after[STAGE_COUNT]; /* NOWHERE: it is the first */
    const struct yaml *places[STAGE_COUNT];
};

/* The names a package may use: all but the last, "ended". */
static int stage_named(struct reading *r, const struct yaml *y)
{
    int stage = reading_choice_of(r, y, stage_names);

    if (stage != STAGE_ENDED)
        return stage;
    PROBLEM(r, y, "scheme.stage_ended");
    return NOWHERE;
}

static void read_stage(struct reading *r, const struct yaml *y,
                       struct order *order)
{
    static const char *const keys[] = { "id", "label", "after", "limit", NULL };
    const struct yaml *name = reading_need(r, y, "id");
    const struct yaml *after = yaml_get(y, S("after"));

    if (!reading_mapping(r, y, keys) || name == NULL)
        return;

    int stage = stage_named(r, name);
    if (stage == NOWHERE)
        return;

    struct stage_rule *rule = &r->scheme->stages[stage];
    if (rule->used)
        PROBLEM(r, name, "scheme.id_twice", ARG_STR("id", name->text));
    rule->used = true;
    rule->label = reading_label(r, y, "label");
    order->places[stage] = y;
    order->after[stage] = after == NULL ? NOWHERE : stage_named(r, after);
    if (yaml_get(y, S("limit")) != NULL) {
        rule->has_limit = true;
        rule->limit = reading_span(r, y, "limit");
    }
}

static bool comes_back(const struct order *order, int stage)
{
    int at = order->after[stage];

    for (int steps = 0; at != NOWHERE && steps < STAGE_COUNT; steps++) {
        if (at == stage)
            return true;
        at = order->after[at];
    }
    return false;
}

static void check_order(struct reading *r, const struct order *order)
{
    for (int s = 0; s < STAGE_COUNT; s++) {
        int after = order->after[s];

        if (!r->scheme->stages[s].used || after == NOWHERE)
            continue;
        if (!r->scheme->stages[after].used)
            PROBLEM(r, order->places[s], "scheme.no_stage",
                    ARG_STR("stage", str_of(stage_names[after])));
        else if (comes_back(order, s))
            PROBLEM(r, order->places[s], "scheme.cycle",
                    ARG_STR("stage", str_of(stage_names[s])));
        else if (after > s)
            PROBLEM(r, order->places[s], "scheme.stage_order",
                    ARG_STR("stage", str_of(stage_names[s])),
                    ARG_STR("after", str_of(stage_names[after])));
    }
}

static void check_needed(struct reading *r, const struct yaml *list)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!r->scheme->stages[needed[i]].used)
            PROBLEM(r, list, "scheme.stage_missing",
                    ARG_STR("stage", str_of(stage_names[needed[i]])));
    }
}

static void load_list(struct reading *r, const struct yaml *root)
{
    const struct yaml *list =
        reading_list(r, root, "stages", 1, STAGE_COUNT * 2);
    struct order order;

    if (list == NULL)
        return;
    for (int s = 0; s < STAGE_COUNT; s++) {
        order.after[s] = NOWHERE;
        order.places[s] = list;
    }
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        read_stage(r, y, &order);
    check_order(r, &order);
    check_needed(r, list);
}

static void load_limits(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = {
        "supplement", "revision", "minor_least",  "minor_most",
        "appeal",     "renewal",  "surveillance", "suspension",
        "validity",   "conflict", NULL,
    };
    const struct yaml *y = reading_need(r, root, "limits");
    struct limits *l = &r->scheme->limits;

    if (!reading_mapping(r, y, keys))
        return;
    l->supplement = reading_span(r, y, "supplement");
    l->revision = reading_span(r, y, "revision");
    l->minor_least = reading_span(r, y, "minor_least");
    l->minor_most = reading_span(r, y, "minor_most");
    l->appeal = reading_span(r, y, "appeal");
    l->renewal = reading_span(r, y, "renewal");
    l->surveillance = reading_span(r, y, "surveillance");
    l->suspension = reading_span(r, y, "suspension");
    l->validity = reading_span(r, y, "validity");
    l->conflict = reading_span(r, y, "conflict");
    if (l->minor_least.unit == l->minor_most.unit &&
        l->minor_least.n > l->minor_most.n)
        PROBLEM(r, yaml_get(y, S("minor_least")), "scheme.minor_limits");
    if (l->validity.n == 0 && yaml_get(y, S("validity")) != NULL)
        PROBLEM(r, yaml_get(y, S("validity")), "scheme.no_validity");
}

void load_stages(struct reading *r, const struct yaml *root)
{
    load_list(r, root);
    load_limits(r, root);
}
