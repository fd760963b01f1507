#ifndef SERVICE_DEMO_H
#define SERVICE_DEMO_H

/*
 * demo -- a demonstration body with people, enterprises and cases at every
 * stage.
 *
 *   [DM1] It goes through the same commands as people do; nothing is written
 *         behind their back.
 *   [DM2] The same seed, size and day give the same journal, byte for byte,
 *         and the same root of the log.
 *   [DM3] Everybody and everything in it is invented and says 示例; division
 *         codes are unallocated; its keys come from the seed and protect
 *         nothing, so it is served on loopback addresses only.
 *   [DM4] With real enterprises given, they take the place of invented ones.
 *   [DM5] Whatever takes effect on a day is recorded before its midnight.
 */

#include "service/app.h"
#include "store/enterprises.h"

struct demo_wish {
    uint64_t seed;
    int64_t size; /* cases; with 0 only people and one enterprise */
    day today;    /* the day the demonstration ends on */
    const struct enterprise_row *enterprises; /* [DM4], ids not set */
    size_t enterprise_count;                  /* 0: invented ones */
};

struct demo_made {
    int64_t enterprises;
    int64_t cases;
    int64_t certificates;
    int64_t entries; /* of the log */
};

/* Into the empty or missing folder `dir`.  The world's heap and files are
 * used; clock and entropy are the demonstration's own. */
err demo_make(struct arena *a, const struct app_world *world, str dir,
              const struct demo_wish *wish, struct demo_made *out);

#endif
