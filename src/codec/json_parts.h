#ifndef CODEC_JSON_PARTS_H
#define CODEC_JSON_PARTS_H

/* json_parts -- inside json: what its reader and its writer share. */

#include "base/str.h"

#include <stdint.h>

struct arena;
struct json;

/* Characters of a text that a message quotes at most. */
enum { JSON_NEAR = 20 };

struct json_place {
    int64_t line;   /* from 1 */
    int64_t column; /* from 1, in characters */
    str near;       /* what leads up to it, itself included */
};

/* The place of the character that begins at text.p[at]; malformed UTF-8 counts
 * a character for each byte that could begin one. */
struct json_place json_place(str text, size_t at);

/* RFC 8785's order of keys, by UTF-16 code units: <0, 0, >0. */
int json_key_cmp(str a, str b);

/* The members of `object` in that order, an array of object->count; NULL when
 * memory is out. */
const struct json **json_sorted(struct arena *a, const struct json *object);

/* The first member with a key that an earlier one has, or NULL; false when
 * memory is out.  The keys must lie in one text, in its order. */
bool json_find_duplicate(struct arena *a, const struct json *object,
                         const struct json **out);

#endif
