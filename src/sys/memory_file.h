#ifndef SYS_MEMORY_FILE_H
#define SYS_MEMORY_FILE_H

/*
 * memory_file -- a file without a name on any disk, for libraries that write to
 * a path and to nothing else.
 *
 *   [MF1] What is written to `path` while the file is open is in memory only,
 *         and gone with memory_file_end().
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

struct memory_file {
    int fd;        /* -1: none */
    char path[32]; /* "/proc/self/fd/7" */
};

#define MEMORY_FILE_NONE ((struct memory_file){ .fd = -1 })

/* A new, empty one.  Errors as file_err() (sys/files.h). */
err memory_file_new(struct arena *a, struct memory_file *out);
void memory_file_end(struct memory_file *f);

/* Bytes behind those it has.  Errors of file_err(). */
err memory_file_add(const struct memory_file *f, struct arena *a, str bytes);

/* All that was written, at most `limit` bytes; ERR_LIMIT "file.limit". */
err memory_file_read(const struct memory_file *f, struct arena *a, size_t limit,
                     str *out);

#endif
