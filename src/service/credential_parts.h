#ifndef SERVICE_CREDENTIAL_PARTS_H
#define SERVICE_CREDENTIAL_PARTS_H

/* credential_parts -- inside credentials: what its files share. */

#include "domain/standing.h"
#include "service/credentials.h"

struct key_row;

/* "credential-1": what a key is called in the document of keys. */
err credential_key_name(struct arena *a, const struct key_row *key, str *out);

/* Where the body is found, on https:// in any case: neither did:web nor a code
 * knows any other. */
err credential_base(const struct app *app, struct arena *a, str *out);

/* As credentials_sign(), whatever the acts were. */
err credentials_renew(struct tx *tx, struct app *app, const struct standing *s,
                      const struct facts *f, struct event_list *events);

/* The body's keys as strangers see them. */
err credentials_keys(struct app *app, struct arena *a,
                     struct did_document *out);

#endif
