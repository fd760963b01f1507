#include "service/sequence.h"

#include "service/logged.h"
#include "store/log.h"
#include "sys/clock.h"

enum { BATCH = 500 };

struct sequencing {
    struct app *app;
    size_t done;
    struct checkpoint checkpoint;
};

/* [SQ1] */
static err check_waiting(struct tx *tx, struct app *app)
{
    scoped(logged_end) struct logged l;
    struct list rows;

    logged_begin(&l, app, tx);
    TRY(log_pending_list(tx, tx_arena(tx), 0, BATCH, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(logged_check(&l, (const struct log_pending_row *)rows.p + i));
    return OK;
}

static err sequence_some(struct tx *tx, void *context)
{
    struct sequencing *x = context;
    struct clock *clock = app_world_of(x->app)->clock;
    bool mine;

    x->done = 0;
    TRY(tx_lock(tx, LOG_LOCK, &mine));
    if (!mine) /* somebody else is the sequencer now */
        return tlog_newest(tx, tx_arena(tx), &x->checkpoint);
    TRY(check_waiting(tx, x->app));
    TRY(tlog_sequence(tx, tx_arena(tx), BATCH, &x->done));
    return tlog_checkpoint(tx, tx_arena(tx), app_log_key(x->app),
                           clock->now(clock), &x->checkpoint);
}

err sequence_log(struct app *app, struct arena *a, int64_t *size)
{
    struct sequencing x = { .app = app };

    do {
        TRY(app_write(app, a, sequence_some, &x));
    } while (x.done == BATCH);
    *size = x.checkpoint.size;
    return OK;
}
