#include "domain/plan.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/stages.h"

enum { NEEDED_LEAST = 5 }; /* tenths of a day */

/* --- days ----------------------------------------------------------------- */

/* The row of the package's table for this many staff, or NULL. */
static const struct day_row *row_for(const struct team_rule *rule,
                                     int64_t staff)
{
    for (size_t i = 0; i < rule->row_count; i++) {
        const struct day_row *row = &rule->rows[i];

        if (staff >= row->staff_from && staff <= row->staff_to)
            return row;
    }
    return NULL;
}

int32_t plan_table_days(const struct state *s)
{
    const struct day_row *row =
        row_for(&s->scheme->team, s->application->staff);

    if (row == NULL)
        return 0;
    if (s->round == ROUND_INITIAL)
        return s->opened->kind == CASE_RENEWAL ? row->renewal_total
                                               : row->initial_site;
    return s->round == ROUND_SURVEILLANCE ? row->surveillance_total : 0;
}

int64_t plan_needed_days(const struct state *s, const struct plan *p)
{
    const struct adjustment *x = p->adjustments.p;
    int64_t n = p->table_days;

    if (n == 0)
        return 0;
    for (size_t i = 0; i < p->adjustments.n; i++)
        n += x[i].tenths;
    n += s->scheme->team.outlet * sites_outlets(s, &p->sites);
    return n < NEEDED_LEAST ? NEEDED_LEAST : n;
}

/* --- modes ---------------------------------------------------------------- */

unsigned plan_modes(const struct state *s)
{
    if (s->round == ROUND_INITIAL)
        return s->scheme->team.modes_first;
    return s->round == ROUND_SURVEILLANCE ? s->scheme->team.modes_surveillance
                                          : 0;
}

/* --- sites [PK2] ---------------------------------------------------------- */

static bool is_drawn(const struct state *s, str name)
{
    const str *drawn = s->sites_drawn->drawn.p;

    for (size_t i = 0; i < s->sites_drawn->drawn.n; i++) {
        if (str_eq(drawn[i], name))
            return true;
    }
    return false;
}

/* Of those that chance left out, how many are to be visited all the same. */
static int64_t left_to_choose(const struct state *s)
{
    const struct site *sites = s->application->sites.p;
    int64_t n = sites_least(s);

    for (size_t i = 0; i < s->application->sites.n; i++)
        n -= !s->site_gone[i] && is_drawn(s, sites[i].name);
    return n;
}

static bool takes(const struct state *s, size_t i, int64_t *chosen)
{
    const struct site *site = (const struct site *)s->application->sites.p + i;

    if (s->site_gone[i])
        return false;
    if (s->sites_drawn == NULL || site->kind == SITE_HQ ||
        is_drawn(s, site->name))
        return true;
    return (*chosen)-- > 0;
}

static err choose_sites(struct arena *a, const struct state *s,
                        struct list *out)
{
    const struct site *sites = s->application->sites.p;
    str *names = arena_array(a, s->application->sites.n, sizeof *names);
    int64_t chosen = s->sites_drawn == NULL ? 0 : left_to_choose(s);
    size_t n = 0;

    TRY_MEMORY(names);
    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (takes(s, i, &chosen))
            names[n++] = sites[i].name;
    }
    *out = (struct list){ names, n };
    return OK;
}

/* --- all of it ------------------------------------------------------------ */

err plan_asks(struct arena *a, const struct state *s, struct plan_asked *out)
{
    struct plan made = { .from = DAY_NEVER };

    check(s->application != NULL);
    TRY(choose_sites(a, s, &made.sites));
    made.table_days = plan_table_days(s);
    *out = (struct plan_asked){
        .sites = made.sites,
        .table = made.table_days,
        .days = plan_needed_days(s, &made),
        .least_sites = sites_least(s),
        .modes = plan_modes(s),
    };
    return OK;
}
