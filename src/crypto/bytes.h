#ifndef CRYPTO_BYTES_H
#define CRYPTO_BYTES_H

/* bytes -- what secret bytes need: comparison that takes the same time
 * wherever they differ, and wiping that no compiler leaves out. */

#include <stdbool.h>
#include <stddef.h>

/* Both may be NULL when n is 0. */
bool bytes_equal(const void *a, const void *b, size_t n);
void bytes_wipe(void *p, size_t n);

#endif
