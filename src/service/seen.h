#ifndef SERVICE_SEEN_H
#define SERVICE_SEEN_H

/*
 * seen -- which hashes came before, for work that need not be done twice.
 *
 *   [SN1] It never says of a new one that it came before.  Beyond SEEN_MOST it
 *         forgets all of them, so of one that came before it may say that it is
 *         new: memory has a bound, and the work is done once more.
 */

#include "base/err.h"
#include "base/hash.h"

#include <stddef.h>

struct heap;

enum { SEEN_MOST = 1 << 20 }; /* of 32 bytes each, in room for twice as many */

/* Zero it first but for the heap; end it with seen_end(). */
struct seen {
    struct heap *heap;
    struct hash *at; /* `room` of them, by their first bytes; zero: none */
    size_t room;
    size_t n;
};

/* *before: it came before; from now on it did.  ERR_MEMORY. */
err seen_add(struct seen *s, const struct hash *h, bool *before);
void seen_end(struct seen *s);

#endif
