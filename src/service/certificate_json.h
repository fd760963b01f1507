#ifndef SERVICE_CERTIFICATE_JSON_H
#define SERVICE_CERTIFICATE_JSON_H

/* certificate_json -- a certificate as programs get it, from the API and the
 * command line alike: only what the public may know (lookup.h [LU1]). */

#include "service/lookup.h"

struct json;

/* NULL, or a broken tree, without memory (json.h [J4]). */
struct json *certificate_json(struct arena *a, const struct body *body,
                              const struct public_certificate *c);

#endif
