#ifndef CODEC_JSON_H
#define CODEC_JSON_H

/*
 * json -- JSON texts (RFC 8259) as trees, and their canonical form (RFC 8785).
 *
 *   [J1] json_parse() accepts strict UTF-8 only: no BOM, no lone surrogate, no
 *        duplicate key, no leading zero, nothing after the value, at most
 *        JSON_DEPTH levels; integers that fit int64 stay exact.
 *   [J2] json_canonical() writes RFC 8785: keys by UTF-16 code units, numbers
 *        as ECMAScript prints them, minimal escapes; equal trees give equal
 *        bytes, and parsing them again gives an equal tree.
 *   [J4] A builder that runs out of memory marks the tree it was building;
 *        json_add() and json_set() return NULL from then on, also further up,
 *        and writing such a tree fails with ERR_MEMORY.  So a whole tree is
 *        built without a check in between.
 *   [J3] Trees live in the arena they were made in; texts given to the
 *        builders are borrowed.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum { JSON_DEPTH = 64 };

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,
    JSON_REAL,
    JSON_STR,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json {
    enum json_kind kind;
    bool boolean;
    int64_t number;     /* JSON_INT */
    double real;        /* JSON_REAL; finite */
    str text;           /* JSON_STR */
    str key;            /* the name of this member, inside an object */
    struct json *first; /* first element or member */
    struct json *last;
    struct json *next; /* the next element or member of the same parent */
    size_t count;      /* of elements or members */
    bool broken;       /* [J4] */
};

/* ERR_INVALID "json.syntax" (line, column, reason), "json.depth",
 * "json.duplicate" (key, line). */
err json_parse(struct arena *a, str text, struct json **out);

/* Member `key` of an object, or NULL. */
const struct json *json_get(const struct json *object, str key);

/* The text of string member `key`; empty when absent or not a string. */
str json_get_str(const struct json *object, str key);

/* Builders [J4]: NULL when the arena is exhausted. */
struct json *json_new_object(struct arena *a);
struct json *json_new_array(struct arena *a);
struct json *json_new_str(struct arena *a, str s);
struct json *json_new_int(struct arena *a, int64_t n);
struct json *json_new_bool(struct arena *a, bool b);
struct json *json_new_null(struct arena *a);
struct json *json_add(struct json *array, struct json *child);
struct json *json_set(struct json *object, str key, struct json *child);

/* Appends to `b`; failures stick there. */
void json_canonical(struct buf *b, const struct json *j);

/* For people: indented by two blanks, members in the order they were set. */
void json_pretty(struct buf *b, const struct json *j);

#endif
