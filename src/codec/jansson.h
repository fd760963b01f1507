#ifndef CODEC_JANSSON_H
#define CODEC_JANSSON_H

/*
 * jansson -- the library's header beside ours, whose kinds have the same names.
 *
 * Only json_parse.c and its test include it.  Where jansson says JSON_NULL,
 * JSON_REAL, JSON_ARRAY and JSON_OBJECT, write JANSSON_NULL and so on; its
 * macros json_is_object() and the like would compare with our kinds, so use
 * json_typeof() instead.
 */

#include "codec/json.h"

/* clang-format off */
#define JSON_NULL   JANSSON_NULL
#define JSON_REAL   JANSSON_REAL
#define JSON_ARRAY  JANSSON_ARRAY
#define JSON_OBJECT JANSSON_OBJECT
#include <jansson.h>
#undef JSON_NULL
#undef JSON_REAL
#undef JSON_ARRAY
#undef JSON_OBJECT
/* clang-format on */

#endif
