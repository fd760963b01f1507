#include "domain/conflict.h"

static bool still_binds(const struct relation *r, day today, struct span within)
{
    if (r->until == DAY_NEVER)
        return true;
    return today <= span_end(NULL, r->until, within).on;
}

bool conflict_of_interest(const struct person *p, id enterprise, day today,
                          struct span within)
{
    for (size_t i = 0; i < p->relation_count; i++) {
        const struct relation *r = &p->relations[i];
        if (id_eq(r->enterprise, enterprise) && still_binds(r, today, within))
            return true;
    }
    return false;
}
