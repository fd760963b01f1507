#include "domain/eligibility.h"

static bool registered_long_enough(const struct eligibility *rule,
                                   const struct enterprise *e, day today)
{
    return span_end(NULL, e->registered, rule->span).on <= today;
}

static bool scope_has_word(const struct eligibility *rule,
                           const struct enterprise *e)
{
    for (size_t i = 0; i < rule->word_count; i++) {
        if (str_contains(e->scope, rule->words[i]))
            return true;
    }
    return false;
}

static bool declared_as_wanted(const struct eligibility *rule,
                               const struct list *declarations)
{
    const struct declaration *d = declarations->p;

    for (size_t i = 0; i < declarations->n; i++) {
        if (str_eq(d[i].item, rule->id))
            return d[i].yes == rule->want;
    }
    return false;
}

bool eligibility_met(const struct eligibility *rule,
                     const struct enterprise *enterprise,
                     const struct list *declarations, day today)
{
    switch (rule->kind) {
    case ELIGIBLE_REGISTERED:
        return registered_long_enough(rule, enterprise, today);
    case ELIGIBLE_SCOPE: return scope_has_word(rule, enterprise);
    case ELIGIBLE_DECLARED: return declared_as_wanted(rule, declarations);
    }
    return false;
}
