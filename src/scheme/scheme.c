#include "scheme/scheme.h"

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

const struct indicator *scheme_leaf_at(const struct scheme *s, int32_t leaf)
{
    return &s->indicators[s->leaves[leaf]];
}
