#ifndef CODEC_MATRIX_H
#define CODEC_MATRIX_H

/*
 * matrix -- a text as a square code (ISO/IEC 18004, level L), small enough that
 * a row of it is one word of the machine: versions 1 to 9, of 21 to 53 modules.
 *
 *   [MX1] The same text gives the same code, in microseconds: each page about a
 *         certificate has one.
 *   [MX2] Of the text its end is packed closer where it consists of capitals,
 *         digits and " $%*+-./:" alone, if that makes it shorter.
 *   [MX3] It is the smallest version that holds the text, and of the eight
 *         masks that which the standard's marks against it favour, the first of
 *         equals.
 *
 * Pure.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { MATRIX_MOST = 53 };

struct matrix {
    int width;                  /* modules, without the light around it */
    uint64_t rows[MATRIX_MOST]; /* from the top; bit x is set: the x-th from
                                   the left is dark */
};

/* False when no such code holds it: it has more than 230 bytes, or more than
 * 335 of the signs of [MX2]. */
bool matrix_make(str text, struct matrix *out);

#endif
