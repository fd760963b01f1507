#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

/*
 * fold -- what is equal to whoever searches becomes equal.
 *
 *   [FO1] A name becomes units of UTF-16: full width as half, capitals as
 *         small letters, traditional characters as simplified ones;
 *         punctuation and white space go (search/fold.txt).
 *   [FO2] Folding what is folded changes nothing.
 *   [FO3] A piece of a name, folded alone, is a piece of the folded name.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name's units into `out`, at most `max` of them, and how many.  false, with
 * `out` unspecified, when it is no UTF-8. */
bool fold_name(str name, uint16_t *out, size_t max, size_t *n);

/* The same of the next word of `s` from byte *at on, which moves behind it;
 * words are divided by white space.  *n is 0 when there is no more word. */
bool fold_word(str s, size_t *at, uint16_t *out, size_t max, size_t *n);

/* By which tables (search/README.md) is it folded and read? */
uint32_t fold_tables(void);

#endif
