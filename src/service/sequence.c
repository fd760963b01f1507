#include "service/sequence.h"

#include "service/check.h"
#include "service/kept.h"
#include "service/logged.h"
#include "service/register_home.h"
#include "service/witnesses.h"
#include "store/certificates.h"
#include "store/log.h"
#include "sys/clock.h"

enum { BATCH = 500 };

struct sequencing {
    struct app *app;
    struct logged logged;
    bool mine; /* nobody else is the sequencer */
    size_t done;
    struct tlog_tree tree; /* after the last batch */
    struct checkpoint checkpoint;
};

/* --- a leaf [SQ1] ----------------------------------------------------- */

/* A certificate's row of the register is told where the log has it. */
static err tell_certificate(const struct app *app, struct tx *tx, str subject,
                            int64_t index)
{
    str number = subject;
    str kind = str_cut(&number, '/');

    if (!str_eq(kind, S("certificate")))
        return OK;
    TRY(register_news(app, tx_arena(tx), number));
    err e = certificate_set_log_index(tx, number, index);
    if (err_is(e, ERR_CONFLICT)) /* it has none */
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", number));
    return e;
}

static err take(struct tx *tx, const struct log_pending_row *p, int64_t index,
                void *context)
{
    struct sequencing *x = context;
    bool vouched;

    TRY(kept_vouches(app_kept(x->app), tx, p, &vouched));
    if (!vouched)
        TRY(logged_check(&x->logged, p));
    return tell_certificate(x->app, tx, p->subject, index);
}

/* --- a batch ---------------------------------------------------------- */

static err index_some(struct tx *tx, struct sequencing *x)
{
    const struct tlog_taker by = { take, x };

    logged_begin(&x->logged, x->app, tx);
    err e = tlog_sequence(tx, app_log_key(x->app), BATCH, &by, &x->done);
    logged_end(&x->logged);
    return e;
}

static err index_in_tx(struct tx *tx, void *context)
{
    struct sequencing *x = context;

    x->done = 0;
    TRY(tx_lock(tx, LOG_LOCK, &x->mine));
    if (!x->mine) /* somebody else is the sequencer now */
        return tlog_newest(tx, tx_arena(tx), &x->checkpoint);
    TRY(witnesses_check(x->app, tx));
    TRY(index_some(tx, x));
    return tlog_tree(tx, &x->tree);
}

/* --- the checkpoint [SQ4] --------------------------------------------- */

static err sign_in_tx(struct tx *tx, void *context)
{
    struct sequencing *x = context;
    struct clock *clock = app_world_of(x->app)->clock;

    TRY(tx_lock(tx, LOG_LOCK, &x->mine));
    if (!x->mine)
        return tlog_newest(tx, tx_arena(tx), &x->checkpoint);
    TRY(witnesses_check(x->app, tx));
    TRY(tlog_check_tree(tx, &x->tree));
    return tlog_checkpoint(tx, tx_arena(tx), app_log_key(x->app),
                           clock->now(clock), &x->checkpoint);
}

/* --- a turn ----------------------------------------------------------- */

/* [SQ3] */
static err read_all(struct sequencer *s, struct arena *a)
{
    struct check_counts counts;

    if (s->sound)
        return OK;
    TRY(check_records(s->app, a, s->stop, &counts));
    s->sound = true;
    return OK;
}

err sequence_turn(struct sequencer *s, struct arena *a, int64_t *size)
{
    struct sequencing x = { .app = s->app };

    TRY(read_all(s, a));
    do {
        TRY(app_write_case(s->app, a, index_in_tx, &x));
    } while (x.done == BATCH);
    if (x.mine)
        TRY(app_write_case(s->app, a, sign_in_tx, &x));
    *size = x.checkpoint.size;
    return OK;
}

/* Is there nothing to sign?  Then *size is what the newest checkpoint covers.
 */
static err is_idle(struct app *app, struct arena *a, bool *idle, int64_t *size)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint newest;
    struct list waiting;
    int64_t entries;

    TRY(app_read(app, a, &tx));
    TRY(log_pending_list(tx, a, 0, 1, &waiting));
    TRY(log_size(tx, &entries));
    TRY(tlog_newest(tx, a, &newest));
    *idle = waiting.n == 0 && entries == newest.size;
    *size = newest.size;
    return OK;
}

err sequence_rest(struct sequencer *s, struct arena *a, int64_t *size)
{
    int64_t signed_size;
    bool idle;

    TRY(is_idle(s->app, a, &idle, &signed_size));
    if (!idle)
        return sequence_turn(s, a, size);
    *size = signed_size;
    return OK;
}

err sequence_log(struct app *app, struct arena *a, int64_t *size)
{
    struct sequencer s = { .app = app };

    return sequence_rest(&s, a, size);
}
