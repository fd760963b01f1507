#include "http/server.h"

#include "base/check.h"
#include "base/heap.h"
#include "http/listen.h"
#include "sys/clock.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { THREADS_MOST = 64, SECOND = 1000000 };

const struct server_limits server_limits_default = {
    .head = 8192,
    .target = 4096,
    .body = 1048576,
    .upload = 65 * (size_t)1048576,
    .uploads = 260 * (size_t)1048576,
    .memory = 8388608,
    .connections = 1024,
    .connections_of_peer = 0,
    .head_time = 15 * (int64_t)SECOND,
    .body_time = 30 * (int64_t)SECOND,
    .upload_time = SECOND / 2,
    .answer_time = 60 * (int64_t)SECOND,
    .stop_time = 10 * (int64_t)SECOND,
};

static struct exchange *exchange_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
        ->socket_context;
}

/* The request line is here, not yet taken apart. */
static void *on_uri(void *, const char *uri, struct MHD_Connection *c)
{
    struct exchange *x = exchange_of(c);

    if (x != NULL)
        exchange_begin(x, uri);
    return x;
}

/* We decode addresses ourselves, from what on_uri() was shown. */
static size_t on_unescape(void *, struct MHD_Connection *, char *s)
{
    return strlen(s);
}

/* NOLINTNEXTLINE(readability-function-size): the library wants so many */
static enum MHD_Result on_request(void *, struct MHD_Connection *c,
                                  const char *, const char *method,
                                  const char *version, const char *piece,
                                  size_t *n, void **context)
{
    struct exchange *x = *context;

    if (x == NULL)
        return MHD_NO;
    if (!x->headed)
        return exchange_head(x, c, method, version);
    if (*n > 0) {
        str got = { piece, *n };
        *n = 0;
        return exchange_body(x, got);
    }
    return exchange_finish(x, c);
}

static void on_completed(void *, struct MHD_Connection *c, void **context,
                         enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *context;

    *context = NULL;
    if (x != NULL && x->begun)
        exchange_end(x, c, how);
}

static int socket_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)
        ->connect_fd;
}

static const struct sockaddr *address_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
        ->client_addr;
}

/* NULL: there is no memory, or the limits do not allow it. */
static struct exchange *connection_new(struct server *s,
                                       struct MHD_Connection *c)
{
    const struct server_options *o = &s->ex.options;
    struct exchange *x = o->heap->resize(o->heap, NULL, sizeof *x);

    if (x == NULL)
        return NULL;
    *x = (struct exchange){
        .conn = { .fd = socket_of(c), .peer = peer_of(address_of(c)) },
        .of = &s->ex,
    };
    (void)peer_text(&x->conn.peer, x->network);
    int64_t deadline = o->clock->ticks(o->clock) + o->limits.head_time;
    if (conns_add(&s->ex.conns, &x->conn, deadline))
        return x;
    o->heap->resize(o->heap, x, 0);
    return NULL;
}

static void connection_end(struct server *s, struct exchange *x)
{
    bool left = conns_remove(&s->ex.conns, &x->conn);

    s->ex.options.heap->resize(s->ex.options.heap, x, 0);
    if (!left || atomic_load(&s->full))
        server_wake(s);
}

/* A connection without an exchange gets no answer: the library sees its end
 * at once and closes it. */
static void on_connection(void *server, struct MHD_Connection *c,
                          void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct server *s = server;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = connection_new(s, c);
        if (*context == NULL)
            (void)shutdown(socket_of(c), SHUT_RDWR);
        return;
    }
    if (*context != NULL)
        connection_end(s, *context);
    *context = NULL;
}

static struct MHD_Daemon *start_daemon(struct server *s)
{
    const struct server_limits *l = &s->ex.options.limits;

    /* The library keeps a head, its table of up to a hundred headers and the
     * head of the answer in this; what it reads of a body passes through it.
     * It is zeroed twice a request, so more would cost. */
    size_t pool = l->head + 12288;

    /* Its own strictness is off: it would answer a missing Host with two heads
     * in a row.  We are stricter, see http/head.h and read_headers(). */
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC,
        0, NULL, NULL, on_request, s, MHD_OPTION_CONNECTION_LIMIT,
        l->connections + 64, MHD_OPTION_CONNECTION_MEMORY_LIMIT, pool,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, on_uri, s,
        MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, s,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_END);
}

static err system_err(struct arena *a, int number)
{
    return err_new(a, ERR_IO, "http.start", ARG_INT("number", number));
}

static err start_threads(struct server *s, struct arena *a)
{
    struct heap *heap = s->ex.options.heap;
    unsigned wanted = s->threads;

    s->threads = 0;
    s->daemons = heap->resize(heap, NULL, wanted * sizeof(struct MHD_Daemon *));
    TRY_MEMORY(s->daemons);
    while (s->threads < wanted) {
        struct MHD_Daemon *d = start_daemon(s);
        if (d == NULL)
            return system_err(a, errno);
        s->daemons[s->threads++] = d;
    }
    int number = pthread_create(&s->keeper, NULL, keeper_run, s);
    if (number != 0)
        return system_err(a, number);
    s->kept = true;
    return OK;
}

static unsigned threads_of(const struct server_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = o->threads;

    if (n == 0 && cores > 0)
        n = (unsigned)cores;
    if (n == 0)
        n = 1;
    return n < THREADS_MOST ? n : THREADS_MOST;
}

err server_open(struct arena *a, const struct server_options *o,
                const struct web_site *site, struct server **out)
{
    scoped(server_stop) struct server *s = NULL;
    struct workers workers = { o->heap, o->entropy, site, 0 };

    TRY(workers_init(&workers, a));
    s = o->heap->resize(o->heap, NULL, sizeof *s);
    if (s == NULL) {
        workers_end(&workers);
        return err_memory();
    }
    *s = (struct server){
        .ex = { .options = *o, .site = site, .workers = workers },
        .threads = threads_of(o),
        .listen_fd = -1,
        .wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
    };
    conns_init(&s->ex.conns, o->limits.connections,
               o->limits.connections_of_peer);
    if (s->wake_fd < 0)
        return system_err(a, errno);
    TRY(listen_open(a, str_of(o->listen), &s->listen_fd, &s->port));
    if (o->listening != NULL)
        TRY(o->listening(o->context, s->port));
    TRY(start_threads(s, a));

    *out = s;
    s = NULL;
    return OK;
}

uint16_t server_port(const struct server *s)
{
    return s->port;
}

unsigned server_connections(struct server *s)
{
    return conns_count(&s->ex.conns);
}

/* Fails only when it has been woken 2^64 times without waking. */
void server_wake(struct server *s)
{
    (void)eventfd_write(s->wake_fd, 1);
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        check(close(fd) == 0);
}

/* Also of a server that server_open() could not finish. */
void server_stop(struct server **server)
{
    struct server *s = *server;

    if (s == NULL)
        return;
    atomic_store(&s->stopping, true);
    if (s->kept) {
        server_wake(s);
        check(pthread_join(s->keeper, NULL) == 0);
    }
    if (s->daemons != NULL) {
        for (unsigned i = 0; i < s->threads; i++)
            MHD_stop_daemon(s->daemons[i]);
    }

    struct heap *heap = s->ex.options.heap;
    workers_end(&s->ex.workers);
    conns_end(&s->ex.conns);
    close_if_open(s->listen_fd);
    close_if_open(s->wake_fd);
    heap->resize(heap, s->daemons, 0);
    heap->resize(heap, s, 0);
    *server = NULL;
}
