#include "domain/trend.h"

#include "base/arena.h"
#include "domain/stages.h"

static bool is(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

/* --- points [TD1] --------------------------------------------------------- */

static void *copied(struct arena *a, const void *from, size_t n, size_t size)
{
    void *p = arena_array(a, n, size);

    if (p != NULL)
        memcpy(p, from, n * size);
    return p;
}

/* The point as the state has it now. */
static err take_point(struct arena *a, const struct state *s, str number,
                      struct trend_point *out)
{
    struct findings *x = arena_zero(a, sizeof *x);
    struct score *score = arena_zero(a, sizeof *score);

    TRY_MEMORY(x != NULL && score != NULL);
    state_findings(s, x);
    score_compute(s->scheme, &x->assessment, score);
    *out = (struct trend_point){
        .case_number = number,
        .scheme = s->scheme,
        .round = s->round,
        .on = s->reported_on,
        .shown = score->shown,
        .level = score->level,
        .answers =
            copied(a, x->answers, s->scheme->leaf_count, sizeof *x->answers),
        .figures =
            copied(a, x->figures, s->scheme->figure_count, sizeof *x->figures),
        .sample = x->assessment.sample,
        .minor = (int32_t)s->report->minor,
        .major = (int32_t)s->report->major,
    };
    TRY_MEMORY(out->answers != NULL && out->figures != NULL);
    return OK;
}

/* A report makes a point; whatever changes what it says makes it anew. */
static err follow(struct arena *a, const struct state *s, str number,
                  const struct event *e, struct trend *t)
{
    if (is(e, "report.issued"))
        return take_point(a, s, number, &t->points[t->count++]);
    if (is(e, "correction.accepted") && s->report != NULL && t->count > 0)
        return take_point(a, s, number, &t->points[t->count - 1]);
    return OK;
}

/* The last point goes to its day, behind all that were no later. */
static void sort_in(struct trend *t)
{
    struct trend_point last = t->points[t->count - 1];
    size_t i = t->count - 1;

    for (; i > 0 && t->points[i - 1].on > last.on; i--)
        t->points[i] = t->points[i - 1];
    t->points[i] = last;
}

/* For the points there are and those of these events. */
static err make_room(struct arena *a, const struct event_list *events,
                     struct trend *t)
{
    size_t more = 0;
    struct trend_point *points;

    for (const struct event *e = events->first; e != NULL; e = e->next)
        more += is(e, "report.issued");
    points = arena_array(a, t->count + more, sizeof *points);
    TRY_MEMORY(points);
    if (t->count > 0)
        memcpy(points, t->points, t->count * sizeof *points);
    t->points = points;
    return OK;
}

err trend_add(struct arena *a, const struct scheme *s, str case_number,
              const struct event_list *events, struct trend *t)
{
    struct trend own = { 0 };
    struct state *state;

    TRY(make_room(a, events, &own));
    TRY(make_room(a, events, t));
    TRY(state_new(a, s, &state));
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        apply(state, e);
        TRY(follow(a, state, case_number, e, &own));
    }
    for (size_t i = 0; i < own.count; i++) {
        t->points[t->count++] = own.points[i];
        sort_in(t);
    }
    return OK;
}

/* --- comparing [TD2] ------------------------------------------------------ */

/* Of the part that counts: <0, 0, >0. */
static int compare(struct answer a, struct answer b)
{
    int64_t a_n = a.kind == ANSWER_SAMPLED ? a.n : 1;
    int64_t b_n = b.kind == ANSWER_SAMPLED ? b.n : 1;
    int64_t a_k = a.kind == ANSWER_SAMPLED ? a.k : a.kind == ANSWER_MET;
    int64_t b_k = b.kind == ANSWER_SAMPLED ? b.k : b.kind == ANSWER_MET;

    return (a_k * b_n > b_k * a_n) - (a_k * b_n < b_k * a_n);
}

static bool counts(struct answer a)
{
    return a.kind != ANSWER_NONE && a.kind != ANSWER_NOT_APPLICABLE;
}

/* How leaf `leaf` of `newer` changed; 0 also when it cannot be compared. */
static int changed(const struct trend_point *older,
                   const struct trend_point *newer, int32_t leaf)
{
    str indicator = scheme_leaf_at(newer->scheme, leaf)->id;
    int32_t before = scheme_leaf(older->scheme, indicator);

    if (before < 0 || !counts(older->answers[before]) ||
        !counts(newer->answers[leaf]))
        return 0;
    return compare(newer->answers[leaf], older->answers[before]);
}

err trend_compare(struct arena *a, const struct trend_point *older,
                  const struct trend_point *newer, struct trend_change *out)
{
    size_t leaves = newer->scheme->leaf_count;
    int32_t *better = arena_array(a, leaves, sizeof *better);
    int32_t *worse = arena_array(a, leaves, sizeof *worse);
    struct trend_change made = { .better = better, .worse = worse };

    TRY_MEMORY(better != NULL && worse != NULL);
    for (int32_t i = 0; i < (int32_t)leaves; i++) {
        int change = changed(older, newer, i);

        if (change > 0)
            better[made.better_count++] = i;
        if (change < 0)
            worse[made.worse_count++] = i;
    }
    *out = made;
    return OK;
}
