#ifndef CODEC_MATRIX_PARTS_H
#define CODEC_MATRIX_PARTS_H

/* matrix_parts -- inside matrix: what a code's modules say. */

#include "base/str.h"

#include <stdint.h>

enum { MATRIX_BYTES = 292 }; /* of version 9, at level L */

/* The text in the smallest version there is for it, with what corrects it, in
 * the order of the modules; *n: how many bytes these are.  0: there is none.
 * [MX2] [MX3] */
int matrix_bytes(str text, uint8_t out[static MATRIX_BYTES], int *n);

#endif
