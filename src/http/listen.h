#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

/* listen -- the socket that new connections come to. */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

/*
 * Listen on "127.0.0.1:8010" or "[::1]:8010"; port 0 takes any free one.
 * *fd is non-blocking and the caller's to close; *port is the port taken.
 * ERR_INVALID "listen.form" (address); ERR_BUSY "listen.taken" (address);
 * ERR_DENIED "listen.denied" (address); ERR_IO "listen.foreign" (address: it
 * is not one of this machine's), "listen.system" (address, number).
 */
err listen_open(struct arena *a, str address, int *fd, uint16_t *port);

/* Is this an address that only this machine can reach?  ERR_INVALID
 * "listen.form". */
err listen_is_loopback(struct arena *a, str address, bool *out);

#endif
