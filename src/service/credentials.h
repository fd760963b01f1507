#ifndef SERVICE_CREDENTIALS_H
#define SERVICE_CREDENTIALS_H

/*
 * credentials -- what the body signs for strangers of its certificates.
 *
 *   [CR1] In the transaction that issues or rewords a certificate or a
 *         sub-certificate its credential is signed and stored, and its digest
 *         becomes an event of the certificate's stream and an entry of the log:
 *         all of it or nothing.
 *   [CR2] Another is signed only where what it says differs from the newest
 *         one, or where that one's key fell into other hands.  The one before
 *         is revoked by that (status_lists.h).
 *   [CR3] An installation without a key for credentials issues without, and so
 *         does one that enters what was done before its key was made; what is
 *         missing is made later, by credentials_make().
 *   [CR4] An index is drawn by lot from a list of STATUS_LIST_LEAST, so that it
 *         tells nobody how many certificates there are; when a list fills up
 *         the next one is begun.
 *   [CR5] What its event says of it, its digest, is known before it is signed;
 *         so the signatures are made beside the writer, and the row is written
 *         before the transaction ends (store/aside.h).
 */

#include "service/app.h"
#include "store/credentials.h"
#include "verify/did.h"

struct credential_facts;
struct event;
struct event_list;
struct facts;
struct session;
struct standing;
struct sub_certificate;

/*
 * Append to `events`, acts on the certificate in `s` which has them folded in,
 * the credential.signed that belong with them, and store what was signed.  Only
 * acts that word a certificate have any.  In the write tx of the acts. [CR1]
 */
err credentials_sign(struct tx *tx, struct app *app, const struct standing *s,
                     const struct facts *f, struct event_list *events);

/* What a credential says of the certificate in `s`, or of the sub-certificate
 * `sub` of it (NULL: of itself), under status index `index`. */
err credentials_facts(struct tx *tx, struct app *app, const struct standing *s,
                      const struct sub_certificate *sub, int64_t index,
                      struct credential_facts *out);

/* By whom, when; certificate managers and administrators may. */
struct credentials_order {
    const struct session *who;
    day today;
};

/*
 * Sign what is missing or out of date of every certificate that stands, each in
 * its own transaction; *made counts the credentials.  ERR_DENIED
 * "credential.makes" (roles), ERR_REFUSED "credential.no_key".
 */
err credentials_make(struct app *app, struct arena *a,
                     const struct credentials_order *order, int64_t *made);

/* The newest of a certificate or sub-certificate, its number as people type it.
 * ERR_NOT_FOUND "credential.none" (number). */
err credentials_newest(struct app *app, struct arena *a, str number,
                       struct credential_row *out);

/* Why a certificate has no credential [CR3]. */
enum credential_lack {
    CREDENTIAL_THERE,
    CREDENTIAL_NO_KEY,   /* the body has none that signs them */
    CREDENTIAL_NOT_MADE, /* there is a key; credentials_make() makes it */
    CREDENTIAL_TOO_LATE, /* it does not stand any more, and gets none */
};

/* Of the certificate or sub-certificate `number`, as people type it; does it
 * stand, so that credentials_make() would make one? */
err credentials_lack(struct app *app, struct arena *a, str number, bool stands,
                     enum credential_lack *out);

/* Of what stands in the stream of the certificate in `s`, which has everything
 * up to event `e`, a credential.signed, folded in: is it stored, does it say
 * what the event and the certificate say, and did the body's key sign it?
 * ERR_CORRUPT "check.credential" (number, serial). */
err credentials_check(struct tx *tx, struct app *app, const struct standing *s,
                      const struct event *e);

/* The short of it, for who enters it in the log: is it stored, and did the key
 * that the event names sign it?  Likewise. */
err credentials_believe(struct tx *tx, struct app *app, const struct event *e);

/* Is the event one that says a credential was signed? */
bool credentials_is_one(const struct event *e);

/* Is it stored?  ERR_CORRUPT "rebuild.lost" (name). */
err credentials_stored(struct tx *tx, const struct event *e);

#endif
