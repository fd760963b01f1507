/* serve -- what a witness is asked by HTTP. [WI1] [WI2] [WT1] */

#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "http/request.h"
#include "http/response.h"
#include "merkle/cosignature.h"
#include "merkle/witness.h"
#include "sys/clock.h"
#include "witness/parts.h"

enum { MICROS = 1000000, SIZE_MOST = 24 };

/* --- one request ------------------------------------------------------ */

struct asking {
    struct witness *witness;
    struct arena *arena;
    struct witness_request request;
    struct witness_asked asked;
};

static err say_size(struct asking *x, uint64_t size, struct response *rs)
{
    struct buf b;
    str text;

    buf_init(&b, x->arena, SIZE_MOST);
    buf_int(&b, (int64_t)size);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    respond(rs, WITNESS_CONFLICT, S("text/x.tlog.size"), text);
    return OK;
}

static void say_no(enum witness_verdict v, struct response *rs)
{
    respond(rs, (int)v, TYPE_TEXT,
            v == WITNESS_MALFORMED  ? S("malformed request\n")
            : v == WITNESS_UNSIGNED ? S("no signature of a known key\n")
            : v == WITNESS_UNKNOWN  ? S("unknown log\n")
                                    : S("the proof does not hold\n"));
}

/* The log's note, of its own signature and ours, kept; and our line. */
static err cosign(struct asking *x, str *line)
{
    struct witness *w = x->witness;
    int64_t now = w->world.clock->now(w->world.clock) / MICROS;
    struct buf b;
    str note;

    TRY(cosignature_make(x->arena, x->asked.text, w->name, &w->key, now, line));
    buf_init(&b, x->arena, NOTE_BYTES_MAX);
    buf_str(&b, x->asked.text);
    buf_char(&b, '\n');
    buf_str(&b, x->asked.line);
    buf_str(&b, *line);
    TRY(buf_done(&b, &note));
    return seen_keep(w, x->arena, x->asked.body.origin, note);
}

/* [WT1] Under the mutex. */
static err judge(struct asking *x, struct response *rs)
{
    struct checkpoint_body newest = { 0 };
    bool any;
    str line;

    TRY(seen_read(x->witness, x->arena, x->asked.body.origin, &newest, &any));
    enum witness_verdict v =
        witness_judge(&x->request, &x->asked.body, &newest);
    if (v == WITNESS_CONFLICT)
        return say_size(x, newest.size, rs);
    if (v != WITNESS_COSIGNS) {
        say_no(v, rs);
        return OK;
    }
    TRY(cosign(x, &line));
    respond(rs, WITNESS_COSIGNS, TYPE_TEXT, line);
    return OK;
}

static err judge_alone(struct asking *x, struct response *rs)
{
    int rc = pthread_mutex_lock(&x->witness->mutex);
    check(rc == 0);
    err e = judge(x, rs);
    rc = pthread_mutex_unlock(&x->witness->mutex);
    check(rc == 0);
    return e;
}

static err add_checkpoint(struct request *rq, struct response *rs)
{
    struct asking x = { .witness = rq->app, .arena = rq->arena };
    enum witness_verdict v = WITNESS_MALFORMED;

    err e = witness_read(rq->arena, rq->body, &x.request);
    if (failed(e) && !err_is(e, ERR_INVALID))
        return e;
    if (!failed(e))
        TRY(witness_open(rq->arena, x.witness->logs, x.request.note, &x.asked,
                         &v));
    if (v == WITNESS_COSIGNS)
        return judge_alone(&x, rs);
    say_no(v, rs);
    return OK;
}

/* --- what it remembers ------------------------------------------------- */

static err get_checkpoint(struct request *rq, struct response *rs)
{
    str note;

    TRY(seen_note(rq->app, rq->arena, request_parameter(rq, S("log")), &note));
    respond(rs, 200, TYPE_TEXT, note);
    return OK;
}

err witness_error(struct request *, err why, struct response *rs)
{
    respond(rs, rs->status, TYPE_TEXT, str_of(why.info->id));
    return OK;
}

static const struct route routes[] = {
    { METHOD_POST, "/add-checkpoint", 0, BODY_BYTES, add_checkpoint },
    { METHOD_GET, "/{log}/checkpoint", 0, BODY_NONE, get_checkpoint },
};

const struct route_table witness_routes = { routes, COUNT(routes) };
