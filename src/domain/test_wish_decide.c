/*
 * What people sensibly do in a walk about the conditions of a decision.
 */

#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "domain/commands.h"
#include "domain/condition.h"

/* --- conditions ----------------------------------------------------------- */

/* Mostly none; now and then one whose day is too early. */
struct list wish_conditions(struct walk *w)
{
    struct condition_wish *p = arena_array(w->arena, 2, sizeof *p);
    size_t n = walk_seldom(w, 3) ? 1 + (size_t)walk_pick(w, 2) : 0;
    day most = wish_end_of(w, w->scheme->limits.condition);

    if (p == NULL)
        return (struct list){ 0 };
    for (size_t i = 0; i < n; i++)
        p[i] = (struct condition_wish){ S("半年内补齐备件清单"),
                                        most - (day)walk_pick(w, 360) };
    return (struct list){ p, n };
}

/* The first condition that stands so, or 1. */
static int64_t first_condition(const struct state *s,
                               enum condition_standing standing)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        if (s->conditions[i].standing == standing)
            return i + 1;
    }
    return 1;
}

void wish_condition_answer(struct walk *w, void *data)
{
    *(struct condition_answer *)data = (struct condition_answer){
        first_condition(w->state, CONDITION_OPEN),
        S("已补齐"),
        wish_one_text(w, S("清单")),
    };
}

void wish_condition_verdict(struct walk *w, void *data)
{
    *(struct condition_verdict *)data = (struct condition_verdict){
        first_condition(w->state, CONDITION_ANSWERED),
        walk_pick(w, 3) > 0,
        S("已核"),
    };
}

void wish_condition_extension(struct walk *w, void *data)
{
    int64_t number = first_condition(w->state, CONDITION_OPEN);
    day today = w->facts.today;
    day from = w->state->condition_count == 0
                   ? today
                   : w->state->conditions[number - 1].until;

    *(struct condition_extension *)data = (struct condition_extension){
        number,
        (from > today ? from : today) + 1 + (day)walk_pick(w, 20),
        S("供应商停产"),
    };
}
