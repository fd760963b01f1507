#include "cli/hooking.h"

#include "base/arena.h"
#include "sys/clock.h"
#include "sys/log.h"

#include <stdatomic.h>

enum {
    TURN_ARENA = 64 << 20,
    SECOND = 1000000, /* microseconds */
    AFTER_FAILURE = 10 * SECOND,
};

static const char *event_of(const struct hook_turn *t)
{
    if (t->taken)
        return "webhook.taken";
    return t->stopped ? "webhook.stopped" : "webhook.waits";
}

/* [HW2] */
static void tell(struct log *log, const struct hook_turn *t)
{
    char text[ID_TEXT];

    log_event(log, t->taken ? LEVEL_INFO : LEVEL_WARN, event_of(t),
              ARG_STR("message", id_text(t->call, text)),
              ARG_STR("fault", str_of(hook_fault_names[t->fault])),
              ARG_INT("status", t->status), ARG_INT("tries", t->tries));
}

/* Read the log where that is this one's duty, and hand over one message. */
static err work(struct hooking_worker *w, struct arena *a, bool *more)
{
    struct app *app = w->of->app;
    struct clock *clock = app_world_of(app)->clock;
    struct hook_turn turn;

    *more = false;
    if (w->matches)
        TRY(hooks_match(app, a, more));
    TRY(hooks_turn(app, a, clock->now(clock), &turn));
    if (turn.any)
        tell(w->of->log, &turn);
    *more = *more || turn.any;
    return OK;
}

static int64_t take_turn(struct repeat *r)
{
    struct hooking_worker *w = (struct hooking_worker *)r;
    scoped(arena_end) struct arena a;
    bool more;

    arena_init(&a, app_world_of(w->of->app)->heap, TURN_ARENA);
    err e = work(w, &a, &more);
    /* Another was quicker, or ended the webhook. */
    if (err_is(e, ERR_CONFLICT) || err_is(e, ERR_BUSY))
        return SECOND;
    if (failed(e)) {
        log_err(w->of->log, "webhook", S(""), e);
        return AFTER_FAILURE;
    }
    return more ? 0 : SECOND;
}

/* [HW3] All at once, then one after the other has ended. */
static void stop_all(struct hooking *h)
{
    for (size_t i = 0; i < h->n; i++)
        atomic_store(&h->workers[i].repeat.stop, true);
    for (size_t i = 0; i < h->n; i++)
        repeat_stop(&h->workers[i].repeat);
    h->n = 0;
}

err hooking_start(struct hooking *h, struct app *app, struct log *log,
                  struct arena *a)
{
    err e = OK;

    *h = (struct hooking){ .app = app, .log = log };
    while (h->n < HOOKING_THREADS && !failed(e)) {
        struct hooking_worker *w = &h->workers[h->n];

        *w = (struct hooking_worker){ .repeat = { .turn = take_turn },
                                      .of = h,
                                      .matches = h->n == 0 };
        e = repeat_start(&w->repeat, a);
        h->n += !failed(e);
    }
    if (failed(e))
        stop_all(h);
    return e;
}

void hooking_stop(struct hooking *h)
{
    stop_all(h);
}
