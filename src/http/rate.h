#ifndef HTTP_RATE_H
#define HTTP_RATE_H

/*
 * rate -- how often somebody may ask for the same kind of thing.
 *
 * A bucket for each network and kind holds so many tokens at the most, and gets
 * one back every so often.  What is kept of a bucket is the moment at which it
 * is full again, and nothing else: whoever has asked for nothing for long
 * enough takes no room.
 *
 *   [RA1] A network is what shares an allowance: an IPv4 address, or a /64 of
 *         IPv6 (peer.h).
 *   [RA2] The memory is fixed when it is made.  Where there is no room for one
 *         more, the bucket that is full again soonest makes room, so nobody
 *         gets rid of an emptied one by coming from elsewhere as well.
 *   [RA3] Which buckets share a place is decided by a seed: nobody outside can
 *         tell who would push whom away.
 *   [RA4] A refusal takes nothing: whoever asks again too soon waits no longer
 *         for it.
 *
 * Moments are microseconds of a clock that only goes on; so are waits.
 * Threads: one at a time.
 */

#include "http/peer.h"

#include "base/err.h"

struct arena;

struct rate {
    int64_t burst; /* tokens of a full bucket, 1 .. */
    int64_t every; /* microseconds until one comes back, 1 .. */
};

enum { RATE_KINDS_MAX = 32, RATE_BUCKETS = 8192 };

struct rates;

/* One for `kinds` kinds, whose rates are borrowed. */
err rates_new(struct arena *a, const struct rate *of, int kinds, uint64_t seed,
              struct rates **out);

/* Take a token: 0, or how long there is none. */
int64_t rates_take(struct rates *r, const struct peer *p, int kind,
                   int64_t now);

#endif
