#include "http/server.h"

#include "base/check.h"
#include "sys/clock.h"
#include "sys/log.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    AT_ONCE = 64,     /* connections, before deadlines are looked at again */
    PAUSE = 100000,   /* microseconds, when the machine has no more to give */
    LONGEST = 3600000 /* milliseconds to sleep, whatever the limits say */
};

/* What the keeper knows from one round to the next. */
struct keeping {
    struct server *s;
    int64_t pause; /* microseconds for which nothing is accepted */
    bool draining;
    int64_t end; /* when draining: ticks at which that is over */
};

static int64_t ticks(const struct server *s)
{
    return s->ex.options.clock->ticks(s->ex.options.clock);
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Connections that cannot be accepted now are waiting; say so once a pause. */
static void rest(struct keeping *k, int number)
{
    k->pause = PAUSE;
    log_event(k->s->ex.options.log, LEVEL_WARN, "accept.failed",
              ARG_INT("number", number));
}

static bool is_passing(int number)
{
    return number == ECONNABORTED || number == EINTR || number == EPROTO;
}

/* Take one connection that waits; false: none does, or we cannot. */
static bool accept_one(struct keeping *k)
{
    struct server *s = k->s;
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    int fd = accept4(s->listen_fd, (struct sockaddr *)&from, &size,
                     SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0 && errno != EAGAIN && !is_passing(errno))
        rest(k, errno);
    if (fd < 0)
        return is_passing(errno);

    /* What it cannot take it closes itself, and the asker sees that. */
    (void)MHD_add_connection(s->daemons[s->turn], fd,
                             (const struct sockaddr *)&from, size);
    s->turn = (s->turn + 1) % s->threads;
    return true;
}

static bool is_full(struct server *s)
{
    bool full = conns_count(&s->ex.conns) >= s->ex.options.limits.connections;

    atomic_store(&s->full, full);
    return full;
}

static void accept_some(struct keeping *k)
{
    for (int i = 0; i < AT_ONCE && !is_full(k->s); i++) {
        if (!accept_one(k))
            return;
    }
}

/* How long there is nothing to do: until the next deadline, or until one
 * could come that is not there yet. */
static int64_t quiet_time(const struct keeping *k, int64_t now, int64_t next)
{
    const struct server_limits *l = &k->s->ex.options.limits;
    int64_t shortest =
        smaller(smaller(l->head_time, l->body_time), l->answer_time);
    int64_t quiet = smaller(next - now, shortest);

    if (k->draining)
        quiet = smaller(quiet, k->end - now);
    if (k->pause > 0)
        quiet = smaller(quiet, k->pause);
    return quiet;
}

static int in_milliseconds(int64_t micros)
{
    return (int)smaller((micros + 999) / 1000, LONGEST);
}

/* Sleep, but no longer than `micros`; accept what comes meanwhile. */
static void sleep_and_accept(struct keeping *k, int64_t micros)
{
    struct server *s = k->s;
    bool open = s->listen_fd >= 0 && k->pause == 0 && !is_full(s);
    struct pollfd fds[] = {
        { .fd = s->wake_fd, .events = POLLIN },
        { .fd = open ? s->listen_fd : -1, .events = POLLIN },
    };
    eventfd_t wakes;

    k->pause = 0;
    if (poll(fds, 2, in_milliseconds(micros)) <= 0)
        return;
    if (fds[0].revents != 0)
        (void)eventfd_read(s->wake_fd, &wakes);
    if (fds[1].revents != 0)
        accept_some(k);
}

/* [HT4]  From here on new connections are refused by the system. */
static void begin_to_drain(struct keeping *k)
{
    struct server *s = k->s;

    k->draining = true;
    k->end = ticks(s) + s->ex.options.limits.stop_time;
    check(close(s->listen_fd) == 0);
    s->listen_fd = -1;
    conns_drain(&s->ex.conns);
}

static bool is_over(const struct keeping *k)
{
    return k->draining &&
           (conns_count(&k->s->ex.conns) == 0 || ticks(k->s) >= k->end);
}

void *keeper_run(void *server)
{
    struct keeping k = { .s = server };
    struct conns *conns = &k.s->ex.conns;

    for (;;) {
        if (atomic_load(&k.s->stopping) && !k.draining)
            begin_to_drain(&k);
        int64_t now = ticks(k.s);
        int64_t next = conns_sweep(conns, now);
        if (is_over(&k))
            break;
        sleep_and_accept(&k, quiet_time(&k, now, next));
    }
    /* Everybody but those whose answer is being made. */
    (void)conns_sweep(conns, CONN_NEVER - 1);
    return NULL;
}
