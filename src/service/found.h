#ifndef SERVICE_FOUND_H
#define SERVICE_FOUND_H

/*
 * found -- a real body is founded: its folder, store, keys, log, schemes, and
 * the invitation of its first administrator. [17065 4.1.1] [条例 9]
 *
 *   [FN1] All of it, or nothing: it is made in a folder beside, DIR.founding,
 *         which takes the name when everything is there; what went wrong
 *         leaves nothing behind, in a store elsewhere neither: only one that
 *         is gone by then keeps what was committed to it.
 *   [FN2] Keys come from the machine's randomness and lie under a master of
 *         their own in DIR/keys, readable by their owner only, outside of the
 *         store (crypto/keyfile.h).
 *   [FN3] Nobody is an administrator yet: whoever has the address of the
 *         invitation becomes the first, and has to enrol a second factor
 *         (auth/, domain/rights.h).
 *   [FN4] Its public address is https, or of this machine only: it stands in
 *         everything the body signs (app.h [AP3]).
 */

#include "service/accounts.h"
#include "service/app.h"

struct found_wish {
    struct body body; /* checked by found_check(); its number is made */
    str public_url;   /* no slash at its end */
    str log_origin;   /* empty: the address's host, and "/log" */
    str store;        /* "postgres:CONNINFO"; empty: DIR/tenstar.db */
    str passphrase;   /* of the keys; empty: they lie open */
    str mail;         /* of the first administrator; may be empty */
    const struct package *packages; /* to be frozen, sound; NULL: those that
                                       the program brings along */
    size_t package_count;
    day today;
};

struct found_made {
    struct ticket_letter letter; /* of the first administrator [FN3] */
    int64_t schemes;             /* frozen */
};

/* What is wrong with the facts: what body_facts_check() refuses; ERR_INVALID
 * "found.url" (url) [FN4], "found.origin" (origin). */
err found_check(struct arena *a, const struct found_wish *wish);

/* Into folder `dir`, which is empty or not there.  ERR_CONFLICT
 * "found.not_empty" (folder), "found.left" (folder) when a founding that was
 * killed left DIR.founding; what found_check(), keys_lock() and
 * accounts_invite() refuse. */
err found_body(struct arena *a, const struct app_world *world, str dir,
               const struct found_wish *wish, struct found_made *out);

#endif
