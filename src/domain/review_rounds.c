#include "domain/review_rounds.h"

#include "base/arena.h"
#include "domain/stages.h"

struct reading_rounds {
    struct arena *arena;
    struct state *state; /* before the event at hand */
    struct review_round *rounds;
    size_t count;
    day passed;
};

static bool is(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

bool review_has_gap(const struct judgement *j)
{
    return j != NULL && (j->quantified == VERDICT_NO ||
                         j->closed == VERDICT_NO || j->resourced == VERDICT_NO);
}

/* [RR1] */
static err begin(struct reading_rounds *x, const struct event *e)
{
    EVENT_DATA(revision, asked, e);
    const struct scheme *s = x->state->scheme;
    struct review_round *r = &x->rounds[x->count++];

    *r = (struct review_round){
        .asked = e->on,
        .until = asked->until,
        .note = asked->note,
        .gaps = arena_array(x->arena, s->requirement_count, sizeof *r->gaps),
        .answered = DAY_NEVER,
    };
    TRY_MEMORY(r->gaps);
    for (size_t i = 0; i < s->requirement_count; i++) {
        const struct judgement *j = x->state->requirements[i].judgement;

        if (review_has_gap(j))
            r->gaps[r->gap_count++] =
                (struct review_gap){ (int32_t)i, j, DAY_NEVER };
    }
    return OK;
}

/* One of the gaps of the round under way is closed. [RR2] */
static void close_gap(struct reading_rounds *x, str requirement, day on)
{
    int32_t at = scheme_requirement(x->state->scheme, requirement);
    struct review_round *r = &x->rounds[x->count - 1];
    size_t open = 0;

    for (size_t i = 0; i < r->gap_count; i++) {
        struct review_gap *g = &r->gaps[i];

        if (g->requirement == at && g->closed == DAY_NEVER)
            g->closed = on;
        open += g->closed == DAY_NEVER;
    }
    if (open == 0 && r->answered == DAY_NEVER)
        r->answered = on;
}

static void replace(struct reading_rounds *x, const struct event *e)
{
    EVENT_DATA(document, d, e);

    if (x->count > 0)
        close_gap(x, d->requirement, e->on);
}

static void judge_again(struct reading_rounds *x, const struct event *e)
{
    EVENT_DATA(judgement, j, e);

    if (x->count > 0 && !review_has_gap(j))
        close_gap(x, j->requirement, e->on);
}

static err read_event(struct reading_rounds *x, const struct event *e)
{
    if (is(e, "revision.asked"))
        TRY(begin(x, e));
    else if (is(e, "document.added"))
        replace(x, e);
    else if (is(e, "document.judged"))
        judge_again(x, e);
    else if (is(e, "review.passed"))
        x->passed = e->on;
    apply(x->state, e);
    return OK;
}

err review_rounds_read(struct arena *a, const struct scheme *s,
                       const struct event_list *events,
                       struct review_rounds *out)
{
    struct reading_rounds x = { .arena = a, .passed = DAY_NEVER };
    size_t most = 0;

    for (const struct event *e = events->first; e != NULL; e = e->next)
        most += is(e, "revision.asked");
    x.rounds = arena_array(a, most, sizeof *x.rounds);
    TRY_MEMORY(x.rounds);
    TRY(state_new(a, s, &x.state));
    for (const struct event *e = events->first; e != NULL; e = e->next)
        TRY(read_event(&x, e));
    *out = (struct review_rounds){ x.rounds, x.count, x.passed };
    return OK;
}
