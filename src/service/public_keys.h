#ifndef SERVICE_PUBLIC_KEYS_H
#define SERVICE_PUBLIC_KEYS_H

/*
 * public_keys -- the keys that strangers verify with, from the body's history
 * of keys.
 *
 *   [PK1] The document has every Ed25519 key for credentials and QR codes the
 *         body ever had.  One that was compromised is revoked from the day
 *         since when it may have been in other hands; one that was rotated or
 *         lost is good until then (verify/did.h [DI1] [DI2]).
 */

#include "base/day.h"
#include "codec/record.h"
#include "service/app.h"

struct key_row;
struct key_facts;

/* The body's did:web, of the address it was founded with.  That of a
 * demonstration has http, as nobody has a certificate for 127.0.0.1; its name
 * is made all the same.  ERR_INVALID as did_web_of(). */
err public_keys_name(const struct app *app, struct arena *a, str *out);

/* Its did.json [PK1].  ERR_INVALID as did_document_write() and
 * public_keys_name(). */
err public_keys_document(const struct app *app, struct arena *a, str *out);

/* What the document says of a key of the history; *ours is false, *out
 * untouched, for a key that is none of those in [PK1].  ERR_CORRUPT
 * "app.public_key" (purpose, serial) when its bytes are none. */
err public_keys_fact(struct arena *a, const struct key_row *row,
                     struct key_facts *out, bool *ours);

/* A key that documents are signed with. */
struct public_paper_key {
    str name;    /* "pdf-1" */
    str public;  /* SubjectPublicKeyInfo in DER, as hexadecimal */
    day revoked; /* compromised: since when; else DAY_NEVER */
};

/* All that the body ever had, as struct public_paper_key, oldest first. */
err public_keys_papers(const struct app *app, struct arena *a,
                       struct list *out);

#endif
