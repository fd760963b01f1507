#ifndef CODEC_CANONICAL_H
#define CODEC_CANONICAL_H

/* canonical -- canonical JSON (codec/json.h, RFC 8785) as a text of its own. */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;
struct json;
struct record;

/* A tree, in `a`.  ERR_LIMIT "buf.limit": more than `most` bytes; ERR_MEMORY,
 * also of a tree whose making ran out of it [J4]. */
err json_text(struct arena *a, const struct json *j, size_t most, str *out);

/* A struct by its table, likewise; else errors of record_write(). */
err record_text(struct arena *a, const struct record *r, const void *from,
                size_t most, str *out);

#endif
