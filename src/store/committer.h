#ifndef STORE_COMMITTER_H
#define STORE_COMMITTER_H

/*
 * committer -- the one writer: many commands, one transaction, one fsync.
 *
 * Callers in any thread hand over a piece of work and wait.  The writer's own
 * thread takes all that wait, runs each in one transaction, commits, and only
 * then lets the callers go.  While it commits, the next group gathers.
 *
 *   [CO1] A caller gets success only after its work is durable [ST2].
 *   [CO2] Work that fails leaves no trace; the others of its group do not
 *         notice.
 *   [CO3] When the group's transaction cannot begin or commit, every member
 *         gets that error, those that were refused too: they were judged on
 *         what is not there.
 *   [CO4] ERR_BUSY makes the group run again, at last each member alone, so
 *         work may run several times: only its last run counts, and it must
 *         write its results anew each time.
 *   [CO5] What was accepted is finished, also when the committer is closed.
 *   [CO6] In an embedded store a work that fails before it writes leaves
 *         nothing to undo.  After one that fails later its whole group runs
 *         again, each behind a savepoint, which costs as much as a work.  Where
 *         there is a connection to lose all have one: it tells who lost it.
 *   [CO7] What works put aside (aside.h) is written before the group commits.
 *         Where it fails, the member that put it aside is the one that failed.
 *
 * Threads: committer_run() from any; open and close from one.  The heap must
 * serve several threads, as the C library's does.
 */

#include "store/store.h"

struct arena;
struct committer;
struct heap;

struct committer_limits {
    int32_t queue; /* callers that may wait, 1.. */
    int32_t group; /* works in one transaction, 1.. */
    int32_t wait;  /* for another program's lock; see store_wait() */
};

/* For a server: queue 4096, group 512, STORE_WAIT_MS. */
extern const struct committer_limits committer_limits_usual;

/* Open the store at `where` and start the writer.  Errors as store_open(),
 * and ERR_IO "committer.thread". */
err committer_open(struct heap *h, struct arena *a, str where,
                   const struct committer_limits *limits,
                   struct committer **out);

/* Takes NULL; waits until everything accepted is finished [CO5]. */
void committer_close(struct committer **c);

/* Read and write through `tx`, whose arena is the caller's.  Anything that
 * fails is undone. */
typedef err committer_work(struct tx *tx, void *context);

/*
 * Run `work` in the writer's thread and wait until it is durable.  Returns
 * what it returned, or the error that kept it from being stored; ERR_BUSY
 * "committer.full" (most) when too many wait, "committer.closing".
 */
err committer_run(struct committer *c, struct arena *a, committer_work *work,
                  void *context);

struct committer_counts {
    int64_t groups;  /* taken from the queue */
    int64_t works;   /* works in them, the refused ones too */
    int64_t again;   /* transactions that had to be run again */
    int32_t waiting; /* callers in the queue now */
};
struct committer_counts committer_counts(struct committer *c);

#endif
