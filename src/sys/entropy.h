#ifndef SYS_ENTROPY_H
#define SYS_ENTROPY_H

/*
 * entropy -- where unpredictable bytes come from, as an argument.
 *
 *   [EN1] ENTROPY_SYSTEM asks the kernel; keys, tokens and ids come from it.
 *   [EN2] A seeded source gives the same bytes for the same seed, for ever.
 *         Whoever knows the seed knows every byte: it is for tests and for the
 *         demonstration, whose keys protect nothing, and for nothing else.
 *   [EN3] Both may be called from any thread; the order in which threads draw
 *         from a seeded source is theirs to fix.
 */

#include "base/err.h"
#include "base/id.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct entropy {
    /* Fill n bytes at p; false when the source cannot. */
    bool (*fill)(struct entropy *e, void *p, size_t n);
};

/* The kernel's source: `struct entropy e = ENTROPY_SYSTEM;` */
bool entropy_system_fill(struct entropy *e, void *p, size_t n);
#define ENTROPY_SYSTEM ((struct entropy){ entropy_system_fill })

/* [EN2] The key stream of ChaCha20 (RFC 8439) under the seed as key. */
struct entropy_seeded {
    struct entropy entropy; /* hand out &seeded.entropy */
    pthread_mutex_t mutex;
    uint64_t seed;
    uint64_t block; /* of 64 bytes, the next to make */
    uint8_t bytes[64];
    size_t left; /* unused bytes, at the end of bytes[] */
};

void entropy_seeded_init(struct entropy_seeded *e, uint64_t seed);
void entropy_seeded_end(struct entropy_seeded *e);

/* ERR_IO "entropy.unavailable", which needs no arena and lives for ever; what
 * is at p is then undefined. */
err entropy_fill(struct entropy *e, void *p, size_t n);

/* A new id, never the zero one. */
err entropy_id(struct entropy *e, id *out);

/* The n ids that as many calls would draw, for one call of the source.  After
 * an error what is at `out` is undefined. */
err entropy_ids(struct entropy *e, id *out, size_t n);

/*
 * Let an id begin with the moment, in milliseconds of 48 bits: what is made one
 * after the other then stands side by side in an index of the store, and not on
 * a page each.  80 bits stay random.  For what may be told when it was made.
 */
void entropy_date_id(id *x, int64_t micros);

#endif
