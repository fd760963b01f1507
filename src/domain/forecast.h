#ifndef DOMAIN_FORECAST_H
#define DOMAIN_FORECAST_H

/*
 * forecast -- the day a case is likely to end on: the stages that are left, one
 * after the other, each as long as it usually takes. [M4]
 *
 *   [FC1] A stage takes what it took in the body's own cases: in the middle of
 *         them likely, in the quickest quarter at the earliest.
 *   [FC2] With fewer than FORECAST_LEAST of them it takes the limit that is in
 *         force, or the package's; where there is none, one working day, and
 *         the forecast says that nothing is known of it.
 *   [FC3] An audit that was agreed to ends on the last day of its plan.
 *   [FC4] What is left never ends before today, and every span is counted in
 *         working days of the official calendar.
 */

#include "base/err.h"
#include "domain/event.h"
#include "domain/state.h"

struct arena;

enum {
    FORECAST_LEAST = 5,  /* cases from which one may learn */
    FORECAST_MOST = 100, /* that are looked at */
};

/* Working days that a case spent in each stage, all its visits together. */
struct stage_times {
    int32_t days[STAGE_COUNT];
};

/* What the body's own cases took: up to the certificate, and a surveillance
 * from its opening to its decision. */
struct forecast_history {
    struct stage_times first[FORECAST_MOST];
    struct stage_times rounds[FORECAST_MOST];
    size_t first_count;
    size_t round_count;
};

/* Learn from a case under scheme `s`, as long as there is room: `journal` is
 * all of its events.  A case without certificate teaches nothing.
 * ERR_MEMORY. */
err forecast_learn(struct arena *a, const struct scheme *s,
                   const struct calendar *c, const struct event_list *journal,
                   struct forecast_history *h);

/* What the length of a stage rests on. */
enum forecast_basis {
    BASIS_OWN,   /* the body's own cases */
    BASIS_LIMIT, /* the limit in force, or the package's */
    BASIS_PLAN,  /* the agreed plan */
    BASIS_NONE,  /* nothing [FC2] */
};

extern const char *const basis_names[]; /* NULL-ended */

struct forecast_step {
    enum stage stage;
    enum forecast_basis basis;
    int32_t cases;    /* BASIS_OWN: so many */
    int32_t earliest; /* working days */
    int32_t likely;
    day likely_end;
};

struct forecast {
    day earliest;
    day likely;
    bool provisional; /* base/day.h [DY4] */
    struct forecast_step steps[STAGE_COUNT];
    size_t step_count;
};

/*
 * When the case, as it stands on `today`, gets its certificate, or the round
 * under way its decision.  False when nothing is under way: not yet opened, in
 * upkeep, ended.
 */
bool forecast_make(const struct state *s, const struct calendar *c, day today,
                   const struct forecast_history *h, struct forecast *out);

#endif
