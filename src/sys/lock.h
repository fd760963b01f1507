#ifndef SYS_LOCK_H
#define SYS_LOCK_H

/*
 * lock -- one program at a time in a data folder.
 *
 *   [LK1] While a lock is held, nobody else on this machine gets the same one:
 *         not another process, and not this one a second time.
 *   [LK2] It goes with the process, however that ends; nothing stale is left
 *         to be cleaned up by hand.
 *
 * The lock is flock(2) on the file FOLDER/lock, which holds the number of the
 * process, for whoever is turned away.
 */

#include "base/err.h"

struct arena;
struct file_ops;

struct lock {
    struct file_ops *ops;
    int fd; /* -1: not held */
};

#define LOCK_NONE ((struct lock){ NULL, -1 })

/* ERR_BUSY "lock.held" (folder, process: 0 when it has not yet said), or what
 * file_err() says.  *out is LOCK_NONE before. */
err lock_take(struct file_ops *f, struct arena *a, str folder,
              struct lock *out);

/* For scoped(): a lock that is not held may be dropped too. */
void lock_drop(struct lock *l);

#endif
