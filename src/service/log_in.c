#include "service/log_in.h"

#include "sys/clock.h"

static err read_kept(struct app *app, struct arena *a, const struct claim *who,
                     str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return session_kept(tx, a, who, out);
}

err log_in(struct app *app, struct arena *a, struct claim *who,
           struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct clock *clock = app_world_of(app)->clock;
    str kept;

    who->today = day_of_micros(clock->now(clock));
    TRY(read_kept(app, a, who, &kept));
    TRY(session_prove(a, who, kept)); /* [SE3] in no tx */
    TRY(app_read(app, a, &tx));
    return session_open(tx, a, who, out);
}
