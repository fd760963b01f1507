#ifndef STORE_TEST_FAULTS_H
#define STORE_TEST_FAULTS_H

/*
 * test_faults -- make every call that a use case depends on fail, one after the
 * other; for tests of this room and of those above it.
 *
 * After SQLite's method: prepare, let call number 1, 2, 3 .. of one kind fail,
 * run the body, disarm, check; until a run meets no failure.  Each number is
 * tried twice: failing once, and failing from then on.
 *
 *   [FT1] A body that met no failure must succeed.
 *   [FT2] FAULT_HEAP and FAULT_SQLITE_MEMORY: a body that fails says
 *         ERR_MEMORY; with FAULT_HEAP it fails exactly when a request did,
 *         and gives every block back.
 *   [FT3] FAULT_CRASH: the files are then as a power failure at that call may
 *         leave them: what was synced is there, of what was not, nothing (the
 *         first time) or a seeded choice of whole and torn writes.
 *   [FT4] FAULT_KILL: nothing goes through any more, and the files are as they
 *         were at that call (the first time), or half of it was written.
 *
 * Linking test_faults.c puts its memory and its file system under SQLite in the
 * whole program.  Only SQLite's and our own files: PostgreSQL's are its own.
 */

#include "base/test.h"

struct file_ops;

enum fault {
    FAULT_HEAP,          /* a request to the heap that the body is given */
    FAULT_SQLITE_MEMORY, /* a request of SQLite's own */
    FAULT_DISK_ERROR,    /* open, read, write, sync, cut, remove, map: EIO */
    FAULT_DISK_FULL,     /* write: ENOSPC */
    FAULT_DISK_SHORT,    /* read and write: half, then EIO */
    FAULT_KILL,          /* write, sync, cut, remove: the process ends */
    FAULT_CRASH,         /* write, sync, cut, remove: the power fails */
    FAULT_FILE_ERROR,    /* a call through fault_files(): EIO */
    FAULT_FILE_FULL,     /* likewise: ENOSPC */
    FAULT_KINDS,
};

/* One run of the body, for the check. */
struct fault_run {
    enum fault what;
    long at; /* 1-based */
    bool for_good;
    long injected; /* failures it met */
    bool failed;   /* the body */
};

struct fault_plan {
    /* Bring the world to where the body begins; may be NULL. */
    void (*prepare)(void *context);
    /* Uses no other heap and no other files; ends what it made. */
    err (*body)(struct heap *h, struct file_ops *files, void *context);
    /* Look at the world: all or nothing. */
    void (*check)(const struct fault_run *run, void *context);
    void *context;
    long stride; /* 1: every call; n: every n-th, for a quick look */
};

/* Run the plan for one kind; how many points it met.  Stops at the first that
 * fails the test, and says which. */
long fault_each(enum fault what, const struct fault_plan *plan);

#endif
