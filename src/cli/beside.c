#include "cli/beside.h"

#include "base/size.h"

/* --- each of them --------------------------------------------------------- */

static err start_witnessing(struct beside *b)
{
    return witnessing_start(&b->witnessing, b->faces->app, b->faces->log,
                            b->arena);
}

static void stop_witnessing(struct beside *b)
{
    witnessing_stop(&b->witnessing);
}

static err start_mailing(struct beside *b)
{
    return mailing_start(&b->mailing, b->faces->app, b->faces->log, b->arena);
}

static void stop_mailing(struct beside *b)
{
    mailing_stop(&b->mailing);
}

static err start_hooking(struct beside *b)
{
    return hooking_start(&b->hooking, b->faces->app, b->faces->log, b->arena);
}

static void stop_hooking(struct beside *b)
{
    hooking_stop(&b->hooking);
}

static err start_counting(struct beside *b)
{
    return counting_start(&b->counting, b->faces->app, b->faces->log, b->arena);
}

static void stop_counting(struct beside *b)
{
    counting_stop(&b->counting);
}

static err start_feeding(struct beside *b)
{
    return feeding_start(&b->feeding, b->faces, b->arena);
}

static void stop_feeding(struct beside *b)
{
    feeding_stop(&b->feeding);
}

static err start_sequencing(struct beside *b)
{
    return sequencing_start(&b->sequencing, b->faces->app, b->faces->log,
                            &b->witnessing.greeted, b->arena);
}

static void stop_sequencing(struct beside *b)
{
    sequencing_stop(&b->sequencing);
}

/* --- all of them ---------------------------------------------------------- */

/* [BE1]  One a line, so that lines can be added side by side. */
/* clang-format off */
static const struct {
    err (*start)(struct beside *b);
    void (*stop)(struct beside *b);
} jobs[] = {
    { start_witnessing, stop_witnessing },
    { start_mailing, stop_mailing },
    { start_hooking, stop_hooking },
    { start_counting, stop_counting },
    { start_feeding, stop_feeding },
    { start_sequencing, stop_sequencing },
};
/* clang-format on */

err beside_start(struct beside *b, const struct faces *faces, struct arena *a)
{
    err e = OK;

    *b = (struct beside){ .faces = faces, .arena = a };
    while (b->begun < COUNT(jobs) && !failed(e)) {
        e = jobs[b->begun].start(b);
        b->begun += !failed(e);
    }
    if (failed(e))
        beside_stop(b);
    return e;
}

/* [BE2] */
void beside_stop(struct beside *b)
{
    while (b->begun > 0)
        jobs[--b->begun].stop(b);
}
