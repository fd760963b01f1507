#include "cli/daily.h"

#include "service/app.h"
#include "service/register_root.h"
#include "service/tick.h"
#include "sys/clock.h"
#include "sys/log.h"

static void tell(struct log *log, const struct tick_made *m)
{
    char today[DAY_TEXT];

    log_event(log, LEVEL_INFO, "tick.done",
              ARG_STR("today", day_text(m->today, today)),
              ARG_INT("expired", m->expired.n),
              ARG_INT("opened", m->told.opened),
              ARG_INT("overdue", m->told.overdue), ARG_INT("held", m->held),
              ARG_INT("failed", m->failed));
    if (m->failed > 0)
        log_err(log, "tick.case", S(""), m->first);
}

/* [DY3] */
static void enter_root(struct daily *d, struct arena *a, day today)
{
    struct register_rooted r;
    err e = register_root_daily(d->sequencer, a, today, &r);

    if (failed(e))
        log_err(d->log, "root", S(""), e);
    else if (r.entered)
        log_event(d->log, LEVEL_INFO, "root.entered",
                  ARG_INT("entry", r.mark.index),
                  ARG_INT("holders", r.mark.holders),
                  ARG_INT("numbers", r.mark.numbers),
                  ARG_INT("upto", r.mark.upto));
}

void daily_turn(struct daily *d, struct arena *a)
{
    struct clock *clock = app_world_of(d->app)->clock;
    day today = day_of_micros(clock->now(clock));
    struct tick_made made;

    if (today <= d->done)
        return;
    err e = tick(d->app, a, today, &made);
    if (err_is(e, ERR_BUSY)) /* [DY2] */
        return;
    d->done = today;
    if (failed(e))
        log_err(d->log, "tick", S(""), e);
    else
        tell(d->log, &made);
    enter_root(d, a, today);
}
