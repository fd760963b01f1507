#ifndef DOMAIN_STATUS_H
#define DOMAIN_STATUS_H

/* status -- of a certificate, in the order of the authority's codes 01..05
 * (domain.md 3.5). */

#include "base/day.h"

#include <stdbool.h>

enum certificate_status {
    CERTIFICATE_VALID,
    CERTIFICATE_SUSPENDED,
    CERTIFICATE_WITHDRAWN, /* 撤销: by the body, for cause */
    CERTIFICATE_CANCELLED, /* 注销: on request, or no more */
    CERTIFICATE_EXPIRED,
};

/* Withdrawn, cancelled or expired: nothing follows. */
bool status_is_final(enum certificate_status s);

/* How a certificate stands. */
struct stand {
    enum certificate_status status;
    day since;
    day until; /* suspended: at the longest; else DAY_NEVER */
};

/* How it stands on `today`, when `last` is its last valid day and this is what
 * is on record of it: expiry needs no record (standing.h [SD3]). */
struct stand stand_on(struct stand recorded, day last, day today);

/* A sub-certificate as far as it is on record; of the main one all else. */
struct sub_days {
    day issued;
    day last;  /* valid */
    day ended; /* alone; DAY_NEVER: it did not */
};

/* How it stands on `today`, when the main one then stands as `main` says: as
 * that does, but for what befell it alone. */
struct stand sub_stand(struct stand main, struct sub_days sub, day today);

#endif
