#include "domain/planning.h"

#include "domain/stages.h"

void plan_days_of(const struct state *s, const struct list *sites,
                  struct plan_days *out)
{
    const struct plan made = {
        .table_days = plan_table_days(s),
        .sites = *sites,
    };

    *out = (struct plan_days){
        .table = made.table_days,
        .outlets = s->scheme->team.outlet * sites_outlets(s, sites),
        .needed = plan_needed_days(s, &made),
    };
}

int64_t plan_sites_least(const struct state *s)
{
    return sites_least(s);
}
