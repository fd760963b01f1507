#ifndef SERVICE_CHANGES_JSON_H
#define SERVICE_CHANGES_JSON_H

/* changes_json -- a change as programs get it, from the API and by webhooks
 * alike. */

#include "service/changes.h"

struct json;

/* NULL, or a broken tree, without memory (json.h [J4]). */
struct json *change_json(struct arena *a, const struct register_change *c);

#endif
