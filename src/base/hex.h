#ifndef BASE_HEX_H
#define BASE_HEX_H

/* hex -- bytes as a text of hexadecimal digits.  hex_parse() (base/id.h) reads
 * them again. */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

/* The 2n lower-case digits of these n bytes, in `a`.  ERR_MEMORY. */
err hex_text(struct arena *a, const void *bytes, size_t n, str *out);

#endif
