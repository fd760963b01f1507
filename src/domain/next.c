#include "domain/next.h"

#include "base/arena.h"
#include "domain/command.h"
#include "domain/offers.h"

enum { WORK_STAGES_MOST = 3 };

/* [NX2] */
static bool is_work_of_stage(const struct right *r)
{
    int stages = 0;

    for (unsigned bits = r->stages; bits != 0; bits &= bits - 1)
        stages++;
    return stages <= WORK_STAGES_MOST;
}

/* Does nothing wait, so that all there is has to do? */
static bool none_now(const struct next_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (steps[i].now)
            return false;
    }
    return true;
}

static void mark_all_now(struct next_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        steps[i].now = true;
}

err next_steps(struct arena *a, const struct state *s, struct list *out)
{
    struct next_step *steps =
        arena_array(a, command_kind_count(), sizeof *steps);
    size_t n = 0;

    TRY_MEMORY(steps);
    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct command_kind *k = command_kind_at(i);
        const struct right *r = right_find(k->name);
        err e = command_ready(a, s, k);

        if (err_is(e, ERR_MEMORY))
            return e;
        if (!failed(e))
            steps[n++] =
                (struct next_step){ r, right_roles(r, s),
                                    is_work_of_stage(r) && !command_is_own(k) };
    }
    if (s->waiting != WAITING_NOBODY && none_now(steps, n))
        mark_all_now(steps, n);
    *out = (struct list){ steps, n };
    return OK;
}
