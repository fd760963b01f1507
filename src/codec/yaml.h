#ifndef CODEC_YAML_H
#define CODEC_YAML_H

/*
 * yaml -- one YAML document as a tree in which every node knows its place.
 *
 *   [Y1] Exactly one document; no aliases, anchors or tags; keys are texts,
 *        none empty, none twice in a mapping; strict UTF-8 without control
 *        characters, also none by escape (a byte order mark may begin it); at
 *        most YAML_SIZE bytes, YAML_DEPTH levels, YAML_MEMBERS members in one
 *        mapping.
 *   [Y2] Every node carries line and column in characters, counted from 1.
 *   [Y3] Scalars stay text; "0137" is not octal and "no" not a boolean.  The
 *        reader asks for what it wants: yaml_int() takes plain decimal only.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum { YAML_SIZE = 1 << 20, YAML_DEPTH = 32, YAML_MEMBERS = 1000 };

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml {
    enum yaml_kind kind;
    bool quoted;  /* a scalar in quotes: text, never a number or yes/no */
    int32_t line; /* of the node's first character */
    int32_t column;
    str text;         /* YAML_SCALAR */
    str key;          /* inside a mapping: its key, */
    int32_t key_line; /* and where that stands */
    int32_t key_column;
    struct yaml *first; /* first element or member */
    struct yaml *next;  /* next of the same parent */
    size_t count;
};

/*
 * The tree lives in `a` and borrows nothing.  `name` is what messages call the
 * text, a file's name say.  All refusals are ERR_INVALID with name, line and
 * column, except the first:
 *   ERR_LIMIT "yaml.size" (name, most)
 *   "yaml.utf8", "yaml.empty", "yaml.documents", "yaml.alias" (also anchors
 *   and tags), "yaml.key", "yaml.control", "yaml.depth" (most),
 *   "yaml.members" (most), "yaml.duplicate" (key, first: its first line),
 *   "yaml.syntax" (why: an id of its own, "yaml.why_tab" ..)
 */
err yaml_parse(struct arena *a, str name, str text, struct yaml **out);

/* Member `key` of a mapping, or NULL; also NULL when `mapping` is NULL or not
 * one. */
const struct yaml *yaml_get(const struct yaml *mapping, str key);

/* A plain decimal integer such as 0, 95 or -3: no sign +, no leading zero, no
 * underscore, no -0, unquoted.  false, *out untouched, when it is none, does
 * not fit, or y is NULL. */
bool yaml_int(const struct yaml *y, int64_t *out);

/* A decimal with at most `places` (0..9) digits after the point, as an integer
 * scaled by 10^places: "2.5" with 3 places is 2500.  A point needs a digit on
 * both sides.  false, *out untouched, when it is none. */
bool yaml_decimal(const struct yaml *y, int places, int64_t *out);

/* Unquoted true or false. */
bool yaml_bool(const struct yaml *y, bool *out);

#endif
