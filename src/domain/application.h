#ifndef DOMAIN_APPLICATION_H
#define DOMAIN_APPLICATION_H

/*
 * application -- the data of an application; part of domain/events.h.
 *
 * Codes are those the authority's sheets ask for.
 */

#include "base/day.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

struct body;
struct state;

enum site_kind { SITE_HQ, SITE_BRANCH, SITE_OUTLET };
struct site {
    str name;
    str place; /* where it lies, in words */
    int kind;
    str address;   /* may be empty, as may be all below */
    str district;  /* GB/T 2260, six digits */
    int64_t staff; /* 0: not said */
};

/* Goods or services the certificate is to cover; `trade` where it is another
 * than the enterprise's own. */
struct product {
    str name;
    str trade; /* GB/T 4754, four digits */
};

/* How many of the staff do what. */
struct staff_function {
    str function;
    int64_t number;
};

/* A certificate the enterprise has, or had, from whomever. */
struct certification {
    str criterion;
    str body;
    str number;
    day until;
};

/* application.submitted [M11]; enterprise facts are those on record then. */
struct application {
    str scope;
    str scope_en;
    int64_t staff;         /* in all */
    int64_t service_staff; /* of them in after-sales */
    int64_t covered_staff; /* of them under the certificate; 0: all */
    struct list sites;     /* of struct site; their names differ */
    struct list products;  /* of struct product; their names differ */
    struct list regions;   /* of str */
    str trade;             /* GB/T 4754, four digits; may be empty */
    str district;          /* GB/T 2260, six digits; may be empty */
    str address;
    str address_en;
    struct list functions; /* of struct staff_function; each named once */
    struct list previous_certifications; /* of struct certification */
    bool paper; /* entered by staff from a sealed paper */
    str name;
    str uscc;
    day check_due;
    bool check_provisional;
    bool late; /* renewal: applied for later than the package asks [M23] */
};

/* The staff under the certificate: as said, or all. */
int64_t application_covered(const struct application *p);

/* Would an application in this case, which is open, be turned away because
 * `body` is not approved for the package's field?  One on paper is entered
 * whatever its field. (application.c [AL5]) [条例 9] */
bool application_is_outside(const struct state *s, const struct body *body);

#endif
