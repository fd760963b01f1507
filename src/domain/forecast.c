#include "domain/forecast.h"

#include "base/arena.h"

const char *const basis_names[] = {
    [BASIS_OWN] = "own",
    [BASIS_LIMIT] = "limit",
    [BASIS_PLAN] = "plan",
    [BASIS_NONE] = "none",
    NULL,
};

/* [DY1] Working days after `from`, up to `to`. */
static int32_t workdays(const struct calendar *c, day from, day to)
{
    int32_t n = 0;
    bool known;

    for (day d = from + 1; d <= to && d <= DAY_MAX; d++)
        n += calendar_workday(c, d, &known);
    return n;
}

/* --- learning [FC1] ------------------------------------------------------- */

/* A case watched while it is folded. */
struct watch {
    const struct calendar *calendar;
    struct forecast_history *history;
    enum stage stage; /* as last seen, and since when */
    day since;
    struct stage_times times; /* of what is under way */
};

static void keep(struct stage_times *all, size_t *n, struct watch *w)
{
    if (*n < FORECAST_MOST)
        all[(*n)++] = w->times;
    w->times = (struct stage_times){ 0 };
}

/* Upkeep begins with a certificate, and again after every round; special
 * audits and extensions tell nothing of a surveillance. */
static void end_course(struct watch *w, const struct state *s)
{
    struct forecast_history *h = w->history;

    if (s->round == ROUND_INITIAL)
        keep(h->first, &h->first_count, w);
    else if (s->round == ROUND_SURVEILLANCE)
        keep(h->rounds, &h->round_count, w);
    w->times = (struct stage_times){ 0 };
}

static void see(struct watch *w, const struct state *s)
{
    if (s->stage == w->stage)
        return;
    if (w->stage != STAGE_UPKEEP)
        w->times.days[w->stage] +=
            workdays(w->calendar, w->since, s->stage_since);
    if (s->stage == STAGE_UPKEEP)
        end_course(w, s);
    w->stage = s->stage;
    w->since = s->stage_since;
}

err forecast_learn(struct arena *a, const struct scheme *scheme,
                   const struct calendar *c, const struct event_list *journal,
                   struct forecast_history *h)
{
    struct watch w = { .calendar = c, .history = h };
    struct state *s;

    if (journal->first == NULL)
        return OK;
    TRY(state_new(a, scheme, &s));
    w.stage = s->stage;
    w.since = journal->first->on;
    for (const struct event *e = journal->first; e != NULL; e = e->next) {
        apply(s, e);
        see(&w, s);
    }
    return OK;
}

/* --- how long a stage takes ----------------------------------------------- */

static void sort(int32_t *days, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t x = days[i];
        size_t k = i;

        for (; k > 0 && days[k - 1] > x; k--)
            days[k] = days[k - 1];
        days[k] = x;
    }
}

/* What is known of the case whose end is looked for. */
struct view {
    const struct state *s;
    const struct calendar *calendar;
    day today;
    const struct stage_times *own;
    size_t own_count;
};

/* Is there something to correct? */
static bool must_correct(const struct view *v, enum stage stage)
{
    return stage == STAGE_CORRECTION &&
           (stage == v->s->stage || state_open_nonconformities(v->s) > 0);
}

/* A case that has something to correct is held against those that had. */
static size_t own_days(const struct view *v, enum stage stage, int32_t *days)
{
    size_t n = 0;

    for (size_t i = 0; i < v->own_count; i++) {
        int32_t took = v->own[i].days[stage];

        if (took > 0 || !must_correct(v, stage))
            days[n++] = took;
    }
    return n;
}

static struct forecast_step own_step(enum stage stage, int32_t *days, size_t n)
{
    sort(days, n);
    return (struct forecast_step){
        .stage = stage,
        .basis = BASIS_OWN,
        .cases = (int32_t)n,
        .earliest = days[(n - 1) / 4],
        .likely = days[n / 2],
        .likely_end = DAY_NEVER,
    };
}

/* Up to this day, of work or not, and at the earliest in a day's work. */
static struct forecast_step step_until(const struct view *v, enum stage stage,
                                       enum forecast_basis basis, day from,
                                       day until)
{
    int32_t days = workdays(v->calendar, from, until);

    return (struct forecast_step){
        .stage = stage,
        .basis = basis,
        .earliest = days < 1 ? days : 1,
        .likely = days,
        .likely_end = until,
    };
}

/* [FC2] */
static struct forecast_step limit_step(const struct view *v, enum stage stage,
                                       day from)
{
    const struct stage_rule *rule = &v->s->scheme->stages[stage];
    day until = DAY_NEVER;

    if (stage == v->s->stage)
        until = v->s->due;
    else if (rule->has_limit)
        until = span_end(v->calendar, from, rule->limit).on;
    if (stage == STAGE_CORRECTION && until == DAY_NEVER)
        until = span_end(v->calendar, from, v->s->scheme->limits.minor_most).on;
    if (until != DAY_NEVER)
        return step_until(v, stage, BASIS_LIMIT, from, until);
    return (struct forecast_step){
        .stage = stage,
        .basis = BASIS_NONE,
        .earliest = 1,
        .likely = 1,
        .likely_end = DAY_NEVER,
    };
}

static bool is_planned(const struct view *v, enum stage stage)
{
    return stage == STAGE_AUDIT && v->s->plan != NULL && v->s->plan_agreed;
}

static struct forecast_step step_of(const struct view *v, enum stage stage,
                                    day from)
{
    struct forecast_step planned;
    int32_t days[FORECAST_MOST];
    size_t n = own_days(v, stage, days);

    if (is_planned(v, stage)) {
        planned =
            step_until(v, stage, BASIS_PLAN, from, v->s->plan->to); /* [FC3] */
        planned.earliest = planned.likely;
        return planned;
    }
    if (n >= FORECAST_LEAST)
        return own_step(stage, days, n);
    return limit_step(v, stage, from);
}

/* --- one after the other -------------------------------------------------- */

/* Nothing may have to be corrected: then that stage is left out, unless the
 * body's own cases say how long it takes on the whole. */
static bool is_left_out(const struct view *v, enum stage stage)
{
    if (!v->s->scheme->stages[stage].used)
        return true;
    return stage == STAGE_CORRECTION && !must_correct(v, stage) &&
           v->own_count < FORECAST_LEAST;
}

/* A stage under way is not over before today. [FC4] */
static day not_before_today(const struct view *v, day end)
{
    return end < v->today ? v->today : end;
}

/* The n-th working day after `from`. */
static day end_of(const struct view *v, day from, int32_t n, bool *provisional)
{
    const struct span days = { n, SPAN_WORKDAYS };
    struct deadline end = span_end(v->calendar, from, days);

    *provisional = *provisional || end.provisional;
    return not_before_today(v, end.on);
}

static void add_step(const struct view *v, enum stage stage,
                     struct forecast *out)
{
    bool under_way = stage == v->s->stage;
    bool unused = false;
    day from = under_way ? v->s->stage_since : out->likely;
    struct forecast_step step = step_of(v, stage, from);

    out->earliest =
        end_of(v, under_way ? from : out->earliest, step.earliest, &unused);
    out->likely = end_of(v, from, step.likely, &out->provisional);
    if (step.likely_end != DAY_NEVER)
        out->likely = not_before_today(v, step.likely_end);
    step.likely_end = out->likely;
    out->steps[out->step_count++] = step;
}

static bool is_under_way(const struct state *s)
{
    return s->opened != NULL && s->stage < STAGE_UPKEEP;
}

bool forecast_make(const struct state *s, const struct calendar *c, day today,
                   const struct forecast_history *h, struct forecast *out)
{
    bool round = s->certificate != NULL;
    const struct view v = {
        .s = s,
        .calendar = c,
        .today = today,
        .own = round ? h->rounds : h->first,
        .own_count = round ? h->round_count : h->first_count,
    };
    int last = round ? STAGE_DECISION : STAGE_CERTIFICATE;

    *out = (struct forecast){ .earliest = today, .likely = today };
    if (!is_under_way(s))
        return false;
    for (int stage = (int)s->stage; stage <= last; stage++) {
        if (!is_left_out(&v, (enum stage)stage))
            add_step(&v, (enum stage)stage, out);
    }
    return true;
}
