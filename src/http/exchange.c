#include "http/exchange.h"

#include "http/head.h"
#include "http/status.h"
#include "sys/clock.h"
#include "sys/log.h"

enum { HEADERS = 100, BLOCK = 16384 };

static const struct server_limits *limits(const struct exchange *x)
{
    return &x->of->options.limits;
}

static int64_t ticks(const struct exchange *x)
{
    struct clock *clock = x->of->options.clock;

    return clock->ticks(clock);
}

/* The first refusal is the one that is answered. */
static void turn_down(struct exchange *x, int status, err why)
{
    if (failed(x->in.refused) || !failed(why))
        return;
    x->in.refused = why;
    x->in.status = status;
}

/* An error that has no status of its own. */
static void give_up(struct exchange *x, err why)
{
    if (failed(why))
        turn_down(x, status_of(why.info->code), why);
}

static err name_it(struct exchange *x)
{
    id i;

    TRY_MEMORY(x->worker);
    TRY(worker_id(x->worker, &i));
    x->rq.id = id_text(i, x->id);
    return OK;
}

/* Take so much of what all long bodies have together. */
static bool hold(struct exchange *x, size_t n)
{
    _Atomic size_t *uploads = &x->of->uploads;
    size_t now = atomic_load(uploads);

    do {
        if (n > limits(x)->uploads || now > limits(x)->uploads - n)
            return false;
    } while (!atomic_compare_exchange_weak(uploads, &now, now + n));
    x->held = n;
    return true;
}

/* [RQ3] Of one that came with a long body the room is taken. */
static err take_room(struct request_room *room, size_t bytes,
                     struct arena **out)
{
    struct exchange *x =
        (void *)((char *)room - offsetof(struct exchange, room));

    if (x->held > 0 || !hold(x, bytes))
        return err_new(&x->arena, ERR_BUSY, "http.uploads");
    arena_init(&x->long_body, x->of->options.heap, bytes + BLOCK);
    *out = &x->long_body;
    return OK;
}

void exchange_begin(struct exchange *x, const char *uri)
{
    x->begun = true;
    x->headed = false;
    x->close = false;
    x->long_body = (struct arena){ 0 };
    x->most = limits(x)->body;
    x->held = 0;
    x->droppable = 0;
    x->dropped = 0;
    x->uri = str_of(uri);
    x->in = (struct incoming){ 0 };
    x->rs = (struct response){ 0 };
    x->worker = worker_here(&x->of->workers);
    if (x->worker != NULL)
        worker_lend(x->worker, limits(x)->memory, &x->arena);
    else
        arena_init(&x->arena, x->of->options.heap, limits(x)->memory);
    x->room.take = take_room;
    x->rq = (struct request){ .arena = &x->arena,
                              .room = &x->room,
                              .id = S(""),
                              .network = str_of(x->network),
                              .peer = x->conn.peer };

    /* Being cut is noticed at the next call, which can say so. */
    (void)conn_go_on(&x->of->conns, &x->conn, PHASE_HEAD);
    give_up(x, name_it(x));
    if (x->uri.n > limits(x)->target)
        turn_down(x, 414,
                  err_new(&x->arena, ERR_LIMIT, "http.target",
                          ARG_INT("limit", limits(x)->target)));
    else if (!arena_str(&x->arena, x->uri, &x->in.target))
        give_up(x, err_memory());
}

/*
 * The headers as the library found them, and whether it found them where they
 * must stand if nothing lies between that it has passed over.  It keeps the
 * head in one piece and puts NULs where names and lines end; so it takes what
 * comes after a NUL for absent, and lines that end in a bare LF or go on in
 * the next for whole.  Others may not, and so we refuse them. [HT3]
 */
struct gathering {
    struct header *to;
    size_t n;
    const char *next; /* where the next name must begin */
    bool whole;
};

static enum MHD_Result gather(void *context, enum MHD_ValueKind,
                              const char *name, size_t name_n,
                              const char *value, size_t value_n)
{
    struct gathering *g = context;
    str all = { name, name_n + 1 };

    g->whole = g->whole && name == g->next;
    if (!g->whole)
        return MHD_NO;
    while (name + all.n < value && (name[all.n] == ' ' || name[all.n] == '\t'))
        all.n++;
    g->whole = name + all.n == value;
    g->next = value + value_n + 2;
    g->to[g->n].name = (str){ name, name_n };
    g->to[g->n].value = str_trim((str){ value, value_n });
    g->n++;
    return MHD_YES;
}

static size_t size_of_head(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
        ->header_size;
}

static err read_headers(struct exchange *x, struct MHD_Connection *c,
                        const char *method, const char *version,
                        struct head *out)
{
    int n = MHD_get_connection_values(c, MHD_HEADER_KIND, NULL, NULL);
    struct gathering g = { .next = version + strlen(version) + 2 };

    if (n > HEADERS)
        return err_new(&x->arena, ERR_LIMIT, "http.headers",
                       ARG_INT("limit", HEADERS));
    g.to = arena_array(&x->arena, (size_t)n, sizeof *g.to);
    TRY_MEMORY(g.to);
    g.whole = x->uri.p == method + strlen(method) + 1 &&
              version == x->uri.p + x->uri.n + 1;
    (void)MHD_get_connection_values_n(c, MHD_HEADER_KIND, gather, &g);
    if (!g.whole || g.next + 2 != method + size_of_head(c))
        return err_new(&x->arena, ERR_INVALID, "http.line");
    *out = (struct head){ str_of(version), g.to, g.n };
    return OK;
}

/* --- long bodies [HT6]
 * ------------------------------------------------------ */

static err open_worker(struct exchange *x)
{
    TRY_MEMORY(x->worker);
    TRY(worker_open(x->worker, &x->arena));
    x->rq.thread = x->worker->thread;
    return OK;
}

static void refuse_long(struct exchange *x)
{
    turn_down(x, 413,
              err_new(&x->arena, ERR_LIMIT, "http.body",
                      ARG_INT("limit", x->most)));
}

/*
 * A body of `n` bytes, which is more than every request may have.  Of who was
 * admitted even one that is too long is read, and dropped: a browser that is
 * answered while it sends shows a broken connection instead of the answer.
 */
static void admit_long(struct exchange *x, size_t n)
{
    bool admitted = false;

    give_up(x, open_worker(x));
    if (failed(x->in.refused))
        return;
    give_up(x, site_admit(x->of->site, &x->rq, &x->in, &admitted));
    if (failed(x->in.refused))
        return;
    if (admitted)
        x->most = limits(x)->upload;
    if (n > x->most) {
        refuse_long(x);
        if (admitted && n / 2 <= x->most)
            x->droppable = n;
        return;
    }
    if (!hold(x, n))
        turn_down(x, 503, err_new(&x->arena, ERR_BUSY, "http.uploads"));
}

/* A long body, and a long answer, have more time. [CN1] */
static int64_t more_time(const struct exchange *x, size_t n)
{
    const struct server_limits *l = limits(x);
    int64_t steps = n > l->body ? (int64_t)((n - l->body) >> 16) : 0;

    return steps * l->upload_time;
}

/* By when the body must be here. [CN1] */
static int64_t body_deadline(const struct exchange *x, size_t n)
{
    return x->start + limits(x)->body_time + more_time(x, n);
}

/* What the head says, with every refusal that does not need the body. */
static void read_head(struct exchange *x, struct MHD_Connection *c,
                      const char *method, const char *version,
                      struct announced *body)
{
    struct head head = { 0 };
    int status = 0;

    incoming_method(&x->in, str_of(method));
    if (size_of_head(c) > limits(x)->head)
        turn_down(x, 431,
                  err_new(&x->arena, ERR_LIMIT, "http.head",
                          ARG_INT("limit", limits(x)->head)));

    err e = read_headers(x, c, method, version, &head);
    if (err_is(e, ERR_LIMIT))
        turn_down(x, 431, e);
    give_up(x, e);
    if (failed(e))
        return;

    x->rq.headers = head.headers;
    x->rq.header_count = head.n;
    e = head_check(&x->arena, &head, body, &status);
    turn_down(x, status, e);
    if (!body->chunked && body->length > x->most)
        admit_long(x, body->length);
}

/* Let the site answer, and send that. */
static enum MHD_Result answer(struct exchange *x, struct MHD_Connection *c)
{
    struct exchanges *of = x->of;

    if (!conn_enter(&of->conns, &x->conn, PHASE_RUN, CONN_NEVER))
        return MHD_NO;
    give_up(x, open_worker(x));

    err e = site_answer(of->site, &x->rq, &x->in, &x->rs);
    if (failed(e))
        log_err(of->options.log, "request.failed", x->rq.id, e);
    x->close = x->close || atomic_load(&of->conns.draining);
    if (!conn_enter(&of->conns, &x->conn, PHASE_ANSWER,
                    ticks(x) + limits(x)->answer_time + more_time(x, x->held)))
        return MHD_NO;
    return exchange_send(x, c);
}

/* A long body gets its room at once and of its own: grown bit by bit it would
 * take twice as much, and the request's own arena goes to the next one. */
static void begin_body(struct exchange *x)
{
    if (x->droppable == 0)
        x->droppable = x->most;
    if (x->held == 0) {
        buf_init(&x->body, &x->arena, x->most);
        return;
    }
    arena_init(&x->long_body, x->of->options.heap, x->held + BLOCK);
    buf_init(&x->body, &x->long_body, x->held);
    buf_expect(&x->body, x->held);
}

enum MHD_Result exchange_head(struct exchange *x, struct MHD_Connection *c,
                              const char *method, const char *version)
{
    struct announced body = { 0 };

    x->headed = true;
    x->start = ticks(x);
    read_head(x, c, method, version, &body);
    if (failed(x->in.refused)) {
        x->close = true;
        if (x->droppable == 0)
            return answer(x, c);
    }

    begin_body(x);
    if (!body.chunked && body.length == 0)
        return MHD_YES;
    bool alive = conn_enter(&x->of->conns, &x->conn, PHASE_BODY,
                            body_deadline(x, body.length));
    return alive ? MHD_YES : MHD_NO;
}

/*
 * In the middle of a body the library takes no answer.  So a body that turns
 * out too long is read on for as much again, to be answered 413 at its end;
 * who goes on beyond that is cut off.
 */
static enum MHD_Result drop(struct exchange *x, size_t n)
{
    bool long_enough = n > x->droppable - x->dropped;

    if (!long_enough)
        x->dropped += n;
    return long_enough ? MHD_NO : MHD_YES;
}

enum MHD_Result exchange_body(struct exchange *x, str piece)
{
    if (!conn_go_on(&x->of->conns, &x->conn, PHASE_BODY))
        return MHD_NO;
    if (failed(x->in.refused))
        return drop(x, piece.n);

    buf_str(&x->body, piece);
    if (!failed(x->body.first))
        return MHD_YES;
    x->close = true;
    if (x->body.first.info->code == ERR_LIMIT)
        refuse_long(x);
    give_up(x, x->body.first);
    return MHD_YES;
}

enum MHD_Result exchange_finish(struct exchange *x, struct MHD_Connection *c)
{
    x->in.body = buf_view(&x->body);
    return answer(x, c);
}

static str how_it_ended(const struct exchange *x,
                        enum MHD_RequestTerminationCode how)
{
    switch (how) {
    case MHD_REQUEST_TERMINATED_COMPLETED_OK: return S("sent");
    case MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN: return S("stopped");
    case MHD_REQUEST_TERMINATED_CLIENT_ABORT:
    case MHD_REQUEST_TERMINATED_READ_ERROR:
    case MHD_REQUEST_TERMINATED_TIMEOUT_REACHED:
    case MHD_REQUEST_TERMINATED_WITH_ERROR: break;
    }
    return conn_phase(&x->conn) == PHASE_CUT ? S("late") : S("broken");
}

static str asked_text(const struct incoming *in)
{
    switch (in->asked) {
    case ASKED_METHOD: return method_name(in->method);
    case ASKED_HEAD: return S("HEAD");
    case ASKED_OPTIONS: return S("OPTIONS");
    case ASKED_UNKNOWN: break;
    }
    return S("other");
}

/* [HT5]  `status` is what the library sent, or 0. */
static void log_it(const struct exchange *x, int status, str end)
{
    bool no_body = x->in.asked == ASKED_HEAD || status == 304;
    str pattern = x->rq.route == NULL ? S("-") : str_of(x->rq.route->pattern);

    log_event(x->of->options.log, LEVEL_INFO, "request.answered",
              ARG_STR("request", x->rq.id),
              ARG_STR("method", x->headed ? asked_text(&x->in) : S("-")),
              ARG_STR("route", pattern), ARG_INT("status", status),
              ARG_INT("bytes", no_body ? 0 : x->rs.body.n),
              ARG_INT("micros", x->headed ? ticks(x) - x->start : 0),
              ARG_STR("peer", str_of(x->network)), ARG_STR("end", end));
}

void exchange_end(struct exchange *x, struct MHD_Connection *c,
                  enum MHD_RequestTerminationCode how)
{
    const union MHD_ConnectionInfo *sent =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_HTTP_STATUS);

    if (x->of->options.log != NULL)
        log_it(x, sent == NULL ? 0 : (int)sent->http_status,
               how_it_ended(x, how));
    arena_end(&x->long_body);
    if (x->worker != NULL)
        worker_take_back(x->worker, &x->arena);
    else
        arena_end(&x->arena);
    atomic_fetch_sub(&x->of->uploads, x->held);
    x->begun = false;
    (void)conn_enter(&x->of->conns, &x->conn, PHASE_IDLE,
                     ticks(x) + limits(x)->head_time);
}
