#ifndef BENCH_BARE_H
#define BENCH_BARE_H

/*
 * bare -- libmicrohttpd alone: one answer, made beforehand, to whatever is
 * asked.  The least that our server could cost.
 */

#include "base/str.h"

#include <microhttpd.h>
#include <stdint.h>

/* With one thread, on 127.0.0.1 and any port that is free, or on *port if it
 * is not 0.  `body` outlives it; it is stopped with MHD_stop_daemon(). */
struct MHD_Daemon *bare_open(str body, const char *type, uint16_t *port);

#endif
