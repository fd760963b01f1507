#ifndef SERVICE_TICK_H
#define SERVICE_TICK_H

/*
 * tick -- what a day does by itself: certificates expire, and people are told
 * what came up for them and what is overdue.  [M22] [条例 26]
 *
 *   [TI1] Only expiry happens by itself, as a command of the program through
 *         the same rules as any other; nobody is suspended: a person does that.
 *         Whoever is told gets a letter, too (task_letters.h).
 *   [TI2] However often it runs, each thing happens once; a run that finds
 *         nothing new writes nothing.  Days without a run are made up for.
 *   [TI3] It reads by index, and opens only cases whose certificate ends.
 *         What is over at the door is taken away (door.h).
 *         So is what enterprises handed in of service records, in its time
 *         (records_held.h [RH2]).
 *   [TI4] A case that cannot be believed keeps none of the others waiting.
 */

#include "codec/record.h"
#include "service/app.h"
#include "store/tasks.h"

enum { TICK_SHOWN = 1000 }; /* notices of a kind that are listed */

struct tick_made {
    day today;
    struct list expired; /* of str: numbers of certificates */
    struct task_told told;
    struct list opened;  /* of struct task_line: what came up, and .. */
    struct list overdue; /* .. what is overdue, the first TICK_SHOWN of each */
    int64_t made;        /* cases whose tasks were made anew (case_tasks.h
                            [CT3]) */
    int64_t failed;      /* cases that could not be opened [TI4] .. */
    err first;           /* .. and why the first could not */
    int64_t held;        /* files of service records that went */
};

/* Run it for `today`.  Needs an app that was opened for writing. */
err tick(struct app *app, struct arena *a, day today, struct tick_made *out);

#endif
