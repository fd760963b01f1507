#ifndef DOMAIN_STATUS_H
#define DOMAIN_STATUS_H

/* status -- of a certificate, in the order of the authority's codes 01..05
 * (domain.md 3.5). */

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

#endif
