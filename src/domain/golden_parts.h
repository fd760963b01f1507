#ifndef DOMAIN_GOLDEN_PARTS_H
#define DOMAIN_GOLDEN_PARTS_H

/* golden_parts -- inside the domain room: parts of a golden case. */

#include "scheme/reading.h"

/* One element of `fees` (golden.h). */
void expect_fees(struct reading *r, const struct yaml *y,
                 const struct scheme *s);

#endif
