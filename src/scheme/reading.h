#ifndef SCHEME_READING_H
#define SCHEME_READING_H

/*
 * reading -- inside the scheme room: take values out of a package's YAML, and
 * collect what is wrong with it.
 *
 *   [RD1] A value that is missing or wrong is reported at its place, and a
 *         harmless value stands in for it, so that reading goes on and finds
 *         the next problem.
 *   [RD2] Running out of memory is remembered in `fatal` and reported once.
 */

#include "base/err.h"
#include "codec/yaml.h"
#include "scheme/load.h"

struct reading {
    struct arena *arena;
    str file;
    struct scheme *scheme;
    struct problem *first;
    struct problem *last;
    size_t count;
    err fatal; /* [RD2] */
};

/* Report problem `id` at node `y` (NULL: the file's first line). */
#define PROBLEM(r, y, id, ...)                                                 \
    reading_problem((r), (y),                                                  \
                    err_new((r)->arena, ERR_INVALID,                           \
                            (id)__VA_OPT__(, ) __VA_ARGS__))
void reading_problem(struct reading *r, const struct yaml *y, err what);

/* Is `y` a mapping with none but these keys (NULL-ended)?  Unknown keys are
 * reported, with the nearest known one. */
bool reading_mapping(struct reading *r, const struct yaml *y,
                     const char *const *keys);

/* The member, or NULL with "scheme.missing" reported. */
const struct yaml *reading_need(struct reading *r, const struct yaml *mapping,
                                const char *key);

/* A sequence of `least`..`most` elements under `key`; NULL when it is not
 * there (reported when least > 0) or is no such sequence (reported). */
const struct yaml *reading_list(struct reading *r, const struct yaml *mapping,
                                const char *key, size_t least, size_t most);

str reading_text(struct reading *r, const struct yaml *mapping,
                 const char *key);
/* Letters, digits, ".", "-" and "_", 1 to 40 of them. */
str reading_id(struct reading *r, const struct yaml *mapping, const char *key);
struct label reading_label(struct reading *r, const struct yaml *mapping,
                           const char *key);
struct label reading_label_of(struct reading *r, const struct yaml *y);
int32_t reading_int(struct reading *r, const struct yaml *mapping,
                    const char *key, int32_t least, int32_t most);
/* A decimal with up to `places` places, scaled; bounds are scaled too. */
int64_t reading_decimal(struct reading *r, const struct yaml *mapping,
                        const char *key, int places, int64_t least,
                        int64_t most);
struct span reading_span(struct reading *r, const struct yaml *mapping,
                         const char *key);
struct span reading_span_of(struct reading *r, const struct yaml *y);
bool reading_bool(struct reading *r, const struct yaml *mapping,
                  const char *key, bool absent);
int reading_choice(struct reading *r, const struct yaml *mapping,
                   const char *key, const char *const *names);
int reading_choice_of(struct reading *r, const struct yaml *y,
                      const char *const *names);

/* `n` elements of `size` bytes; NULL, and r->fatal set, without memory. */
void *reading_array(struct reading *r, size_t n, size_t size);

/* The parts of a package, each in a file of its own. */
void load_identity(struct reading *r, const struct yaml *root);
void load_indicators(struct reading *r, const struct yaml *root);
void load_levels(struct reading *r, const struct yaml *root);
void load_application(struct reading *r, const struct yaml *root);
void load_stages(struct reading *r, const struct yaml *root);
void load_audit(struct reading *r, const struct yaml *root);
void load_money(struct reading *r, const struct yaml *root);

#endif
