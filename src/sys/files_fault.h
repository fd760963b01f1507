#ifndef SYS_FILES_FAULT_H
#define SYS_FILES_FAULT_H

/*
 * files_fault -- a file system whose n-th call fails; tests only.
 *
 * The twin of heap_fault (base/test.h): arm it, run, look.  Everything else it
 * hands on to the machine, one byte a call when `short_calls` is set, because
 * read(2) and write(2) may always do less than they were asked to.
 */

#include "sys/files.h"

#include <stdbool.h>

struct file_fault {
    struct file_ops ops; /* hand out &fault.ops */
    long fail_at;        /* 1-based; 0 means never */
    bool for_good;       /* from then on, not just once */
    int number;          /* the errno of a failure */
    bool short_calls;
    long calls;
    long injected;
    long open; /* files and listings not yet closed: must end at 0 */
};

void file_fault_init(struct file_fault *f, long fail_at, bool for_good,
                     int number);

#endif
