#ifndef HTTP_PEER_H
#define HTTP_PEER_H

/*
 * peer -- who is at the other end of a connection, as far as we need to know.
 *
 *   [PE1] What is told or written of an address is its network: /24 of IPv4,
 *         /48 of IPv6.  A full address is personal data; it is held in memory
 *         alone, to count connections and requests by.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

struct peer {
    bool six;          /* IPv6; IPv4 inside IPv6 counts as IPv4 */
    uint8_t bytes[16]; /* IPv4 takes the first four */
};

/* An address of another family is all zero. */
struct peer peer_of(const struct sockaddr *address);

/* Do they share an allowance?  The same IPv4 address, or the same /64 of
 * IPv6, which is what one subscriber gets. */
bool peer_same(const struct peer *a, const struct peer *b);

/* Is it this machine: 127.0.0.0/8, or ::1? */
bool peer_is_here(const struct peer *p);

/* "192.0.2.0/24", "2001:db8:1::/48" [PE1] */
#define PEER_TEXT 64
str peer_text(const struct peer *p, char out[static PEER_TEXT]);

#endif
