#include "service/witness_ask.h"

#include "base/arena.h"
#include "base/buf.h"
#include "merkle/checkpoint.h"
#include "merkle/witness.h"
#include "net/net.h"
#include "store/log.h"
#include "sys/clock.h"
#include "tlog/anchor.h"
#include "tlog/own.h"
#include "tlog/tiles.h"

enum {
    ROUNDS = 3,             /* [WA3] */
    LINES_MOST = 64 * 1024, /* bytes of an answer */
    ADDRESS_MOST = 1000,
    SHOWN = 200,
    MICROS = 1000000,
};

struct asking {
    struct app *app;
    struct arena *a;
    const struct witness_named *w;
    long milliseconds;
    struct checkpoint newest;
    uint64_t old; /* what we think it has cosigned */
    struct witness_answer answer;
    str line; /* its signature; empty: none */
};

static void came_to(struct asking *x, enum witness_outcome outcome,
                    int64_t told, err why)
{
    x->answer.state.outcome = (int)outcome;
    x->answer.state.told =
        told < WITNESS_NUMBER_MOST ? told : WITNESS_NUMBER_MOST;
    x->answer.why = why;
}

/* --- what it is asked ------------------------------------------------- */

static err address_of(const struct asking *x, str below, str *out)
{
    struct buf b;

    buf_init(&b, x->a, ADDRESS_MOST);
    buf_str(&b, x->w->url);
    buf_char(&b, '/');
    buf_str(&b, below);
    return buf_done(&b, out);
}

static err read_newest(struct asking *x)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(x->app, x->a, &tx));
    TRY(tlog_newest(tx, x->a, &x->newest));
    if (x->newest.note.n == 0)
        return err_new(x->a, ERR_NOT_FOUND, "log.unsigned");
    TRY(witness_state_get(tx, x->a, x->w, &x->answer.state));
    const int64_t size = x->answer.state.size;
    x->old = (uint64_t)(size < x->newest.size ? size : x->newest.size);
    return OK;
}

static err write_body(struct asking *x, str *out)
{
    struct witness_request r = { .old_size = x->old, .note = x->newest.note };
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(x->app, x->a, &tx));
    TRY(tlog_consistency(tx, (int64_t)x->old, x->newest.size, &r.proof));
    return witness_write(x->a, &r, out);
}

static err post(struct asking *x, struct net_answer *out)
{
    struct net_request r = { .media_type = S("text/plain"),
                             .most = LINES_MOST,
                             .milliseconds = x->milliseconds };

    TRY(address_of(x, S("add-checkpoint"), &r.address));
    TRY(write_body(x, &r.body));
    err e = net_ask(x->a, &r, out);
    if (failed(e) && !err_is(e, ERR_MEMORY)) {
        *out = (struct net_answer){ 0 };
        came_to(x, ASKED_UNREACHED, 0, e);
        return OK;
    }
    return e;
}

/* --- what it shows [WA4] ---------------------------------------------- */

/* Empty: it shows nothing. */
static err fetch_shown(struct asking *x, str *note)
{
    struct net_request r = { .get = true,
                             .most = NOTE_BYTES_MAX,
                             .milliseconds = x->milliseconds };
    struct net_answer got = { 0 };
    struct buf b;
    str name;
    str path;

    TRY(witness_log_name(x->a, app_log_key(x->app)->origin, &name));
    buf_init(&b, x->a, SHOWN);
    buf_str(&b, name);
    buf_str(&b, S("/checkpoint"));
    TRY(buf_done(&b, &path));
    TRY(address_of(x, path, &r.address));
    err e = net_ask(x->a, &r, &got);
    if (err_is(e, ERR_MEMORY))
        return e;
    *note = !failed(e) && got.status == WITNESS_COSIGNS ? got.body : S("");
    return OK;
}

/* What is kept already may be the larger one. */
static err keep_shown(struct asking *x, str note,
                      const struct checkpoint_body *body)
{
    const struct tlog_key *key = app_log_key(x->app);
    struct checkpoint_body kept = { 0 };
    bool found;

    TRY(anchor_read(key->shown, x->a, key, &kept, &found));
    return found && kept.size >= body->size
               ? OK
               : anchor_keep(key->shown, x->a, note);
}

/* Signed by our own key; do we continue it? */
static err weigh(struct asking *x, str note, const struct checkpoint_body *body,
                 bool *proved)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(x->app, x->a, &tx));
    err e = tlog_check_known(tx, body);
    *proved = err_is(e, ERR_CORRUPT);
    if (!*proved)
        return e;
    came_to(x, ASKED_DIFFERS, (int64_t)body->size, err_keep(x->a, e));
    return keep_shown(x, note, body);
}

static err see_proof(struct asking *x, bool *proved)
{
    struct checkpoint_body body = { 0 };
    str note;

    *proved = false;
    TRY(fetch_shown(x, &note));
    err e = own_open(x->a, app_log_key(x->app), note, &body);
    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : OK;
    return weigh(x, note, &body, proved);
}

/* While it was asked there may have come more. */
static err is_more(struct asking *x, uint64_t size, bool *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t have;

    TRY(app_read(x->app, x->a, &tx));
    TRY(log_size(tx, &have));
    *out = size > (uint64_t)have;
    return OK;
}

/* It did not take what we signed, and says that it has seen this much. */
static err look_into(struct asking *x, long status, uint64_t size)
{
    bool proved;
    bool more;

    TRY(see_proof(x, &proved));
    if (proved)
        return OK;
    TRY(is_more(x, size, &more));
    if (more)
        came_to(x, ASKED_LARGER, (int64_t)size, OK);
    else
        came_to(x, ASKED_REFUSED, status, OK);
    return OK;
}

/* --- what it answers -------------------------------------------------- */

/* [WA2] */
static err take_line(struct asking *x, str lines)
{
    struct signed_note ours = { 0 };
    int64_t time = 0;
    str line = S("");

    TRY(note_open(x->a, x->newest.note, &ours));
    err e = witness_read_line(x->a, lines, ours.text, &x->w->key, &line, &time);
    if (!failed(e) && time > WITNESS_NUMBER_MOST / MICROS)
        e = err_new(x->a, ERR_INVALID, "witnesses.time",
                    ARG_STR("name", x->w->name));
    if (err_is(e, ERR_MEMORY))
        return e;
    came_to(x, failed(e) ? ASKED_UNSOUND : ASKED_COSIGNED, 0, e);
    if (failed(e))
        return OK;
    x->line = line;
    x->answer.state.size = x->newest.size;
    x->answer.state.at = time * MICROS;
    return OK;
}

/* [WA3] *again: from the size that it has said. */
static err take_conflict(struct asking *x, str body, bool *again)
{
    uint64_t size = 0;

    if (!witness_read_size(body, &size)) {
        came_to(x, ASKED_REFUSED, WITNESS_CONFLICT, OK);
        return OK;
    }
    *again = size != x->old && size <= (uint64_t)x->newest.size;
    if (!*again)
        return look_into(x, WITNESS_CONFLICT, size);
    x->old = size;
    came_to(x, ASKED_REFUSED, WITNESS_CONFLICT, OK);
    return OK;
}

static err take_answer(struct asking *x, const struct net_answer *got,
                       bool *again)
{
    switch (got->status) {
    case 0: return OK; /* there is none */
    case WITNESS_COSIGNS: return take_line(x, got->body);
    case WITNESS_CONFLICT: return take_conflict(x, got->body, again);
    case WITNESS_UNPROVED: return look_into(x, got->status, 0);
    default: came_to(x, ASKED_REFUSED, got->status, OK); return OK;
    }
}

static err ask(struct asking *x)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct net_answer got;
        bool again = false;

        TRY(post(x, &got));
        TRY(take_answer(x, &got, &again));
        if (!again)
            return OK;
    }
    return OK;
}

/* --- what is kept [WA5] ----------------------------------------------- */

static err keep(struct tx *tx, void *context)
{
    const struct asking *x = context;
    const struct log_cosignature_row row = {
        .size = x->newest.size,
        .witness = x->w->vkey,
        .line = x->line,
        .at = x->answer.state.at,
    };

    if (x->line.n > 0)
        TRY(log_cosignature_add(tx, &row));
    return witness_state_set(tx, x->w, &x->answer.state);
}

static void count(struct asking *x)
{
    struct clock *clock = app_world_of(x->app)->clock;
    struct witness_state *s = &x->answer.state;

    s->asked = clock->now(clock);
    s->failures = s->outcome == ASKED_COSIGNED ? 0 : s->failures + 1;
}

err witness_ask(struct app *app, struct arena *a, const struct witness_named *w,
                long milliseconds, struct witness_answer *out)
{
    struct asking x = {
        .app = app, .a = a, .w = w, .milliseconds = milliseconds
    };

    TRY(read_newest(&x));
    TRY(ask(&x));
    count(&x);
    TRY(app_write_case(app, a, keep, &x));
    *out = x.answer;
    return OK;
}

err witness_last(struct app *app, struct arena *a,
                 const struct witness_named *w, struct witness_state *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return witness_state_get(tx, a, w, out);
}

err witness_is_owed(struct app *app, struct arena *a,
                    const struct witness_named *w, bool *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct witness_state s = { 0 };
    struct checkpoint c;

    TRY(app_read(app, a, &tx));
    TRY(witness_state_get(tx, a, w, &s));
    TRY(tlog_newest(tx, a, &c));
    *out = c.note.n > 0 && s.size < c.size;
    return OK;
}
