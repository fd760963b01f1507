#ifndef SERVICE_CERTIFICATE_JSON_H
#define SERVICE_CERTIFICATE_JSON_H

/* certificate_json -- a certificate as programs get it, from the API and the
 * command line alike: only what the public may know (lookup.h [LU1]); and what
 * a file brought, read back out of it. */

#include "service/lookup.h"

struct imported_row;
struct json;

/* NULL, or a broken tree, without memory (json.h [J4]). */
struct json *certificate_json(struct arena *a, const struct body *body,
                              const struct public_certificate *c);

/*
 * The row of which certificate_json() made this canonical text of a day: one
 * that stands on that day, and on those after it, as the row it was made of,
 * and says the same but for its place in the register and in its file.  *found
 * is false for every other text.  Texts are borrowed from `text`, or lie in
 * `a`.  ERR_MEMORY.
 */
err certificate_json_row(struct arena *a, str text, struct imported_row *out,
                         bool *found);

#endif
