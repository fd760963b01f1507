#ifndef CODEC_JSON_H
#define CODEC_JSON_H

/*
 * json -- JSON texts (RFC 8259) as trees, and their canonical form (RFC 8785).
 *
 *   [J1] json_parse() accepts strict UTF-8 only: no BOM, no lone surrogate, no
 *        NUL, no duplicate key, no leading zero, nothing after the value, at
 *        most JSON_DEPTH arrays and objects in one another.  A whole number
 *        that int64 holds is a JSON_INT and exact; a larger one is a JSON_REAL
 *        if it is written as [J2] would write it, and is refused otherwise, so
 *        no digit is lost in silence.
 *   [J2] json_canonical() writes RFC 8785: keys by UTF-16 code units, numbers
 *        as ECMAScript prints them but JSON_INT always in full, minimal
 *        escapes.  Equal trees give equal bytes; parsing those and writing
 *        them again gives the same bytes.
 *   [J3] Trees live in the arena they were made in.  Texts and keys given to
 *        the builders are borrowed, and are well-formed UTF-8 without NUL; no
 *        object is given one key twice.
 *   [J4] A builder that runs out of memory marks the tree it was building;
 *        json_add() and json_set() return NULL from then on, and writing such
 *        a tree fails with ERR_MEMORY.  So a whole tree is built without a
 *        check in between.
 *   [J5] What json_parse_sealed() read from bytes that are its canonical form
 *        keeps them as `source`, and json_canonical() writes them as they are:
 *        what is signed is read and hashed far more often than written.  Such a
 *        tree is given out to be read only: a part that was altered would still
 *        be written as it was.  Whoever copies a node of it and adds to the
 * copy (verify/tree.h) may: json_add() and json_set() forget the source of what
 * they add to.
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
    bool broken; /* [J4] */
    union {
        int64_t number; /* JSON_INT */
        double real;    /* JSON_REAL; finite */
    };
    str text;           /* JSON_STR */
    str key;            /* the name of this member, inside an object */
    struct json *first; /* first element or member */
    struct json *last;
    struct json *next; /* the next element or member of the same parent */
    size_t count;      /* of elements or members */
    str source;        /* [J5] */
};

/*
 * `text` need not outlive the call.  ERR_INVALID with `line` and `column` (in
 * characters, both from 1) of the character that is wrong:
 *   "json.end": the text ends too early;
 *   "json.syntax", "json.bom", "json.nul", "json.utf8", "json.control" (a
 *   control character inside a text), "json.escape", "json.surrogate",
 *   "json.number" [J1], "json.depth", "json.after" (more follows the value):
 *       all with `near`, what leads up to the place;
 *   "json.duplicate" (key).
 */
err json_parse(struct arena *a, str text, struct json **out);

/* The same, for what is checked and not changed [J5]; `text` must live as long
 * as *out. */
err json_parse_sealed(struct arena *a, str text, const struct json **out);

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
/* A text, under a key of the program's own. */
struct json *json_set_str(struct arena *a, struct json *object, const char *key,
                          str s);
/* Likewise a whole number. */
struct json *json_set_int(struct arena *a, struct json *object, const char *key,
                          int64_t n);

/* Appends to `b`; failures stick there. */
void json_canonical(struct buf *b, const struct json *j);

/* A text alone, in its quotes, as json_canonical() writes it: for long lists of
 * which no tree is made. */
void json_put_text(struct buf *b, str s);

/* For people: indented by two blanks, members in the order they were set. */
void json_pretty(struct buf *b, const struct json *j);

#endif
