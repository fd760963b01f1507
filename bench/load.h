#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

/*
 * load -- wrk against servers of this process, one after the other.
 *
 * The servers keep to the first core, one thread each; wrk asks from the
 * second over 64 connections that stay open.  On a busy machine look at the
 * CPU time an answer takes, kernel included, before the answers a second.
 *
 * Needs wrk (Debian package wrk) and two cores.
 */

#include "measure.h"

#include <stdint.h>

/* One of those that are compared. */
struct contestant {
    const char *name;   /* before the dot and the names of its figures */
    const char *path;   /* what it is asked for */
    const char *script; /* of wrk, which says what for; NULL: always `path` */
    uint16_t port;
    struct series rates;  /* answers a second */
    struct series p99s;   /* microseconds */
    struct series micros; /* of this process's CPU, an answer */
};

/* Everything this process does from here on happens on one core; before any
 * server is opened. */
void load_keep_to(int core);

/* [BM1] */
void load_measure(struct contestant *all, size_t n, int rounds, int seconds);

/* "NAME.rate", "NAME.micros", "NAME.p99_micros", and all to those of `bare`. */
void load_tell(const struct contestant *c, const struct contestant *bare);

#endif
