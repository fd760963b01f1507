#ifndef HTTP_CONN_H
#define HTTP_CONN_H

/*
 * conn -- open connections, and the moments by which they must get on.
 *
 *            opened                          its request line is here
 *   OPEN ------------------------------------> HEAD
 *                                               | header complete
 *   IDLE --- request line of the next ---> HEAD +------> BODY
 *    ^                                          |          | body complete
 *    |                                          v          v
 *    +------- answer sent ------- ANSWER <---- RUN <-------+
 *
 *   any but RUN ---- its deadline passed ----> CUT
 *
 *   [CN1] A deadline is absolute: it is set when a phase begins and nothing
 *         that arrives moves it.  OPEN, IDLE and HEAD share one.
 *   [CN2] RUN has none: that is our own code, which ends by itself.
 *   [CN3] Who takes a connection to CUT has its socket for the one purpose of
 *         ending it; the serving thread learns it from conn_enter() and
 *         conn_go_on() once that is done, and leaves the socket alone.  Were it
 *         earlier, it would close what the 408 is still to go through.
 *   [CN4] A socket is touched only between conns_add() and conns_remove(), so
 *         never after it was closed and its number given to another.
 *
 * The library's own timeout counts from the last byte, so that who sends one
 * now and then stays for ever.
 *
 * Threads: any; a conn is entered by the one thread that serves it.
 */

#include "http/peer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum phase {
    PHASE_OPEN,
    PHASE_IDLE,
    PHASE_HEAD,
    PHASE_BODY,
    PHASE_RUN,
    PHASE_ANSWER,
    PHASE_CUT,
};

struct conn {
    struct conn *previous; /* under the mutex of its conns */
    struct conn *next;
    int fd;
    struct peer peer;
    _Atomic uint64_t state; /* deadline and phase in one, see conn.c */
};

/* "Never", as a moment; moments are ticks of the server's clock. */
#define CONN_NEVER (INT64_MAX >> 3)

struct conns {
    pthread_mutex_t mutex;
    struct conn *first;
    unsigned count;
    unsigned limit;         /* of connections */
    unsigned limit_of_peer; /* of those of one peer; 0: no limit of its own */
    _Atomic bool draining;  /* no new requests are wanted */
};

void conns_init(struct conns *cs, unsigned limit, unsigned limit_of_peer);
void conns_end(struct conns *cs); /* when it is empty */

/* Take in a connection whose fd and peer are set; its header must be here by
 * `deadline`.  false: the limits allow no more of them. */
bool conns_add(struct conns *cs, struct conn *c, int64_t deadline);

/* What was not added may be removed.  false: nobody is left. */
bool conns_remove(struct conns *cs, struct conn *c);

unsigned conns_count(struct conns *cs);

/* The serving thread begins a phase.  false: it was cut [CN3]. */
bool conn_enter(struct conns *cs, struct conn *c, enum phase phase,
                int64_t deadline);

/* The same with the deadline there is [CN1]. */
bool conn_go_on(struct conns *cs, struct conn *c, enum phase phase);

enum phase conn_phase(const struct conn *c);

/* Cut whose deadline has come, with a 408 when a request was awaited or under
 * way.  The next deadline, or CONN_NEVER. */
int64_t conns_sweep(struct conns *cs, int64_t now);

/* From now on answer what is under way and what has arrived, and wait for no
 * more. */
void conns_drain(struct conns *cs);

#endif
