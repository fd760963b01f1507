#ifndef SYS_REPEAT_H
#define SYS_REPEAT_H

/*
 * repeat -- a thread that does one thing again and again until it is stopped.
 *
 *   [RP1] Waits go by the clock that only goes forward: whoever sets the
 *         machine's time neither hurries nor holds them.
 *   [RP2] repeat_stop() ends a wait at once.  A turn it does not end; one that
 *         is long looks at `stop` now and then.
 *   [RP3] repeat_wake() does so too, and another turn follows.  Said during a
 *         turn it ends the wait behind it: nothing that is said gets lost.
 */

#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { REPEAT_NEVER = -1 };

struct repeat {
    /* Do it once; returns how many microseconds to wait before it is done
     * again, or REPEAT_NEVER.  Runs in the thread. */
    int64_t (*turn)(struct repeat *r);
    _Atomic bool stop; /* set by repeat_stop() */

    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake; /* under `mutex`: `stop` or the next was set */
    bool woken;          /* [RP3] */
};

/* Begin, with r->turn set and the rest zero; the first turn comes at once.
 * ERR_IO "repeat.thread" (number): the system has no more threads. */
err repeat_start(struct repeat *r, struct arena *a);

/* [RP3]  From any thread, between repeat_start() and repeat_stop(). */
void repeat_wake(struct repeat *r);

/* End it and wait until it has ended; only after repeat_start() was OK. */
void repeat_stop(struct repeat *r);

#endif
