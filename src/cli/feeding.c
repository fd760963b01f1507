#include "cli/feeding.h"

#include "base/arena.h"
#include "service/register_names.h"
#include "sys/clock.h"
#include "sys/log.h"

#include <stdatomic.h>

enum {
    TURN_ARENA = 1 << 30,
    SECOND = 1000000, /* microseconds */
    LOOK = SECOND / 40,
    TEND = SECOND / 4,
    AFTER_FAILURE = 10 * SECOND,
};

static void tell(struct log *log, const struct register_turn *t)
{
    if (t->made)
        log_event(log, LEVEL_INFO, "feed.made", ARG_INT("answers", t->answers),
                  ARG_INT("left_out", t->left_out));
    if (t->left_out > 0 && failed(t->first))
        log_err(log, "feed.left_out", S(""), t->first);
    if (failed(t->names))
        log_err(log, "feed.names", S(""), t->names);
}

static int64_t feed(struct feeding *f)
{
    struct app *app = f->feeder.app;
    scoped(arena_end) struct arena a;
    struct register_turn made;

    arena_init(&a, app_world_of(app)->heap, TURN_ARENA);
    err e = register_turn(&f->feeder, &a, faces_today(f->faces), &made);
    if (!failed(e)) {
        tell(f->faces->log, &made);
        return LOOK;
    }
    if (!atomic_load(&f->repeat.stop))
        log_err(f->faces->log, "feed.failed", S(""), e);
    return err_is(e, ERR_CORRUPT) ? REPEAT_NEVER : AFTER_FAILURE; /* [FG3] */
}

/* [FG1] */
static int64_t take_turn(struct repeat *r)
{
    struct feeding *f = (struct feeding *)r;
    struct app *app = f->feeder.app;
    struct clock *clock = app_world_of(app)->clock;
    int64_t now = clock->ticks(clock);

    if (f->began && register_is_fed(app) && now - f->fed < SECOND)
        return LOOK;
    f->began = true;
    f->fed = now;
    return feed(f);
}

/* [FG4] */
static int64_t tend(struct repeat *r)
{
    const struct faces *faces = ((struct tending *)r)->faces;
    scoped(arena_end) struct arena a;
    bool more;

    arena_init(&a, app_world_of(faces->app)->heap, TURN_ARENA);
    err e = register_names_tend(faces->app, &a, &more);
    if (!failed(e))
        return more ? 0 : TEND;
    log_err(faces->log, "feed.tend", S(""), e);
    return AFTER_FAILURE;
}

err feeding_start(struct feeding *f, const struct faces *faces, struct arena *a)
{
    *f = (struct feeding){
        .repeat = { .turn = take_turn },
        .tending = { .repeat = { .turn = tend }, .faces = faces },
        .feeder = { .app = faces->app, .stop = &f->repeat.stop },
        .faces = faces,
    };
    TRY(repeat_start(&f->tending.repeat, a));
    err e = repeat_start(&f->repeat, a);
    if (failed(e))
        repeat_stop(&f->tending.repeat);
    return e;
}

void feeding_stop(struct feeding *f)
{
    repeat_stop(&f->repeat);
    repeat_stop(&f->tending.repeat);
}
