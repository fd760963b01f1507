#ifndef CODEC_YAML_H
#define CODEC_YAML_H

/*
 * yaml -- one YAML document as a tree in which every node knows its place.
 *
 *   [Y1] Exactly one document; no aliases, anchors or tags; no duplicate keys;
 *        keys are plain scalars; at most YAML_DEPTH levels; strict UTF-8.
 *   [Y2] Every node carries line and column, counted from 1.
 *   [Y3] Scalars stay text; "0137" is not octal and "no" not a boolean.  The
 *        reader asks for what it wants: yaml_int() takes plain decimal only.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum { YAML_DEPTH = 32 };

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

/* ERR_INVALID "yaml.syntax", "yaml.alias", "yaml.duplicate", "yaml.depth",
 * "yaml.documents" .. with name, line, column and what is wrong. */
err yaml_parse(struct arena *a, str name, str text, struct yaml **out);

/* Member `key` of a mapping, or NULL. */
const struct yaml *yaml_get(const struct yaml *mapping, str key);

/* A plain decimal integer such as 0, 95 or -3: no sign +, no leading zero, no
 * underscore, unquoted.  false, *out untouched, when it is none. */
bool yaml_int(const struct yaml *y, int64_t *out);

/* A decimal with at most `places` digits after the point, as an integer scaled
 * by 10^places: "2.5" with 3 places is 2500.  false when it is none. */
bool yaml_decimal(const struct yaml *y, int places, int64_t *out);

/* Unquoted true or false. */
bool yaml_bool(const struct yaml *y, bool *out);

#endif
