#ifndef SERVICE_REGISTER_PACK_H
#define SERVICE_REGISTER_PACK_H

/*
 * register_pack -- inside the service room: the answer about a certificate,
 * made beforehand (register/ready.h).
 *
 *   [RP1] What goes out on any day that the answer knows is what
 *         certificate_json() says of lookup_certificate() on that day, byte for
 *         byte, with a line feed behind it. [M24]
 *   [RP2] A certificate changes by itself on the day after its last one, that
 *         of a sub-certificate, and the first one of other facts of the body.
 *         An answer goes beyond one such day, and not beyond the second.
 */

#include "service/lookup.h"

struct register_packed {
    str bytes;
    day over; /* as in the bytes */
    str renews;
    struct list subs; /* of struct public_sub */
    struct public_certificate now;
};

/* As of `today` and later.  Errors of lookup_certificate(). */
err register_pack(struct app *app, struct tx *tx, str number, day today,
                  struct register_packed *out);

/* The same of one that a file brought, without looking it up again. */
struct imported_row;
err register_pack_imported(struct app *app, struct tx *tx,
                           const struct imported_row *row, day today,
                           struct register_packed *out);

/* The name of a text (ready.h): the beginning of its SHA-256. */
uint64_t register_name(str text);

/* The answer about `c`, which holds on `today`, as it goes out. */
err register_json(struct arena *a, const struct public_certificate *c,
                  str *out);

#endif
