#ifndef SERVICE_PAPER_CREDENTIAL_H
#define SERVICE_PAPER_CREDENTIAL_H

/* paper_credential -- the credential that a certificate's paper carries. */

#include "base/err.h"
#include "base/str.h"

struct app;
struct arena;

struct paper_credential {
    str json; /* the credential; empty: none */
    str qr;   /* what its code says; empty: none */
};

/* The newest of a certificate; empty when it has none. */
err paper_credential(struct app *app, struct arena *a, str number,
                     struct paper_credential *out);

#endif
