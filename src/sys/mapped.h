#ifndef SYS_MAPPED_H
#define SYS_MAPPED_H

/*
 * mapped -- a file's bytes as memory, read as they are needed.
 *
 *   [MM1] The bytes stand until mapped_end(), also when the file is removed or
 *         another takes its name; nobody may cut it short meanwhile.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct file_ops;

struct mapped {
    str bytes; /* aligned to a page; empty: nothing is mapped */
};

/* Errors of file_err(). */
err mapped_open(struct file_ops *f, struct arena *a, str path,
                struct mapped *out);
void mapped_end(struct mapped *m); /* also of one that is zero */

#endif
