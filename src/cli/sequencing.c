#include "cli/sequencing.h"

#include "base/arena.h"
#include "sys/log.h"

#include <stdatomic.h>

enum {
    TURN_ARENA = 64 << 20,
    SECOND = 1000000, /* microseconds */
    DOUBLED_MOST = 8, /* 256 seconds */
};

int64_t sequencing_wait(err e, int32_t *failures)
{
    if (!failed(e)) {
        *failures = 0;
        return SECOND;
    }
    if (err_is(e, ERR_CORRUPT)) /* [SG1] */
        return REPEAT_NEVER;
    if (*failures < DOUBLED_MOST)
        ++*failures;
    return (int64_t)SECOND << *failures;
}

static int64_t take_turn(struct repeat *r)
{
    struct sequencing *s = (struct sequencing *)r;
    scoped(arena_end) struct arena a = { 0 };
    int64_t size;

    if (!atomic_load(s->after)) /* [SG4] */
        return SECOND / 20;
    arena_init(&a, s->heap, TURN_ARENA);
    err e = sequence_turn(&s->sequencer, &a, &size);
    if (err_is(e, ERR_BUSY) && atomic_load(&r->stop)) /* [SG3] */
        return REPEAT_NEVER;
    if (failed(e))
        log_err(s->log, "sequencer", S(""), e);
    else
        daily_turn(&s->daily, &a);
    return sequencing_wait(e, &s->failures);
}

err sequencing_start(struct sequencing *s, struct app *app, struct log *log,
                     const _Atomic bool *after, struct arena *a)
{
    *s = (struct sequencing){
        .repeat = { .turn = take_turn },
        .sequencer = { .app = app, .stop = &s->repeat.stop },
        .daily = { app, &s->sequencer, log, DAY_MIN },
        .heap = app_world_of(app)->heap,
        .log = log,
        .after = after,
    };
    return repeat_start(&s->repeat, a);
}

void sequencing_stop(struct sequencing *s)
{
    repeat_stop(&s->repeat);
}
