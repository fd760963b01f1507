#ifndef CLI_DAILY_H
#define CLI_DAILY_H

/*
 * daily -- the tick in a server: once a day, beside everything else.
 *
 *   [DY1] It runs with the first turn of each day at UTC+8, so also when the
 *         server starts; service/tick.h [TI2] makes a second run harmless.
 *   [DY2] When the store is busy it is tried again with the next turn; what
 *         else fails is told in the log, and the next day tries again.
 *   [DY3] Then the register's root is entered, where one ever was
 *         (service/register_root.h [RO5]).
 */

#include "base/day.h"

struct app;
struct arena;
struct log;
struct sequencer;

struct daily {
    struct app *app;
    struct sequencer *sequencer; /* its own, by which roots are entered */
    struct log *log;
    day done; /* the last day it ran; DAY_MIN: it did not yet */
};

/* To be called again and again. */
void daily_turn(struct daily *d, struct arena *a);

#endif
