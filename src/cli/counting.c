#include "cli/counting.h"

#include "base/arena.h"
#include "service/records_pass.h"
#include "sys/log.h"

#include <stdatomic.h>

enum {
    TURN_ARENA = 64 << 20,
    LOOK = 10000000, /* microseconds between two looks into the store */
    AFTER_FAILURE = 1000000,
};

/* One file a turn; when there was one, the next comes at once. */
static int64_t take_turn(struct repeat *r)
{
    struct counting *c = ((struct counting_worker *)r)->of;
    scoped(arena_end) struct arena a;
    bool any = false;

    arena_init(&a, app_world_of(c->app)->heap, TURN_ARENA);
    err e = held_work(c->app, &a, &r->stop, &any);
    if (failed(e)) {
        log_err(c->log, "counting", S(""), e);
        return AFTER_FAILURE;
    }
    return any ? 0 : LOOK;
}

/* [CW4] */
static void wake_all(struct held_waker *waker)
{
    struct counting *c = (struct counting *)waker;

    for (size_t i = 0; i < c->n; i++)
        repeat_wake(&c->workers[i].repeat);
}

/* [CW3] All at once, then one after the other has ended. */
static void stop_all(struct counting *c)
{
    for (size_t i = 0; i < c->n; i++)
        atomic_store(&c->workers[i].repeat.stop, true);
    for (size_t i = 0; i < c->n; i++)
        repeat_stop(&c->workers[i].repeat);
    c->n = 0;
}

static size_t wanted(void)
{
    size_t n = pass_processors();

    if (n < COUNTING_LEAST)
        return COUNTING_LEAST;
    return n < COUNTING_MOST ? n : COUNTING_MOST;
}

err counting_start(struct counting *c, struct app *app, struct log *log,
                   struct arena *a)
{
    size_t n = wanted();
    err e = OK;

    *c = (struct counting){ .waker = { wake_all }, .app = app, .log = log };
    while (c->n < n && !failed(e)) {
        struct counting_worker *w = &c->workers[c->n];

        *w = (struct counting_worker){ .repeat = { .turn = take_turn },
                                       .of = c };
        e = repeat_start(&w->repeat, a);
        c->n += !failed(e);
    }
    if (failed(e))
        stop_all(c);
    else
        held_on_wake(app, &c->waker);
    return e;
}

void counting_stop(struct counting *c)
{
    held_on_wake(c->app, NULL);
    stop_all(c);
}
