#include "cli/mailing.h"

#include "base/arena.h"
#include "sys/clock.h"
#include "sys/log.h"

enum {
    TURN_ARENA = 64 << 20,
    SECOND = 1000000, /* microseconds */
};

static enum log_level level_of(const struct outbox_turn *t)
{
    if (t->state == MAIL_SENT)
        return LEVEL_INFO;
    return t->state == MAIL_GIVEN_UP ? LEVEL_ERROR : LEVEL_WARN;
}

static const char *event_of(const struct outbox_turn *t)
{
    if (t->state == MAIL_SENT)
        return "mail.sent";
    return t->state == MAIL_GIVEN_UP ? "mail.given_up" : "mail.waits";
}

/* [MW2] */
static void tell(struct log *log, const struct outbox_turn *t)
{
    char text[ID_TEXT];

    log_event(log, level_of(t), event_of(t),
              ARG_STR("mail", id_text(t->mail, text)), ARG_STR("kind", t->kind),
              ARG_STR("fault", str_of(outbox_fault_names[t->fault])),
              ARG_INT("status", t->status), ARG_INT("tries", t->tries));
}

static void tell_err(struct mailing *m, err e)
{
    if (!err_is(e, ERR_NOT_FOUND) || !m->told)
        log_err(m->log, "mail", S(""), e);
    m->told = m->told || err_is(e, ERR_NOT_FOUND);
}

/* One mail a turn; when there was one, the next comes at once. */
static int64_t take_turn(struct repeat *r)
{
    struct mailing *m = (struct mailing *)r;
    struct clock *clock = app_world_of(m->app)->clock;
    scoped(arena_end) struct arena a;
    struct outbox_turn turn;

    arena_init(&a, m->heap, TURN_ARENA);
    err e = outbox_turn(m->app, &a, clock->now(clock), &turn);
    if (failed(e)) {
        tell_err(m, e);
        return SECOND;
    }
    m->told = false;
    if (!turn.any)
        return SECOND;
    tell(m->log, &turn);
    return SECOND / 100;
}

err mailing_start(struct mailing *m, struct app *app, struct log *log,
                  struct arena *a)
{
    *m = (struct mailing){
        .repeat = { .turn = take_turn },
        .app = app,
        .heap = app_world_of(app)->heap,
        .log = log,
    };
    return repeat_start(&m->repeat, a);
}

void mailing_stop(struct mailing *m)
{
    repeat_stop(&m->repeat);
}
