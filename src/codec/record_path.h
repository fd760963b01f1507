#ifndef CODEC_RECORD_PATH_H
#define CODEC_RECORD_PATH_H

/*
 * record_path -- inside record: where in a nested value we are, for messages.
 * Paths are chained on the stack and written only when something is wrong.
 */

#include "base/str.h"

struct arena;

struct record_path {
    const struct record_path *up; /* NULL at the top */
    const char *name;             /* a member; NULL: an element of a list */
    size_t index;                 /* of the element, from 0 */
};

/* "sites[2].name"; "." for the whole value; empty when memory is out. */
str record_path_text(struct arena *a, const struct record_path *path);

#endif
