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
    str text;       /* that goes out on the day it was packed .. */
    size_t came_to; /* .. pressed (register/pressed.h) */
    day over;       /* as in the bytes */
    str renews;
    struct list subs; /* of struct public_sub */
    struct public_certificate now;
};

/* Packed as of `today`, pressed by `press`. */
struct press;
struct register_packing {
    struct app *app;
    struct tx *tx;
    day today;
    struct press *press;
};

/* As of that day and later.  Errors of lookup_certificate(). */
err register_pack(const struct register_packing *by, str number,
                  struct register_packed *out);

/* The same of one that a file brought, without looking it up again. */
struct imported_row;
err register_pack_imported(const struct register_packing *by,
                           const struct imported_row *row,
                           struct register_packed *out);

/* The name of a text (ready.h): the beginning of its SHA-256. */
uint64_t register_name(str text);

/* The answer about `c`, which holds on `today`, as it goes out. */
err register_json(struct arena *a, const struct public_certificate *c,
                  str *out);

#endif
