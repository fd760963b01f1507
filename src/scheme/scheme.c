#include "scheme/scheme.h"

#include "base/size.h"

const char *const stage_names[STAGE_COUNT + 1] = {
    [STAGE_PREPARATION] = "preparation",
    [STAGE_COMPLETENESS] = "completeness",
    [STAGE_CONTRACT] = "contract",
    [STAGE_DOCUMENTS] = "documents",
    [STAGE_PLAN] = "plan",
    [STAGE_AUDIT] = "audit",
    [STAGE_REPORT] = "report",
    [STAGE_CORRECTION] = "correction",
    [STAGE_DECISION] = "decision",
    [STAGE_CERTIFICATE] = "certificate",
    [STAGE_UPKEEP] = "upkeep",
    [STAGE_ENDED] = "ended",
};

const char *const scheme_record_names[] = {
    "resolved",        "complaints",      "satisfied",
    "answered",        "responded_in_time", "arrived_in_time",
    "resolved_in_time", "said_in_time",   "reopened",
    "second_visit",    "first_time",      "returned",
    "complaints_closed", "complaints_in_time", "called_back",
    "reached",         "parts_filled",    NULL,
};

int32_t scheme_leaf(const struct scheme *s, str indicator_id)
{
    for (size_t i = 0; i < s->leaf_count; i++) {
        if (str_eq(s->indicators[s->leaves[i]].id, indicator_id))
            return (int32_t)i;
    }
    return -1;
}

int32_t scheme_level(const struct scheme *s, str level_id)
{
    for (size_t i = 0; i < s->level_count; i++) {
        if (str_eq(s->levels[i].id, level_id))
            return (int32_t)i;
    }
    return -1;
}

int32_t scheme_figure(const struct scheme *s, str figure_id)
{
    for (size_t i = 0; i < s->figure_count; i++) {
        if (str_eq(s->figures[i].id, figure_id))
            return (int32_t)i;
    }
    return -1;
}

int32_t scheme_requirement(const struct scheme *s, str requirement_id)
{
    for (size_t i = 0; i < s->requirement_count; i++) {
        if (str_eq(s->requirements[i].id, requirement_id))
            return (int32_t)i;
    }
    return -1;
}

int32_t scheme_eligibility(const struct scheme *s, str eligibility_id)
{
    for (size_t i = 0; i < s->eligibility_count; i++) {
        if (str_eq(s->eligibility[i].id, eligibility_id))
            return (int32_t)i;
    }
    return -1;
}

bool scheme_is_assumed(const struct scheme *s)
{
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (s->indicators[i].assumed)
            return true;
    }
    return false;
}

static bool stage_limit(const struct scheme *s, str name, struct span *out)
{
    for (int i = 0; i < STAGE_COUNT; i++) {
        if (!s->stages[i].has_limit || !str_eq(name, str_of(stage_names[i])))
            continue;
        *out = s->stages[i].limit;
        return true;
    }
    return false;
}

bool scheme_limit(const struct scheme *s, str name, struct span *out)
{
    const struct limits *l = &s->limits;
    const struct {
        str name;
        struct span span;
    } rows[] = {
        { S("supplement"), l->supplement },
        { S("revision"), l->revision },
        { S("minor_least"), l->minor_least },
        { S("minor_most"), l->minor_most },
        { S("appeal"), l->appeal },
        { S("renewal"), l->renewal },
        { S("renewal_opens"), l->renewal_opens },
        { S("surveillance"), l->surveillance },
        { S("suspension"), l->suspension },
        { S("validity"), l->validity },
        { S("conflict"), l->conflict },
        { S("condition"), l->condition },
        { S("objection"), l->objection },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_eq(rows[i].name, name))
            continue;
        *out = rows[i].span;
        return true;
    }
    return stage_limit(s, name, out);
}

const struct indicator *scheme_leaf_at(const struct scheme *s, int32_t leaf)
{
    return &s->indicators[s->leaves[leaf]];
}
