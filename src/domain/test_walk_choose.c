/*
 * What people do next in a walk: by the rules, mostly, or by none.
 */

#include "domain/test_walk_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "domain/test_wish.h"

enum { JSON_MOST = 1 << 20, ROUNDS_MOST = 2, AFTER_END_MOST = 12 };

/* --- choosing ------------------------------------------------------------- */

/* Mostly today; when something is planned, its day; seldom a far one. */
static day choose_day(struct walk *w)
{
    const struct state *s = w->state;
    day today = w->facts.today;
    bool waits = s->stage == STAGE_AUDIT && !s->opening_held;

    if (waits && s->plan != NULL && today < s->plan->from && !walk_seldom(w, 4))
        return s->plan->from;
    if (s->certificate != NULL && today <= s->certificate->until &&
        walk_seldom(w, 200))
        return s->certificate->until + 1;
    switch (walk_pick(w, 64)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5: return today + 1;
    case 6: return today + 1 + (day)walk_pick(w, 40);
    case 7: return s->due == DAY_NEVER || s->due < today ? today : s->due + 1;
    default: break;
    }
    return s->stage == STAGE_UPKEEP ? today + (day)walk_pick(w, 90) : today;
}

/* Those of other stages are not asked: each would make up a whole refusal. */
static bool is_ready(struct walk *w, const struct command_kind *k)
{
    return (right_find(k->name)->stages & STAGE_BIT(w->state->stage)) != 0 &&
           !failed(command_ready(w->arena, w->state, k));
}

/* Anything; but a walk that everybody walks out of leads nowhere. */
static const struct command_kind *choose_any(struct walk *w)
{
    size_t n = command_kind_count();
    const struct command_kind *k = command_kind_at((size_t)walk_pick(w, n));
    bool leaves = strcmp(k->name, "case.withdraw") == 0 && is_ready(w, k);

    return leaves && !walk_seldom(w, 4)
               ? command_kind_at((size_t)walk_pick(w, n))
               : k;
}

/* One that is ready, by its weight; any when none is. */
static const struct command_kind *choose_ready(struct walk *w)
{
    uint64_t weights[COUNT(w->tally->given)];
    uint64_t sum = 0;
    size_t n = command_kind_count();

    for (size_t i = 0; i < n; i++) {
        const struct command_kind *k = command_kind_at(i);

        weights[i] = is_ready(w, k) ? wish_weight(w, k) : 0;
        sum += weights[i];
    }
    if (sum == 0)
        return choose_any(w);
    uint64_t at = walk_pick(w, sum);
    for (size_t i = 0; i < n; i++) {
        if (at < weights[i])
            return command_kind_at(i);
        at -= weights[i];
    }
    return choose_any(w);
}

/* Somebody who may, or anybody. */
static size_t choose_actor(struct walk *w, const struct command_kind *k)
{
    const struct right *right = right_find(k->name);
    size_t from = (size_t)walk_pick(w, w->people_count);

    if (walk_seldom(w, 12) || state_invariant(w->state) != NULL)
        return from;
    if (right->roles == 0)
        return w->people_count; /* the program itself */
    for (size_t i = 0; i < w->people_count; i++) {
        size_t at = (from + i) % w->people_count;

        w->facts.actor = walk_actor(w, at);
        if (!failed(right_check(w->arena, right, w->state, &w->facts)))
            return at;
    }
    return from;
}

/* The data as JSON; empty when its own table does not let it in. */
static str as_json(struct walk *w, const struct command_kind *k,
                   const void *data)
{
    struct json *j = NULL;
    struct buf b;
    str out = S("");

    if (data == NULL || failed(record_write(w->arena, k->record, data, &j)))
        return S("{}");
    buf_init(&b, w->arena, JSON_MOST);
    json_canonical(&b, j);
    return failed(buf_done(&b, &out)) ? S("{}") : out;
}

const char *walk_on(struct walk *w)
{
    bool wild = walk_seldom(w, 16);
    const struct command_kind *k = wild ? choose_any(w) : choose_ready(w);

    walk_set_today(w, choose_day(w));
    size_t who = choose_actor(w, k);
    bool strange = walk_seldom(w, 12);
    const void *data = strange ? wish_any(w, k->record) : wish_sensible(w, k);
    struct walk_step step = {
        w->facts.today,
        who == w->people_count ? S("program") : w->people[who].login,
        str_of(k->name),
        as_json(w, k, data),
    };

    return walk_do(w, &step);
}

bool walk_over(const struct walk *w)
{
    return w->choices->over || w->after_end >= AFTER_END_MOST ||
           w->state->surveillances >= ROUNDS_MOST ||
           w->step_count == WALK_STEPS || w->n + 2 > WALK_EVENTS;
}

/* --- forging -------------------------------------------------------------- */

/* An event of any kind with any data its table lets in, sealed and read back;
 * NULL when this time the table did not let them in. */
static struct event *forge(struct walk *w)
{
    const struct event_kind *k =
        event_kind_at((size_t)walk_pick(w, event_kind_count()));
    struct event_list list = { 0 };
    struct event *again = NULL;
    const void *data = wish_any(w, k->record);

    w->facts.actor = walk_actor(w, (size_t)walk_pick(w, w->people_count));
    if (data == NULL ||
        failed(event_emit(w->arena, &list, k->name, &w->facts, data)) ||
        failed(event_seal(w->arena, list.first, walk_case(),
                          w->state->version + 1, &w->state->head)) ||
        failed(event_read(w->arena, list.first->text, &again)))
        return NULL;
    return again;
}

/* Some command in a state that may be sick. */
static const char *judge_sick(struct walk *w, const struct command *c)
{
    struct event_list events = { 0 };
    const char *broken = state_invariant(w->state);
    err e = decide(w->arena, w->state, c, &w->facts, &events);

    if (!walk_is_as_before(w))
        return "a decision that changes the state";
    if (broken != NULL)
        return failed(e) && e.info->code == ERR_CORRUPT
                   ? NULL
                   : "a decision on a state that is broken";
    if (failed(e))
        return walk_check_refusal(w, e);
    for (struct event *x = events.first; x != NULL; x = x->next) {
        if (failed(walk_seal(w, x)))
            return "an event that cannot be sealed";
    }
    return NULL;
}

static const char *try_any(struct walk *w)
{
    const struct command_kind *k =
        walk_seldom(w, 4) ? choose_any(w) : choose_ready(w);
    struct json *data = NULL;
    struct command c;

    w->facts.actor = walk_actor(w, choose_actor(w, k));
    walk_keep_state(w);
    str json = as_json(w, k,
                       walk_seldom(w, 4) ? wish_any(w, k->record)
                                         : wish_sensible(w, k));
    if (failed(json_parse(w->arena, json, &data)))
        return "data that are no JSON";
    err e = command_read(w->arena, str_of(k->name), data, &c);
    return failed(e) ? walk_check_refusal(w, e) : judge_sick(w, &c);
}

const char *walk_forge(struct walk *w)
{
    struct event *e = forge(w);

    walk_set_today(w, choose_day(w));
    if (e == NULL || w->n == WALK_EVENTS)
        return NULL;
    apply(w->state, e);
    w->events[w->n++] = e;
    walk_count_event(w, e);
    return try_any(w);
}
