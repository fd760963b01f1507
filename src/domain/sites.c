/*
 * sites -- which branches and outlets a round visits. [M15] [17065 7.4]
 *
 *   [SI1] The headquarters always (but for a special audit), and of x other
 *         sites at least the least y with y >= share / 100 x sqrt(x), in whole
 *         numbers (IAF MD 1); without such a rule in the package, all.
 *   [SI2] Part of those is decided by chance before the planner chooses the
 *         rest: a shuffle of the sites' places in the application, seeded by
 *         SHA-256(head of the case's journal || number of the round, u64be),
 *         so that anybody with the journal can repeat it.
 *   [SI3] It is drawn once a round; drawn sites cannot be left out.
 *   [SI4] A site that left the certificate (change.c [CH5], life.c [LI7]) is
 *         none of them.
 *   [SI5] One that leaves while a round is under way leaves its plan, too, with
 *         the time that its visit was given, unless the team was there already:
 *         what was seen stays in the report.  What the plan still visits has to
 *         be enough without it [SI1], or it does not leave: before the opening
 *         meeting the planner adds another site first, after it the change
 *         waits for the closing meeting, from which on no visit is to come.
 *   [SI6] Nobody leaves what was found: a site where the round under way raised
 *         what is not yet corrected, or during the audit found what costs
 *         points, leaves when that is settled. [17065 7.4.6]
 */

#include "base/arena.h"
#include "base/size.h"
#include "crypto/hash.h"
#include "domain/sampling.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field sites_drawn_fields[] = {
    F_HASH(struct sites_drawn, seed),
    F_INT(struct sites_drawn, least, 0, SITE_MAX),
    F_STRS_OPT(struct sites_drawn, drawn, SITE_MAX),
};
const struct record sites_drawn_record =
    RECORD(sites_drawn, sites_drawn_fields);
/* clang-format on */

/* --- how many [SI1] ----------------------------------------------------- */

int64_t sites_least_of(int64_t share, int64_t x)
{
    int64_t y = 0;

    while (10000 * y * y < share * share * x)
        y++;
    return y < x ? y : x;
}

size_t sites_place(const struct state *s, str name)
{
    const struct site *sites = s->application->sites.p;
    size_t i = 0;

    while (i < s->application->sites.n && !str_eq(sites[i].name, name))
        i++;
    return i;
}

/* Is the site at place `i` a branch or outlet that belongs here? [SI4] */
static bool is_other(const struct state *s, size_t i)
{
    const struct site *sites = s->application->sites.p;

    return sites[i].kind != SITE_HQ && !s->site_gone[i];
}

static int64_t others(const struct state *s)
{
    int64_t n = 0;

    for (size_t i = 0; i < s->application->sites.n; i++)
        n += is_other(s, i);
    return n;
}

/* The same if there were `x` of them. */
static int64_t least_among(const struct state *s, int64_t x)
{
    const struct site_rule *rule = &s->scheme->sites;

    if (s->round == ROUND_SPECIAL || s->round == ROUND_EXTENSION)
        return 0;
    if (!rule->used)
        return x;
    if (s->round == ROUND_SURVEILLANCE)
        return sites_least_of(rule->surveillance, x);
    return sites_least_of(s->opened->kind == CASE_RENEWAL ? rule->renewal
                                                          : rule->first,
                          x);
}

int64_t sites_least(const struct state *s)
{
    return least_among(s, others(s));
}

/* --- sites.draw [SI2] [SI3] --------------------------------------------- */

static err ready_draw(struct arena *a, const struct state *s)
{
    if (s->sites_drawn != NULL)
        REFUSE(a, "sites.drawn_already");
    if (sites_least(s) >= others(s))
        REFUSE(a, "sites.all");
    return OK;
}

static struct hash draw_seed(const struct state *s, const struct facts *f)
{
    struct hash out;
    struct sha256 h;
    uint8_t round[8] = { 0 };

    round[7] = (uint8_t)s->rounds;
    round[6] = (uint8_t)(s->rounds >> 8);
    sha256_init(&h);
    sha256_add(&h, f->journal_head.b, sizeof f->journal_head.b);
    sha256_add(&h, round, sizeof round);
    sha256_end(&h, out.b);
    return out;
}

/* The name of the `n`-th site that is not the headquarters, from 1. */
static str other_at(const struct state *s, int64_t n)
{
    const struct site *sites = s->application->sites.p;

    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (is_other(s, i) && --n == 0)
            return sites[i].name;
    }
    return S("");
}

static err judge_draw(struct arena *a, const struct state *s,
                      const struct command *, const struct facts *f,
                      struct event_list *out)
{
    int64_t least = sites_least(s);
    int64_t n = (least * s->scheme->sites.random + 99) / 100;
    struct sites_drawn drawn = { .seed = draw_seed(s, f), .least = least };
    str *names;

    if (n > CUSTOMER_MAX) /* as far as sampling_row() goes */
        n = CUSTOMER_MAX;
    names = arena_array(a, (size_t)n, sizeof *names);
    TRY_MEMORY(names);
    for (int64_t i = 0; i < n; i++)
        names[i] = other_at(s, sampling_row(&drawn.seed, others(s), i + 1));
    drawn.drawn = (struct list){ names, (size_t)n };
    return event_emit(a, out, "sites.drawn", f, &drawn);
}

static void apply_drawn(struct state *s, const struct event *e)
{
    s->sites_drawn = e->data;
}

/* --- choosing ----------------------------------------------------------- */

/* The application's site of this name, or NULL. */
static const struct site *find_site(const struct state *s, str name)
{
    size_t at = sites_place(s, name);

    if (at == s->application->sites.n)
        return NULL;
    return (const struct site *)s->application->sites.p + at;
}

static bool has_left(const struct state *s, str name)
{
    size_t at = sites_place(s, name);

    return at < s->application->sites.n && s->site_gone[at];
}

static err all_sites(struct arena *a, const struct state *s, struct list *out)
{
    const struct site *known = s->application->sites.p;
    str *names = arena_array(a, s->application->sites.n, sizeof *names);
    size_t n = 0;

    TRY_MEMORY(names);
    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (!s->site_gone[i])
            names[n++] = known[i].name;
    }
    *out = (struct list){ names, n };
    return OK;
}

static bool named(const struct list *sites, size_t n, str name)
{
    const str *names = sites->p;

    for (size_t i = 0; i < n; i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return false;
}

static err check_names(struct arena *a, const struct state *s,
                       const struct list *wish)
{
    const str *sites = wish->p;

    for (size_t i = 0; i < wish->n; i++) {
        bool known = find_site(s, sites[i]) != NULL;

        if (!known || named(wish, i, sites[i]))
            return err_new(a, ERR_INVALID,
                           known ? "plan.site_twice" : "plan.site",
                           ARG_STR("site", sites[i]));
        if (has_left(s, sites[i]))
            REFUSE(a, "plan.site_left", ARG_STR("site", sites[i]));
    }
    return OK;
}

static bool has_headquarters(const struct state *s, const struct list *wish)
{
    const str *sites = wish->p;

    for (size_t i = 0; i < wish->n; i++) {
        const struct site *site = find_site(s, sites[i]);

        if (site != NULL && site->kind == SITE_HQ)
            return true;
    }
    return false;
}

/* [SI1] [SI3] */
static err check_sample(struct arena *a, const struct state *s,
                        const struct list *wish)
{
    int64_t least = sites_least(s);
    int64_t visited = (int64_t)wish->n - 1;

    if (visited >= others(s))
        return OK;
    if (visited < least)
        REFUSE(a, "plan.few_sites", ARG_INT("visited", visited),
               ARG_INT("least", least));
    if (s->sites_drawn == NULL)
        REFUSE(a, "plan.not_drawn");

    const str *drawn = s->sites_drawn->drawn.p;
    for (size_t i = 0; i < s->sites_drawn->drawn.n; i++) {
        if (!named(wish, wish->n, drawn[i]) && !has_left(s, drawn[i]))
            REFUSE(a, "plan.drawn_site", ARG_STR("site", drawn[i]));
    }
    return OK;
}

err sites_choose(struct arena *a, const struct state *s,
                 const struct list *wish, struct list *out)
{
    if (wish->n == 0)
        return all_sites(a, s, out);
    TRY(check_names(a, s, wish));
    if (s->round == ROUND_INITIAL || s->round == ROUND_SURVEILLANCE) {
        if (!has_headquarters(s, wish))
            REFUSE(a, "plan.headquarters");
        TRY(check_sample(a, s, wish));
    }
    *out = *wish;
    return OK;
}

err sites_check_leaving(struct arena *a, const struct state *s,
                        const struct list *names)
{
    const str *sites = names->p;

    TRY(check_names(a, s, names));
    for (size_t i = 0; i < names->n; i++) {
        if (find_site(s, sites[i])->kind == SITE_HQ)
            REFUSE(a, "changing.headquarters", ARG_STR("site", sites[i]));
    }
    return OK;
}

void sites_leave(struct state *s, const struct list *names)
{
    const str *sites = names->p;

    for (size_t i = 0; s->application != NULL && i < names->n; i++) {
        size_t at = sites_place(s, sites[i]);

        if (at < s->application->sites.n && at < SITE_MAX)
            s->site_gone[at] = true;
    }
}

/* --- leaving a plan under way [SI5] [SI6] ------------------------------- */

void sites_see(struct state *s, str name)
{
    size_t at = s->application == NULL ? SITE_MAX : sites_place(s, name);

    if (at < SITE_MAX && at < s->application->sites.n)
        s->site_seen[at] = true;
}

static bool raised_there(const struct state *s, str site)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (str_eq(x->raised->site, site) && x->state != CORRECTION_ACCEPTED &&
            grade_is_corrected(x->raised->grade))
            return true;
    }
    return false;
}

/* Until the closing meeting a nonconformity may still be raised about it. */
static bool found_there(const struct state *s, str site)
{
    for (size_t i = 0; s->opening_held && i < s->scheme->leaf_count; i++) {
        const struct finding *found = s->leaves[i].finding;

        if (found != NULL && str_eq(found->site, site) && finding_costs(found))
            return true;
    }
    return false;
}

err sites_check_found(struct arena *a, const struct state *s,
                      const struct list *leaving)
{
    const str *names = leaving->p;

    for (size_t i = 0; i < leaving->n; i++) {
        if (raised_there(s, names[i]) || found_there(s, names[i]))
            REFUSE(a, "changing.open_findings", ARG_STR("site", names[i]));
    }
    return OK;
}

/* How many branches and outlets belong here without those that leave; one may
 * have left since it was asked for. */
static int64_t others_without(const struct state *s, const struct list *leaving)
{
    const str *names = leaving->p;
    int64_t n = others(s);

    for (size_t i = 0; i < leaving->n; i++)
        n -= !has_left(s, names[i]);
    return n;
}

/* Of a plan that visits `visits` without `leaving`.  A special audit looks at
 * something, too. [SI5] */
static err check_enough(struct arena *a, const struct state *s,
                        const struct list *leaving, const struct list *visits)
{
    bool hq = has_headquarters(s, visits);
    int64_t visited = (int64_t)visits->n - hq;
    int64_t least = least_among(s, others_without(s, leaving));

    if (least == 0 && !hq)
        least = 1;
    if (visited >= least)
        return OK;
    REFUSE(a, "changing.few_sites", ARG_INT("visited", visited),
           ARG_INT("least", least));
}

/* Was the team there in the audit that has begun? */
static bool was_seen(const struct state *s, str name)
{
    size_t at = sites_place(s, name);

    return s->opening_held && at < s->application->sites.n && s->site_seen[at];
}

err sites_narrow(struct arena *a, const struct state *s,
                 const struct list *leaving, struct list *out)
{
    const struct list *planned = &s->plan->sites;
    const str *names = planned->p;
    str *kept = arena_array(a, planned->n, sizeof *kept);
    struct list visits = { kept, 0 };

    TRY_MEMORY(kept);
    for (size_t i = 0; i < planned->n; i++) {
        if (!named(leaving, leaving->n, names[i]) || was_seen(s, names[i]))
            kept[visits.n++] = names[i];
    }
    if (visits.n < planned->n)
        TRY(check_enough(a, s, leaving, &visits));
    *out = visits;
    return OK;
}

int64_t sites_outlets(const struct state *s, const struct list *sites)
{
    const str *names = sites->p;
    int64_t n = 0;

    for (size_t i = 0; i < sites->n; i++) {
        const struct site *site = find_site(s, names[i]);
        n += site != NULL && site->kind == SITE_OUTLET;
    }
    return n;
}

bool sites_visits(const struct plan *plan, str site)
{
    return named(&plan->sites, plan->sites.n, site);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "sites.draw", &nothing_record, ready_draw, judge_draw, NULL },
};

static const struct event_kind events[] = {
    { "sites.drawn", 1, STREAM_CASE, &sites_drawn_record, apply_drawn },
};
/* clang-format on */

const struct stage_tables sites_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
