#ifndef CODEC_RECORD_H
#define CODEC_RECORD_H

/*
 * record -- C structs described by tables, read from and written to JSON.
 *
 * Commands, events and answers are plain structs; a table says which member
 * has which name and range.  From that one table come the JSON reader, the
 * JSON writer, FIELD=VALUE on the command line, and the help text, so they
 * cannot drift apart.
 *
 *   [R1] Reading refuses unknown members, missing required ones, wrong kinds
 *        and values out of range, naming the path ("sites[2].name").
 *   [R2] What record_write() wrote, record_read() reads back equal.  Writing
 *        refuses a struct that its own table would not let in, with the same
 *        errors, so nothing that cannot be read ever reaches the journal.
 *   [R3] Optional members that are absent leave the struct's zero value (0,
 *        false, empty str, zero id, DAY_NEVER for days, enum value 0; in an
 *        absent record, each member's), and zero values of optional members
 *        are not written.
 *   [R4] Texts hold no character that is not shown or that changes what is
 *        shown elsewhere: no control characters except newline and tab, no
 *        U+2028 and U+2029, no direction marks U+202A..E and U+2066..9, no
 *        U+FEFF.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct json;

enum field_kind {
    FIELD_STR,    /* str; min..max in characters (code points) [R4] */
    FIELD_INT,    /* int64_t; min..max */
    FIELD_BOOL,   /* bool */
    FIELD_DAY,    /* day; JSON text "2026-11-24" */
    FIELD_SPAN,   /* struct span; JSON text "5wd" */
    FIELD_ID,     /* id; 32 hex digits */
    FIELD_HASH,   /* struct hash; 64 hex digits */
    FIELD_ENUM,   /* int, an index into names; JSON text */
    FIELD_RECORD, /* a struct of its own inside this one */
    FIELD_LIST,   /* struct list of records; min..max elements */
    FIELD_STRS,   /* struct list of str; min..max elements, each 1..500 chars */
};

/* What a FIELD_INT counts: programs see the whole number, people what they
 * would write. */
enum field_unit {
    UNIT_NONE,
    UNIT_FEN,     /* money: 1234.50 yuan are 123450 */
    UNIT_PERCENT, /* basis points: 30 % are 3000 */
    UNIT_TENTHS,  /* of a day: 2.5 are 25 */
};

/* A list of structs: `p` is an array of `n` of them. */
struct list {
    void *p;
    size_t n;
};

struct record;

struct field {
    const char *name; /* the member in JSON and on the command line */
    enum field_kind kind;
    bool optional;
    size_t at; /* offsetof() in the struct */
    int64_t min;
    int64_t max;
    const char *const *names;    /* FIELD_ENUM: ends with NULL */
    const struct record *record; /* FIELD_RECORD, FIELD_LIST */
    enum field_unit unit;        /* FIELD_INT */
};

struct record {
    const char *name;
    size_t size; /* sizeof the struct */
    const struct field *fields;
    size_t n;
};

/* clang-format off */
#define F_STR(type, member, min, max) \
    { #member, FIELD_STR, false, offsetof(type, member), (min), (max), NULL, NULL, UNIT_NONE }
#define F_STR_OPT(type, member, max) \
    { #member, FIELD_STR, true, offsetof(type, member), 0, (max), NULL, NULL, UNIT_NONE }
#define F_INT(type, member, min, max) \
    { #member, FIELD_INT, false, offsetof(type, member), (min), (max), NULL, NULL, UNIT_NONE }
#define F_INT_OPT(type, member, min, max) \
    { #member, FIELD_INT, true, offsetof(type, member), (min), (max), NULL, NULL, UNIT_NONE }
#define F_UNIT(type, member, min, max, unit) \
    { #member, FIELD_INT, false, offsetof(type, member), (min), (max), NULL, NULL, (unit) }
#define F_UNIT_OPT(type, member, min, max, unit) \
    { #member, FIELD_INT, true, offsetof(type, member), (min), (max), NULL, NULL, (unit) }
#define F_BOOL(type, member) \
    { #member, FIELD_BOOL, false, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_BOOL_OPT(type, member) \
    { #member, FIELD_BOOL, true, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_DAY(type, member) \
    { #member, FIELD_DAY, false, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_DAY_OPT(type, member) \
    { #member, FIELD_DAY, true, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_SPAN(type, member) \
    { #member, FIELD_SPAN, false, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_SPAN_OPT(type, member) \
    { #member, FIELD_SPAN, true, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_ID(type, member) \
    { #member, FIELD_ID, false, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_ID_OPT(type, member) \
    { #member, FIELD_ID, true, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_HASH(type, member) \
    { #member, FIELD_HASH, false, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_HASH_OPT(type, member) \
    { #member, FIELD_HASH, true, offsetof(type, member), 0, 0, NULL, NULL, UNIT_NONE }
#define F_ENUM(type, member, names) \
    { #member, FIELD_ENUM, false, offsetof(type, member), 0, 0, (names), NULL, UNIT_NONE }
#define F_ENUM_OPT(type, member, names) \
    { #member, FIELD_ENUM, true, offsetof(type, member), 0, 0, (names), NULL, UNIT_NONE }
#define F_RECORD(type, member, record) \
    { #member, FIELD_RECORD, false, offsetof(type, member), 0, 0, NULL, (record), UNIT_NONE }
#define F_RECORD_OPT(type, member, record) \
    { #member, FIELD_RECORD, true, offsetof(type, member), 0, 0, NULL, (record), UNIT_NONE }
#define F_LIST(type, member, min, max, record) \
    { #member, FIELD_LIST, false, offsetof(type, member), (min), (max), NULL, (record), UNIT_NONE }
#define F_LIST_OPT(type, member, max, record) \
    { #member, FIELD_LIST, true, offsetof(type, member), 0, (max), NULL, (record), UNIT_NONE }
#define F_STRS(type, member, min, max) \
    { #member, FIELD_STRS, false, offsetof(type, member), (min), (max), NULL, NULL, UNIT_NONE }
#define F_STRS_OPT(type, member, max) \
    { #member, FIELD_STRS, true, offsetof(type, member), 0, (max), NULL, NULL, UNIT_NONE }
#define RECORD(type, fields_) \
    { #type, sizeof(struct type), (fields_), sizeof(fields_) / sizeof *(fields_) }
/* clang-format on */

/*
 * Fill the zeroed struct `out` of r->size bytes; after a failure its content
 * is of no use.  Texts are borrowed from `j`.  ERR_INVALID, all with `path`:
 *   "record.unknown" (known: the names there are), "record.missing",
 *   "record.kind" (want: catalogue ids), "record.range" and "record.length"
 *   and "record.count" (min, max), "record.choice" (choices),
 *   "record.control" (code: "U+0007") [R4].
 */
err record_read(struct arena *a, const struct record *r, const struct json *j,
                void *out);

/* Texts are borrowed from the struct.  Errors as above [R2]. */
err record_write(struct arena *a, const struct record *r, const void *from,
                 struct json **out);

/* A struct with all that it points to, in `a`: it borrows nothing. */
err record_copy(struct arena *a, const struct record *r, const void *from,
                void **out);

/*
 * "name=value" words, as typed on a command line, into a JSON object: numbers,
 * yes/no and true/false by the field's kind; lists and records as JSON text.
 * A field of a nested record may be written with a dot ("contact.name=...").
 * Whether the object is right is left to record_read().  Texts are borrowed
 * from the words.  ERR_INVALID "record.word" (word: it has no "="),
 * "record.twice" (path), "record.json" (path, column: where the JSON of a list
 * or record goes wrong).
 */
err record_words(struct arena *a, const struct record *r, const str *words,
                 size_t n, struct json **out);

/* One line a field: name, "?" when optional, kind and range; the fields of a
 * nested record below it, further in.  No table may hold itself. */
void record_describe(struct buf *b, const struct record *r);

#endif
