#ifndef CODEC_JSON_NUMBER_H
#define CODEC_JSON_NUMBER_H

/*
 * json_number -- inside json: numbers, read and written.
 *
 *   [JN1] Reals are written as ECMAScript prints them (ECMA-262,
 *         Number::toString), which is what RFC 8785 asks for.
 *   [JN2] Nothing depends on the locale.
 */

#include "base/str.h"

struct json;

/*
 * Read `token`, which has the form of a JSON number, into to->kind and its
 * number.  false, *to untouched, when it is too large for a double, longer than
 * any number has a reason to be, or a whole number that neither int64 nor a
 * double holds exactly as written [J1].
 */
bool json_number_read(str token, struct json *to);

/* `v`, which is finite, in words of ECMAScript; the result points into `out`
 * and has no NUL. */
#define JSON_NUMBER_TEXT 32
str json_number_text(double v, char out[static JSON_NUMBER_TEXT]);

#endif
