#ifndef CODEC_RECORD_PARTS_H
#define CODEC_RECORD_PARTS_H

/*
 * record_parts -- inside record: where in a nested value we are, and what its
 * parts share.  Paths are chained on the stack and written only when something
 * is wrong.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct field;
struct record;

struct record_path {
    const struct record_path *up; /* NULL at the top */
    str name;                     /* a member; empty: an element of a list */
    size_t index;                 /* of the element, from 0 */
};

/* "sites[2].name"; "." for the whole value.  ERR_MEMORY. */
err record_path_text(struct arena *a, const struct record_path *path, str *out);

/*
 * The field called `name`, or NULL.  The search begins at field *from and goes
 * round, and *from becomes the place after the one found: members often stand
 * in the order of the table, or in one order again and again.
 */
const struct field *record_find(const struct record *r, str name, size_t *from);

#endif
