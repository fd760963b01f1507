#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

/*
 * clock -- what time it is, as an argument.
 *
 * Whatever needs the time is given a clock.  The program gives the machine's;
 * tests and the demonstration give one that stands where they put it, and so
 * come out the same every time.
 *
 *   [CL1] now() is the civil time; it may jump when somebody sets the
 *         machine's clock.  ticks() only ever goes forward; deadlines and
 *         durations use it.
 *   [CL2] Both may be called from any thread.
 */

#include "base/str.h"

#include <stdatomic.h>
#include <stdint.h>

struct clock {
    /* Microseconds since 1970-01-01T00:00:00Z. */
    int64_t (*now)(struct clock *c);
    /* Microseconds since a moment that stays the same while we run. */
    int64_t (*ticks)(struct clock *c);
};

/* The machine's clock: `struct clock c = CLOCK_SYSTEM;` */
int64_t clock_system_now(struct clock *c);
int64_t clock_system_ticks(struct clock *c);
#define CLOCK_SYSTEM ((struct clock){ clock_system_now, clock_system_ticks })

/* A clock that stands still until it is moved; now() and ticks() agree. */
struct clock_set {
    struct clock clock; /* hand out &set.clock */
    _Atomic int64_t micros;
};

void clock_set_init(struct clock_set *c, int64_t micros);
void clock_set_forward(struct clock_set *c, int64_t by); /* by >= 0 */

/* now() in UTC as "2026-11-24T04:52:01.123456Z"; instants outside the years
 * 1900 to 2199 are shown as the nearest one inside. */
#define CLOCK_TEXT 28
str clock_text(int64_t micros, char out[static CLOCK_TEXT]);

#endif
