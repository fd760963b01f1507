#ifndef BASE_EMBED_H
#define BASE_EMBED_H

/*
 * embed -- files that were compiled into the program by tools/embed.py.
 *
 * Every table is made at build time as a NAME.c and a NAME.h of its own:
 *
 *     extern const struct embedded NAME[];
 *     extern const size_t NAME_count;
 *
 *   [EM1] A table is sorted by path, by bytes, and names no path twice.
 *   [EM2] A NUL that `n` does not count follows the bytes of each file.
 */

#include "base/str.h"

#include <stddef.h>

struct embedded {
    const char *path; /* from the folder that the table was made of, with '/' */
    const unsigned char *bytes; /* lives as long as the program */
    size_t n;
};

/* The file's bytes as a str. */
static inline str embedded_text(const struct embedded *file)
{
    return (str){ (const char *)file->bytes, file->n };
}

/* The file called `path` among `count` files of `table`; NULL when there is
 * none.  Takes the logarithm of `count` steps ([EM1]). */
const struct embedded *embedded_find(const struct embedded *table, size_t count,
                                     str path);

#endif
