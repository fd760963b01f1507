/*
 * What people sensibly do in a walk about the panel that decides, and about the
 * conditions of a decision.
 */

#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/commands.h"
#include "domain/condition.h"

/* --- a panel -------------------------------------------------------------- */

bool wish_has_panel(const struct walk *w)
{
    return w->state->panel.named != NULL;
}

bool wish_has_voted(const struct walk *w)
{
    return panel_majority(w->state) != NULL;
}

bool wish_waits_for_votes(const struct walk *w)
{
    return wish_has_panel(w) && !wish_has_voted(w);
}

/* Three of four, mostly; now and then two, who are no panel. */
void wish_panel_name(struct walk *w, void *data)
{
    static const char *const voters[] = { "reviewer", "critic", "umpire",
                                          "jack" };
    size_t first = walk_seldom(w, 4) ? (size_t)walk_pick(w, 4) : 0;
    str *members = arena_array(w->arena, 2, sizeof *members);

    if (members == NULL)
        return;
    for (size_t i = 0; i < 2; i++)
        members[i] = str_of(voters[(first + 1 + i) % COUNT(voters)]);
    *(struct panel_name *)data = (struct panel_name){
        .chair = str_of(voters[first]),
        .members = { members, walk_seldom(w, 8) ? 1 : 2 },
        .experts = walk_seldom(w, 2) ? wish_one_text(w, wish_expert(w))
                                     : (struct list){ 0 },
        .reason =
            wish_has_panel(w) && !walk_seldom(w, 4) ? S("有人请假") : S(""),
    };
}

void wish_advice(struct walk *, void *data)
{
    *(struct advice *)data = (struct advice){ S("热线录音保存不足") };
}

void wish_motion(struct walk *w, void *data)
{
    *(struct motion_put *)data = (struct motion_put){ wish_conditions(w) };
}

void wish_vote(struct walk *w, void *data)
{
    bool open = state_open_nonconformities(w->state) > 0;

    *(struct vote_cast *)data = (struct vote_cast){
        .outcome =
            open || walk_seldom(w, 5) ? OUTCOME_REFUSED : OUTCOME_GRANTED,
        .reasons = S("材料齐全"),
    };
}

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
