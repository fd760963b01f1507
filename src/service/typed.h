#ifndef SERVICE_TYPED_H
#define SERVICE_TYPED_H

/* typed -- inside the service room: numbers and names as people type them. */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* A number of a case or a certificate as it is printed: in capitals and without
 * blanks.  Other bytes stay as they are. */
err typed_number(struct arena *a, str typed, str *out);

/* A name that stands in files and commands as it is: 1 to `most` letters,
 * digits, ".", "-" and "_". */
bool typed_is_word(str s, size_t most);

#endif
