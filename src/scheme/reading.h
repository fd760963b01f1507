#ifndef SCHEME_READING_H
#define SCHEME_READING_H

/*
 * reading -- take values out of a package's YAML, and collect what is wrong.
 *
 * Scheme files, golden cases and answers are all read with it, so that they
 * complain alike: every problem with file, line, column and what would be
 * right.
 *
 *   [RD1] A value that is missing or wrong is reported at its place, and a
 *         harmless value stands in for it, so that reading goes on and finds
 *         the next problem.
 *   [RD2] Running out of memory is remembered in `fatal` and reported once.
 *   [RD3] A node that is NULL was reported where it was missed; asking it for
 *         more reports nothing.
 *
 * Problems say ERR_INVALID "reading.*".
 */

#include "base/err.h"
#include "codec/yaml.h"
#include "scheme/load.h"
#include "scheme/scheme.h"

enum {
    PROBLEM_MAX = 500,    /* more are counted, not kept */
    READ_TEXT_MAX = 1000, /* bytes of a text */
    READ_ID_MAX = 40,
};

struct reading {
    struct arena *arena;
    str file;    /* what problems call it */
    bool frozen; /* wording was judged when it was frozen */
    struct problem *first;
    struct problem *last;
    size_t kept;
    size_t count;
    err fatal; /* [RD2] */
};

/* Report problem `id` at node `y` (NULL: the file's first character). */
#define PROBLEM(r, y, id, ...)                                                 \
    reading_problem((r), (y),                                                  \
                    err_new((r)->arena, ERR_INVALID,                           \
                            (id)__VA_OPT__(, ) __VA_ARGS__))
void reading_problem(struct reading *r, const struct yaml *y, err what);

/*
 * Parse `text`; what YAML itself refuses is a problem of the file like any
 * other.  NULL when there is nothing to read on with.
 */
const struct yaml *reading_parse(struct reading *r, str text);

/*
 * How it went: OK without problems; `fatal`; else "problems" (name, count) with
 * *problems listing them down the file.
 */
err reading_end(struct reading *r, struct problem **problems);

/* Is `y` a mapping?  Members other than `keys` (NULL-ended) are reported:
 * "unknown_key" (nearest) or, when none is near, "unknown_of" (known). */
bool reading_mapping(struct reading *r, const struct yaml *y,
                     const char *const *keys);

/* The member, or NULL with "missing" reported. */
const struct yaml *reading_need(struct reading *r, const struct yaml *mapping,
                                const char *key);

/* A sequence of `least`..`most` elements under `key`; NULL when it is not
 * there ("missing" when least > 0), is no sequence ("list") or has another
 * number of elements ("count"). */
const struct yaml *reading_list(struct reading *r, const struct yaml *mapping,
                                const char *key, size_t least, size_t most);

/* One line of text without blanks at its ends: "text", "too_long" (most).
 * The empty str stands in. */
str reading_text(struct reading *r, const struct yaml *mapping,
                 const char *key);
str reading_text_of(struct reading *r, const struct yaml *y);

/* Letters, digits, ".", "-" and "_", 1 to READ_ID_MAX of them: "id". */
str reading_id(struct reading *r, const struct yaml *mapping, const char *key);

/* {zh, en}: "label_en" when the English one holds Chinese characters. */
struct label reading_label(struct reading *r, const struct yaml *mapping,
                           const char *key);
struct label reading_label_of(struct reading *r, const struct yaml *y);

/* "whole", "range" (given, least, most); `least` stands in. */
int32_t reading_int(struct reading *r, const struct yaml *mapping,
                    const char *key, int32_t least, int32_t most);

/* A decimal with up to `places` places, scaled; so are the bounds, and they
 * are whole numbers unscaled, or below one.  "decimal" (places), "range". */
int64_t reading_decimal(struct reading *r, const struct yaml *mapping,
                        const char *key, int places, int64_t least,
                        int64_t most);

/* "5wd", "30d", "3m", at least one: "span_unit" (given) for a bare number,
 * "span" (given). */
struct span reading_span(struct reading *r, const struct yaml *mapping,
                         const char *key);

/* "bool"; `absent` also stands in. */
bool reading_bool(struct reading *r, const struct yaml *mapping,
                  const char *key, bool absent);

/* An index into `names` (NULL-ended): "choice" (given, choices), and -1. */
int reading_choice(struct reading *r, const struct yaml *mapping,
                   const char *key, const char *const *names);
int reading_choice_of(struct reading *r, const struct yaml *y,
                      const char *const *names);

/* "a, b, c", for messages. */
str reading_names(struct reading *r, const char *const *names);

/* Element `i` of a sequence or mapping that has it. */
const struct yaml *reading_nth(const struct yaml *list, size_t i);

/* `n` elements of `size` bytes; NULL, and r->fatal set, without memory. */
void *reading_array(struct reading *r, size_t n, size_t size);

#endif
