/* records_held_work -- files that wait are counted. [RH4] */

#include "base/arena.h"
#include "base/heap.h"
#include "records/hours.h"
#include "service/records_held_ahead.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum {
    WAITING_PAGE = 100,
    PHASES = 3, /* SHA-256, period, figures */
};

/* One file being counted. */
struct working {
    struct records_watch watch; /* first */
    struct app *app;
    struct held_desk *desk;
    struct held_count *count;
    const _Atomic bool *stop;
    unsigned phase;           /* from 0 */
    struct held_ahead *ahead; /* the count's */
};

/* --- how far it is ------------------------------------------------------ */

/* Of all phases together, where anybody knows how long one is. */
static bool tell(struct records_watch *watch, const struct records_progress *p)
{
    struct working *w = (struct working *)watch;
    struct clock *clock = app_world_of(w->app)->clock;
    struct records_progress all = *p;

    if (p->size > 0) {
        all.bytes = w->phase * p->size + p->bytes;
        all.size = PHASES * p->size;
    }
    return held_desk_tell(w->desk, w->count, &all, clock->ticks(clock)) &&
           (w->stop == NULL || !atomic_load(w->stop));
}

/* --- what it comes to --------------------------------------------------- */

static err make_terms(struct arena *a, struct working *w,
                      const struct records_period *p, struct records_terms *out)
{
    struct records_terms t = w->ahead->asked.terms;
    struct week *week = arena_zero(a, sizeof *week);
    struct calendar *calendar;

    TRY_MEMORY(week);
    *week = week_usual;
    if (w->ahead->asked.week.n > 0 && !week_parse(w->ahead->asked.week, week))
        return err_new(a, ERR_INVALID, "records.held_week",
                       ARG_STR("given", w->ahead->asked.week));
    if (!against_parse(w->ahead->asked.against, &t.against))
        return err_new(a, ERR_INVALID, "records.held_against",
                       ARG_STR("given", w->ahead->asked.against));
    TRY(calendar_official(a, &calendar));
    t.week = week;
    t.calendar = calendar;
    t.screens = true;
    t.places = held_desk_places(w->desk);
    TRY(entropy_fill(app_world_of(w->app)->entropy, &t.key, sizeof t.key));
    if (t.whole && p->known) { /* it was found already */
        t.first = p->first;
        t.last = p->last;
        t.whole = false;
    }
    *out = t;
    return OK;
}

/* [RH5] The same, with nothing of screens. */
static err make_plain(struct arena *a, struct held_count *c)
{
    struct records_figures *plain = arena_zero(a, sizeof *plain);

    TRY_MEMORY(plain);
    memcpy(plain, c->all.figures, sizeof *plain); /* too large for a literal */
    plain->screens = NULL;
    plain->screened = 0;
    c->plain = c->all;
    c->plain.figures = plain;
    return OK;
}

static err count_figures(struct arena *a, struct working *w)
{
    struct heap *h = app_world_of(w->app)->heap;
    struct records_input in = held_ahead_input(w->ahead);
    struct held_counted *out = &w->count->all;
    struct records_terms terms;

    w->phase = 1;
    TRY(records_survey(a, h, &in, &out->file, &out->period));
    TRY(make_terms(a, w, &out->period, &terms));
    w->phase = 2;
    return records_figures(a, h, &in, &out->file, &terms, &out->figures);
}

/* What pages ask again and again. */
static err make_ready(struct arena *a, struct working *w)
{
    struct heap *h = app_world_of(w->app)->heap;
    struct held_counted *out = &w->count->all;
    struct records_ready *ready = arena_zero(a, sizeof *ready);

    TRY_MEMORY(ready);
    TRY(records_ready(a, h, out->figures, ready));
    out->ready = ready;
    return OK;
}

/* All of it; whatever is kept is in the count's arena. */
static err count_all(struct arena *a, struct working *w)
{
    struct held_counted *out = &w->count->all;

    TRY(held_ahead_hash(w->ahead));
    w->phase = 1;
    TRY(held_ahead_open(w->ahead, &out->file));
    TRY(count_figures(a, w));
    TRY(make_ready(a, w));
    out->file.from.reader = NULL; /* it ends with this work */
    out->name = w->ahead->row.name;
    out->sha256 = w->ahead->row.sha256;
    return make_plain(a, w->count);
}

/* --- what became of it -------------------------------------------------- */

struct held_ending {
    struct held_row_of row;
    bool done;
};

static err write_end(struct tx *tx, void *context)
{
    struct held_ending *x = context;

    return held_row_end(tx, &x->row, &x->done);
}

/* That the machine failed says nothing of the file. [RH8] */
static bool is_of_the_file(err e)
{
    return !failed(e) || (!err_is(e, ERR_IO) && !err_is(e, ERR_MEMORY) &&
                          !err_is(e, ERR_BUSY));
}

/* Nobody wants it in this round any more: done is false. */
static err keep_end(struct working *w, struct arena *a, err why, bool *done)
{
    struct held_ending x = { .row = w->ahead->row };

    *done = true;
    if (!is_of_the_file(why))
        return OK;
    x.row.state = failed(why) ? HELD_ROW_REFUSED : HELD_ROW_COUNTED;
    if (!failed(why))
        TRY(held_asked_write(a, &w->ahead->asked, &x.row.asked));
    TRY(app_write_case(w->app, a, write_end, &x));
    *done = x.done;
    return OK;
}

static err end_work(struct working *w, struct arena *a, err why)
{
    bool wanted = true;

    if (err_is(why, ERR_REFUSED)) { /* records.stopped */
        held_desk_back(w->desk, w->count);
        return OK;
    }
    err e = keep_end(w, a, why, &wanted);
    if (failed(e))
        held_desk_done(w->desk, w->count, err_keep(&w->count->arena, e));
    else if (!wanted)
        held_desk_drop(w->desk, w->count);
    else
        held_desk_done(w->desk, w->count, why);
    return e;
}

/* --- which one ---------------------------------------------------------- */

static err load(struct app *app, struct arena *a, const struct held_count *c,
                struct held_row_of *out, bool *found)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    TRY(held_row_get(tx, a, c->file, out, found));
    *found = *found && out->round == c->round;
    return OK;
}

/* It still comes: what of it is there is read ahead.  What the machine failed
 * at is no matter: all is read when it is there. */
static err read_ahead(struct working *w, struct arena *a,
                      const struct held_row_of *row)
{
    err e = held_ahead_turn(w->ahead, row, &w->watch);

    if (!failed(e))
        e = held_ahead_read(w->ahead);
    e = err_keep(a, e);
    held_ahead_over(w->ahead);
    if (failed(e))
        held_desk_drop(w->desk, w->count);
    else
        held_desk_rest(w->desk, w->count);
    return err_is(e, ERR_REFUSED) ? OK : e; /* records.stopped */
}

static err count_whole(struct working *w, struct arena *a,
                       const struct held_row_of *row)
{
    err e = held_ahead_turn(w->ahead, row, &w->watch);

    if (!failed(e))
        e = count_all(&w->count->arena, w);
    held_ahead_over(w->ahead);
    return end_work(w, a, e);
}

/* In the count's own arena: what it is made of lives as long as it. */
static err begin_work(struct working *w, struct held_row_of *row, bool *found)
{
    struct held_count *c = w->count;

    TRY(load(w->app, &c->arena, c, row, found));
    if (*found && c->ahead == NULL)
        TRY(held_ahead_new(w->app, &c->arena, &c->ahead));
    w->ahead = c->ahead;
    return OK;
}

static err work_on(struct app *app, struct arena *a, struct held_count *c,
                   const _Atomic bool *stop)
{
    struct working w = { .watch = { tell }, .app = app, .stop = stop };
    struct held_row_of row;
    bool found = false;

    w.desk = app_held(app);
    w.count = c;
    err e = begin_work(&w, &row, &found);
    if (failed(e) || !found) {
        e = err_keep(a, e);
        held_desk_drop(w.desk, c);
        return e;
    }
    return row.state == HELD_ROW_ARRIVING ? read_ahead(&w, a, &row)
                                          : count_whole(&w, a, &row);
}

static err list_waiting(struct app *app, struct arena *a, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return held_row_waiting(tx, a, WAITING_PAGE, out);
}

/* The first that waits in the store and is not on the desk. */
static err take_waiting(struct app *app, struct arena *a,
                        struct held_count **out)
{
    struct list rows;

    TRY(list_waiting(app, a, &rows));
    const struct held_row_of *r = rows.p;
    *out = NULL;
    for (size_t i = 0; i < rows.n && *out == NULL; i++)
        TRY(held_desk_take(app_held(app), &r[i], out));
    return OK;
}

err held_work(struct app *app, struct arena *a, const _Atomic bool *stop,
              bool *any)
{
    scoped(arena_end) struct arena own;
    struct held_count *c = held_desk_next(app_held(app));

    arena_init(&own, app_world_of(app)->heap, HELD_WORK_ARENA);
    *any = false;
    if (c == NULL)
        TRY(err_keep(a, take_waiting(app, &own, &c)));
    if (c == NULL)
        return OK;
    *any = true;
    return err_keep(a, work_on(app, &own, c, stop));
}

void held_on_wake(struct app *app, struct held_waker *w)
{
    held_desk_on_wake(app_held(app), w);
}
