#ifndef CLI_FEEDING_H
#define CLI_FEEDING_H

/*
 * feeding -- the threads beside the server that bring the register's read model
 * up to the store (service/register_feed.h), and keep the index of names small
 * (service/register_names.h).
 *
 *   [FG1] It looks at the marks every fortieth of a second and feeds what was
 *         marked; once a second it looks into the store as well, and when a day
 *         is over.
 *   [FG2] Until it has fed, and whenever it cannot, look-ups are answered by
 *         the store: slower, and as true.
 *   [FG3] What goes wrong is told in the log, and tried again after a while; a
 *         book that is damaged is left alone until the server starts anew.
 */

#include "service/register_feed.h"
#include "sys/repeat.h"
#include "web/web.h"

/* [FG4] Merges are made by a thread of their own, so that nobody waits for a
 * large one: neither who looks nor who feeds. */
struct tending {
    struct repeat repeat; /* first */
    const struct faces *faces;
};

struct feeding {
    struct repeat repeat; /* first */
    struct tending tending;
    struct register_feeder feeder;
    const struct faces *faces;
    int64_t fed; /* when, in ticks */
    bool began;
};

/* ERR_IO "repeat.thread" (number). */
err feeding_start(struct feeding *f, const struct faces *faces,
                  struct arena *a);
void feeding_stop(struct feeding *f);

#endif
