#include "cli/witnessing.h"

#include "base/arena.h"
#include "sys/log.h"

#include <stdatomic.h>

enum {
    TURN_ARENA = 64 << 20,
    SECOND = 1000000,  /* microseconds */
    DOUBLED_MOST = 12, /* 4096 seconds */
};

int32_t witnessing_pass(int32_t failures)
{
    if (failures == 0)
        return 0;
    return 1 << (failures < DOUBLED_MOST ? failures : DOUBLED_MOST);
}

/* --- how each is borne with ------------------------------------------- */

/* A place for one more.  So many there are only when some are named no more:
 * then all are met anew, which costs each a question. */
static struct witness_patience *new_place(struct witnessing *w)
{
    if (w->n == WITNESSES_MOST)
        w->n = 0;
    return &w->known[w->n++];
}

static struct witness_patience *patience_of(struct witnessing *w,
                                            const struct note_key *key)
{
    struct witness_patience *p;

    for (size_t i = 0; i < w->n; i++) {
        if (memcmp(w->known[i].key, key->public, SIGN_PUBLIC_BYTES) == 0)
            return &w->known[i];
    }
    p = new_place(w);
    *p = (struct witness_patience){ .greeted = false };
    memcpy(p->key, key->public, SIGN_PUBLIC_BYTES);
    return p;
}

/* --- what is told in the log ------------------------------------------ */

static enum log_level level_of(int outcome)
{
    if (outcome == ASKED_COSIGNED)
        return LEVEL_INFO;
    return outcome == ASKED_LARGER || outcome == ASKED_DIFFERS ? LEVEL_ERROR
                                                               : LEVEL_WARN;
}

static void tell(const struct witnessing *w, const struct witness_named *who,
                 const struct witness_answer *x)
{
    log_event(w->log, level_of(x->state.outcome), "cosigning.asked",
              ARG_STR("witness", who->name),
              ARG_STR("outcome",
                      str_of(witness_outcome_names[x->state.outcome])),
              ARG_INT("told", x->state.told), ARG_INT("size", x->state.size),
              ARG_INT("failures", x->state.failures));
    if (failed(x->why))
        log_err(w->log, "cosigning.why", S(""), x->why);
}

/* --- a turn ----------------------------------------------------------- */

static err ask(struct witnessing *w, struct arena *a,
               const struct witness_named *who, struct witness_patience *p)
{
    struct witness_answer x;
    err e = witness_ask(w->app, a, who, WITNESS_MILLISECONDS, &x);

    if (err_is(e, ERR_NOT_FOUND)) { /* nothing is signed yet */
        p->greeted = true;
        return OK;
    }
    p->greeted = p->greeted || !failed(e);
    bool bad = failed(e) || x.state.outcome != ASKED_COSIGNED;
    p->failures = bad ? p->failures + 1 : 0;
    p->pass = witnessing_pass(p->failures);
    TRY(e);
    tell(w, who, &x);
    return OK;
}

static err ask_if_owed(struct witnessing *w, struct arena *a,
                       const struct witness_named *who)
{
    struct witness_patience *p = patience_of(w, &who->key);
    bool owed;

    if (p->pass > 0) {
        p->pass--;
        return OK;
    }
    TRY(witness_is_owed(w->app, a, who, &owed));
    return owed || !p->greeted ? ask(w, a, who, p) : OK;
}

static err ask_all(struct witnessing *w, struct arena *a)
{
    struct list all;

    TRY(witnesses_read(w->app, a, &all));
    for (size_t i = 0; i < all.n && !atomic_load(&w->repeat.stop); i++) {
        err e = ask_if_owed(w, a, (const struct witness_named *)all.p + i);

        if (failed(e))
            log_err(w->log, "witnessing", S(""), e);
    }
    return OK;
}

static int64_t take_turn(struct repeat *r)
{
    struct witnessing *w = (struct witnessing *)r;
    scoped(arena_end) struct arena a;

    arena_init(&a, w->heap, TURN_ARENA);
    err e = ask_all(w, &a);
    if (failed(e))
        log_err(w->log, "witnessing", S(""), e);
    atomic_store(&w->greeted, true);
    return SECOND;
}

err witnessing_start(struct witnessing *w, struct app *app, struct log *log,
                     struct arena *a)
{
    *w = (struct witnessing){
        .repeat = { .turn = take_turn },
        .app = app,
        .heap = app_world_of(app)->heap,
        .log = log,
    };
    return repeat_start(&w->repeat, a);
}

void witnessing_stop(struct witnessing *w)
{
    repeat_stop(&w->repeat);
}
