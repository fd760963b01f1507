#include "cli/counting.h"

#include "base/arena.h"
#include "sys/log.h"

enum {
    TURN_ARENA = 64 << 20,
    PAUSE = 100000,  /* microseconds between two looks at what is wanted */
    IDLE_TURNS = 100 /* .. and the store is asked after so many without any:
                        another program may have put something there */
};

/* One file a turn; when there was one, the next comes at once. */
static int64_t take_turn(struct repeat *r)
{
    struct counting *c = (struct counting *)r;
    scoped(arena_end) struct arena a;
    bool any = false;

    if (!held_woken(c->app) && ++c->idle < IDLE_TURNS)
        return PAUSE;
    c->idle = 0;
    arena_init(&a, app_world_of(c->app)->heap, TURN_ARENA);
    err e = held_work(c->app, &a, &r->stop, &any);
    if (failed(e)) {
        log_err(c->log, "records.count", S(""), e);
        return PAUSE;
    }
    c->idle = any ? IDLE_TURNS : 0; /* there may be more */
    return any ? 0 : PAUSE;
}

err counting_start(struct counting *c, struct app *app, struct log *log,
                   struct arena *a)
{
    *c = (struct counting){
        .repeat = { .turn = take_turn },
        .app = app,
        .log = log,
    };
    return repeat_start(&c->repeat, a);
}

void counting_stop(struct counting *c)
{
    repeat_stop(&c->repeat);
}
