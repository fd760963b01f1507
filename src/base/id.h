#ifndef BASE_ID_H
#define BASE_ID_H

/*
 * id -- 128 random bits that name a thing in addresses and in the journal.
 *
 * Written as 32 lower-case hexadecimal digits.  The all-zero id names nothing.
 * Randomness is an argument; nothing here draws any.
 */

#include "base/str.h"

#include <stdint.h>

typedef struct id {
    uint8_t b[16];
} id;

#define ID_TEXT 33

bool id_is_zero(id i);
bool id_eq(id a, id b);
str id_text(id i, char out[static ID_TEXT]);
bool id_parse(str s, id *out); /* false, *out untouched, when malformed */

/* Hexadecimal digits of either case into exactly n bytes. */
bool hex_parse(str s, uint8_t *out, size_t n);

#endif
