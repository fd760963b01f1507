#ifndef SERVICE_APP_PARTS_H
#define SERVICE_APP_PARTS_H

/*
 * app_parts -- inside app: what founding an installation and opening it have in
 * common.
 */

#include "base/err.h"
#include "base/str.h"

struct app_world;
struct arena;

enum { KEY_FILE_MAX = 200, STORE_FILE_MAX = 2000 };

/* "DIR/NAME"; not of a folder without a name, which would be the root. */
err app_path(struct arena *a, str dir, const char *name, str *out);

/* Where the store of folder `dir` is, for store_open(). */
err app_find_store(const struct app_world *w, struct arena *a, str dir,
                   str *out);

#endif
