#ifndef SERVICE_MIRROR_PARTS_H
#define SERVICE_MIRROR_PARTS_H

/* mirror_parts -- inside mirror: the page that stands in it. */

#include "service/rooted.h"
#include "text/text.h"

/* The page in that language, about the register of this mark, into `a`. */
err mirror_page(struct app *app, struct arena *a, enum lang l,
                const struct rooted_mark *mark, str *out);

#endif
