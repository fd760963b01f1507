#ifndef DOMAIN_SUB_H
#define DOMAIN_SUB_H

/*
 * sub -- what commands and events say about a sub-certificate: that of one site
 * under the certificate of the whole. [M20] [M21] (domain.md 3.6)
 */

#include "base/day.h"
#include "base/str.h"

#include <stdint.h>

/* certificate.sub */
struct sub_issue {
    str site;     /* of the application, by its name .. */
    int64_t n;    /* .. or by its place in it, from 1; 0: by name */
    str scope;    /* within the main one's; empty: the same */
    str scope_en; /* only beside a scope */
    day until;    /* DAY_NEVER: the main one's last day */
};

/* sub.recorded, in the case, and certificate.sub_issued, in the stream of the
 * main certificate */
struct sub_certificate {
    str number;
    str main;  /* number of the main certificate */
    int64_t n; /* 1, 2, 3 .. under it */
    str site;
    str address;
    str scope; /* empty: the main one's, as it stands */
    str scope_en;
    day issued;
    day until; /* its last day, not after the main one's */
};

/* Why one ends alone; the authority's codes stand in domain/codes.h. */
enum sub_ending {
    SUB_CLOSED,     /* the site is closed */
    SUB_LEFT_SCOPE, /* the site, or what it does, left the scope */
    SUB_ASKED,      /* the enterprise wants it no more */
    SUB_OTHER,
};

/* certificate.sub_end, and sub.ended: not public */
struct sub_end {
    str number;
    int why; /* enum sub_ending */
    str reasons;
};

/* certificate.sub_ended: public */
struct sub_ended {
    str main;
    str number;
};

#endif
