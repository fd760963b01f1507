#include "http/conn.h"

#include "base/check.h"
#include "base/str.h"

#include <sys/socket.h>

/* A state is deadline << 3 | phase, so that both change at once. */
static uint64_t state_of(enum phase phase, int64_t deadline)
{
    check(deadline >= 0 && deadline <= CONN_NEVER);
    return (uint64_t)deadline << 3 | (uint64_t)phase;
}

static enum phase phase_of(uint64_t state)
{
    return (enum phase)(state & 7);
}

static int64_t deadline_of(uint64_t state)
{
    return (int64_t)(state >> 3);
}

static void lock(struct conns *cs)
{
    check(pthread_mutex_lock(&cs->mutex) == 0);
}

static void unlock(struct conns *cs)
{
    check(pthread_mutex_unlock(&cs->mutex) == 0);
}

void conns_init(struct conns *cs, unsigned limit, unsigned limit_of_peer)
{
    *cs = (struct conns){ .limit = limit, .limit_of_peer = limit_of_peer };
    check(pthread_mutex_init(&cs->mutex, NULL) == 0);
}

void conns_end(struct conns *cs)
{
    check(cs->count == 0);
    check(pthread_mutex_destroy(&cs->mutex) == 0);
}

/* A scan: a few microseconds for a thousand connections, once for each. */
static bool has_room(const struct conns *cs, const struct peer *peer)
{
    unsigned same = 0;

    if (cs->count >= cs->limit)
        return false;
    if (cs->limit_of_peer == 0)
        return true;
    for (const struct conn *c = cs->first; c != NULL; c = c->next)
        same += peer_same(&c->peer, peer);
    return same < cs->limit_of_peer;
}

bool conns_add(struct conns *cs, struct conn *c, int64_t deadline)
{
    atomic_init(&c->state, state_of(PHASE_OPEN, deadline));
    lock(cs);
    bool room = has_room(cs, &c->peer);
    if (room) {
        c->previous = NULL;
        c->next = cs->first;
        if (cs->first != NULL)
            cs->first->previous = c;
        cs->first = c;
        cs->count++;
    }
    unlock(cs);

    /* Who came while the door was closing is heard if it has spoken. */
    if (room && atomic_load(&cs->draining))
        (void)shutdown(c->fd, SHUT_RD);
    return room;
}

bool conns_remove(struct conns *cs, struct conn *c)
{
    lock(cs);
    bool listed = c->previous != NULL || cs->first == c;
    if (listed) {
        if (c->previous != NULL)
            c->previous->next = c->next;
        else
            cs->first = c->next;
        if (c->next != NULL)
            c->next->previous = c->previous;
        cs->count--;
    }
    bool left = cs->count > 0;
    unlock(cs);
    return left;
}

unsigned conns_count(struct conns *cs)
{
    lock(cs);
    unsigned n = cs->count;
    unlock(cs);
    return n;
}

/* [CN3] It was cut, maybe a moment ago: whoever does that keeps the mutex until
 * the other end has been told. */
static bool await_cut(struct conns *cs)
{
    lock(cs);
    unlock(cs);
    return false;
}

/* From whatever it is, unless that is CUT, to `phase`; a negative deadline
 * keeps the one there is. */
static bool change(struct conns *cs, struct conn *c, enum phase phase,
                   int64_t deadline)
{
    uint64_t old = atomic_load(&c->state);
    uint64_t new;

    do {
        if (phase_of(old) == PHASE_CUT)
            return await_cut(cs);
        new = state_of(phase, deadline < 0 ? deadline_of(old) : deadline);
    } while (!atomic_compare_exchange_weak(&c->state, &old, new));
    return true;
}

bool conn_enter(struct conns *cs, struct conn *c, enum phase phase,
                int64_t deadline)
{
    check(deadline >= 0);
    if (!change(cs, c, phase, deadline))
        return false;

    /* Either we see that it is draining, or conns_drain() sees us idle. */
    if (phase == PHASE_IDLE && atomic_load(&cs->draining))
        (void)shutdown(c->fd, SHUT_RD);
    return true;
}

bool conn_go_on(struct conns *cs, struct conn *c, enum phase phase)
{
    return change(cs, c, phase, -1);
}

enum phase conn_phase(const struct conn *c)
{
    return phase_of(atomic_load(&c->state));
}

/* A request that does not get on is told so.  Whoever is idle between two
 * requests expects nothing, and in the middle of an answer nothing else may
 * be said. */
static void end(const struct conn *c, enum phase phase)
{
    static const str late = S_INIT("HTTP/1.1 408 Request Timeout\r\n"
                                   "Connection: close\r\n"
                                   "Content-Length: 0\r\n\r\n");

    if (phase == PHASE_OPEN || phase == PHASE_HEAD || phase == PHASE_BODY)
        (void)send(c->fd, late.p, late.n, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)shutdown(c->fd, SHUT_RDWR);
}

/* Cut `c` if its deadline has come; else its deadline.  Under the mutex. */
static int64_t sweep(struct conn *c, int64_t now)
{
    const uint64_t cut = state_of(PHASE_CUT, CONN_NEVER);
    uint64_t old = atomic_load(&c->state);

    do {
        if (deadline_of(old) > now)
            return deadline_of(old);
    } while (!atomic_compare_exchange_weak(&c->state, &old, cut));
    end(c, phase_of(old));
    return CONN_NEVER;
}

int64_t conns_sweep(struct conns *cs, int64_t now)
{
    int64_t next = CONN_NEVER;

    lock(cs);
    for (struct conn *c = cs->first; c != NULL; c = c->next) {
        int64_t deadline = sweep(c, now);
        next = deadline < next ? deadline : next;
    }
    unlock(cs);
    return next;
}

void conns_drain(struct conns *cs)
{
    atomic_store(&cs->draining, true);
    lock(cs);
    for (struct conn *c = cs->first; c != NULL; c = c->next) {
        enum phase phase = phase_of(atomic_load(&c->state));
        if (phase == PHASE_IDLE || phase == PHASE_OPEN)
            (void)shutdown(c->fd, SHUT_RD);
    }
    unlock(cs);
}
