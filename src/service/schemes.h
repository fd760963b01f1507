#ifndef SERVICE_SCHEMES_H
#define SERVICE_SCHEMES_H

/*
 * schemes -- what the body certifies by, for anybody to read. [条例 20]
 *
 *   [PS1] Of each scheme the newest package: new cases are judged by it.  What
 *         is given lives as long as the app.
 */

#include "service/lookup.h"

/* Of each scheme its newest package, by name: *out is a list of
 * const struct scheme *, *left_out of struct left_out. */
err schemes_list(struct app *app, struct arena *a, struct list *out,
                 struct list *left_out);

/* ERR_NOT_FOUND "published.no_scheme" (name). */
err schemes_named(struct app *app, struct arena *a, str name,
                  const struct scheme **out);

#endif
