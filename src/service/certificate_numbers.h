#ifndef SERVICE_CERTIFICATE_NUMBERS_H
#define SERVICE_CERTIFICATE_NUMBERS_H

/* certificate_numbers -- the numbers of all main certificates, for what is done
 * with each of them. */

#include "base/day.h"
#include "codec/record.h"

struct app;
struct arena;

/* Those issued from one day to another, both inclusive. */
struct certificate_span {
    day from;
    day to;
};

/* *out is a list of str, by number; what a certificate says of itself now is
 * not looked at.  Errors of the store. */
err certificate_numbers(struct app *app, struct arena *a,
                        const struct certificate_span *span, struct list *out);

#endif
