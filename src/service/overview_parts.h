#ifndef SERVICE_OVERVIEW_PARTS_H
#define SERVICE_OVERVIEW_PARTS_H

/* overview_parts -- inside service/overviews: what its lists have in common. */

#include "service/overviews.h"
#include "store/overviews.h"

/* An overview on its way. */
struct looking {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct session *who;
    day today;
};

/* [OV1] */
bool looking_may_read(const struct looking *l, id enterprise);

/* [OV2] How many of these rows a page shows: one more than it has room for
 * tells that there are more. */
size_t looking_shown(const struct list *rows);

/* struct certificate_overview as struct certificate_line. */
err looking_certificates(const struct looking *l, const struct list *rows,
                         struct list *out);

#endif
