/*
 * load_limits -- limits that are not a stage's own. [M12] [M18] [M20]-[M23]
 *
 *   limits: {supplement, revision, minor_least, minor_most, appeal, renewal,
 *            renewal_opens, surveillance, suspension, validity, conflict,
 *            condition?, objection?}, each a LIMIT
 *   LIMIT:  5wd | 30d | 3m, at least one
 *
 * What must fit into a certificate's validity is shorter than it, and the
 * least time is not longer than the most.  A condition of a decision is met
 * before the next surveillance, which would look at the same thing: this is the
 * most a package can give, and what it gives when it says nothing.  For an
 * objection to who joins a team while it audits that is three working days: an
 * audit takes about as many.
 */

#include "scheme/parts.h"

/* Days that `s` takes at the least and at the most; a month has 28 to 31 days,
 * and at the worst every second day is a working day, with a week's holiday
 * at each end. */
static int32_t least_days(struct span s)
{
    return s.unit == SPAN_MONTHS ? s.n * 28 : s.n;
}

static int32_t most_days(struct span s)
{
    switch (s.unit) {
    case SPAN_DAYS: return s.n;
    case SPAN_WORKDAYS: return s.n * 2 + 14;
    case SPAN_MONTHS: break;
    }
    return s.n * 31;
}

/* Is `a` longer than `b` whatever the calendar? */
static bool surely_longer(struct span a, struct span b)
{
    if (a.unit == b.unit)
        return a.n > b.n;
    return least_days(a) > most_days(b);
}

/* Is `a` shorter than `b`, or might it be? */
static bool may_be_shorter(struct span a, struct span b)
{
    if (a.unit == b.unit)
        return a.n < b.n;
    return least_days(a) < most_days(b);
}

static void read_condition(struct reading *r, const struct yaml *y,
                           struct limits *l)
{
    l->condition = l->surveillance;
    if (yaml_get(y, S("condition")) == NULL)
        return;
    l->condition = reading_span(r, y, "condition");
    if (surely_longer(l->condition, l->surveillance))
        PROBLEM(r, yaml_get(y, S("condition")), "scheme.condition_limit");
}

static void read_objection(struct reading *r, const struct yaml *y,
                           struct limits *l)
{
    l->objection = (struct span){ 3, SPAN_WORKDAYS };
    if (yaml_get(y, S("objection")) != NULL)
        l->objection = reading_span(r, y, "objection");
}

static void check_within(struct reading *r, const struct yaml *y,
                         const char *key, struct span s, struct span validity)
{
    if (!may_be_shorter(s, validity))
        PROBLEM(r, yaml_get(y, str_of(key)), "scheme.limit_validity",
                ARG_STR("key", str_of(key)));
}

bool load_limits(struct reading *r, const struct yaml *root, struct scheme *s)
{
    static const char *const keys[] = {
        "supplement", "revision", "minor_least",   "minor_most",
        "appeal",     "renewal",  "surveillance",  "suspension",
        "validity",   "conflict", "renewal_opens", "condition",
        "objection",  NULL,
    };
    size_t before = r->count;
    const struct yaml *y = reading_need(r, root, "limits");
    struct limits *l = &s->limits;

    if (!reading_mapping(r, y, keys))
        return false;
    l->supplement = reading_span(r, y, "supplement");
    l->revision = reading_span(r, y, "revision");
    l->minor_least = reading_span(r, y, "minor_least");
    l->minor_most = reading_span(r, y, "minor_most");
    l->appeal = reading_span(r, y, "appeal");
    l->renewal = reading_span(r, y, "renewal");
    l->renewal_opens = reading_span(r, y, "renewal_opens");
    l->surveillance = reading_span(r, y, "surveillance");
    l->suspension = reading_span(r, y, "suspension");
    l->validity = reading_span(r, y, "validity");
    l->conflict = reading_span(r, y, "conflict");
    read_condition(r, y, l);
    read_objection(r, y, l);
    if (r->count > before)
        return false;
    if (surely_longer(l->minor_least, l->minor_most))
        PROBLEM(r, yaml_get(y, S("minor_least")), "scheme.minor_limits");
    if (may_be_shorter(l->renewal_opens, l->renewal))
        PROBLEM(r, yaml_get(y, S("renewal_opens")), "scheme.renewal_limits");
    check_within(r, y, "renewal_opens", l->renewal_opens, l->validity);
    check_within(r, y, "surveillance", l->surveillance, l->validity);
    check_within(r, y, "renewal", l->renewal, l->validity);
    check_within(r, y, "suspension", l->suspension, l->validity);
    return r->count == before;
}
