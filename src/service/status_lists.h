#ifndef SERVICE_STATUS_LISTS_H
#define SERVICE_STATUS_LISTS_H

/*
 * status_lists -- which credentials are suspended and which are revoked, one
 * bit each, signed when somebody asks.  (W3C Bitstring Status List 1.0)
 *
 *   [SX1] A bit follows from the register as it stands, nothing is kept for it.
 *         Revoked is the credential of what was withdrawn or cancelled, has
 *         expired or ended, and one that a newer one replaced; suspended that
 *         of what is suspended.
 *   [SX2] As of a moment in the past it follows from what was recorded by then.
 *   [SX3] A list is signed once, and again when something changed that could
 *         change it, on another day, and in any case after an hour.
 *   [SX4] Reading takes no lock of the store's writer (lookup.h [LU2]).
 */

#include "credential/credential.h"
#include "service/app.h"

struct arena;

struct status_wish {
    enum status_purpose purpose;
    int64_t list;  /* from 1 */
    int64_t as_of; /* microseconds UTC; INT64_MAX: now */
};

/* ERR_NOT_FOUND "status_lists.none" (list) when it was not begun or no key
 * signs; ERR_INVALID "status_lists.future" when as_of is yet to come. */
err status_lists_read(struct app *app, struct arena *a,
                      const struct status_wish *wish,
                      struct status_list_written *out);

/* --- what an app keeps of them [SX3] ---------------------------------- */

struct status_cache;

err status_cache_new(struct heap *h, struct arena *a,
                     struct status_cache **out);
void status_cache_end(struct status_cache *c);

#endif
