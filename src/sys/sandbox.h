#ifndef SYS_SANDBOX_H
#define SYS_SANDBOX_H

/*
 * sandbox -- what a process gives up for good before it looks at anything that
 * strangers wrote.
 *
 *   [SB1] It opens no socket, starts no program, looks into no other process
 *         and gains no right by any of its files.
 *   [SB2] It has so much memory and no more, writes no file, leaves no image
 *         of itself on the disk.
 *   [SB3] Each piece of work has so many seconds of the processor.
 *   [SB4] One that is alone opens nothing at all, by no name: it computes, and
 *         reads and writes what is open already.
 *   [SB5] System calls of another kind of processor, which one and the same
 *         machine may take under other numbers, end it.
 */

#include "base/err.h"

struct arena;

struct sandbox {
    size_t memory; /* bytes of address space; 0: as many as there are */
    int files;     /* open at once */
    bool alone;    /* [SB4] sandbox_seconds() comes before it */
};

/* ERR_IO "sandbox.refused" (number): the system would not have it. */
err sandbox_enter(struct arena *a, const struct sandbox *s);

/* [SB3]  From now on; the process is killed after them.  Errors likewise. */
err sandbox_seconds(struct arena *a, int seconds);

#endif
