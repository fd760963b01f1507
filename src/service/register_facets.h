#ifndef SERVICE_REGISTER_FACETS_H
#define SERVICE_REGISTER_FACETS_H

/*
 * register_facets -- by what a search narrows the register's names: what a
 * certificate has of it, and what somebody wants of it.
 *
 *   [RF1] A place and a trade are the first four digits of their code (GB/T
 *         2260, GB/T 4754).  Where nobody said the place, it is the one in the
 *         holder's USCC: that of the authority it is registered with.
 *   [RF2] Schemes and levels are words that the book numbers (register/named.h
 *         [NM4]).
 *   [RF3] A status is a number with the last day in it, so that what has
 *         expired is one range whatever day it is, and nothing has to be told
 *         at midnight:
 *
 *             withdrawn, cancelled, suspended by last day (the latest first),
 *             expired, valid by last day (the earliest first)
 *
 *   [RF4] What fits a wish by facet_fits() has facets in its ranges, and the
 *         other way round; but for words beyond what the book numbers, which
 *         share one, and last days before 1997 or after 2079.
 */

#include "search/search.h"
#include "service/lookup.h"

enum {
    FACET_DIGITS = 4,
    FACET_FIRST_DAY = 10000, /* 1997-05-19: earlier ones count as this one */
    FACET_LAST_DAY = 40000,  /* 2079-07-08: later ones likewise */
};

/* [RF3] As it is on record; on a day after `until` what is valid or suspended
 * has expired. */
uint16_t facet_status(enum certificate_status recorded, day until);
struct search_range facet_statuses(enum certificate_status wanted, day today);

/* [RF1] 0: nobody said. */
uint16_t facet_place(const struct public_certificate *c);
uint16_t facet_trade(const struct public_certificate *c);

/* "44": from 4400 to 4499; empty: any.  ERR_INVALID "lookup.digits" (name,
 * typed). */
err facet_digits(struct arena *a, const char *name, str typed,
                 struct search_range *out);

/* "expired": *out is its enum certificate_status; empty: -1.  ERR_INVALID
 * "lookup.status" (typed). */
err facet_status_read(struct arena *a, str typed, int32_t *out);

/* What is wanted, read. */
struct facet_wish {
    struct search_range place;
    struct search_range trade;
    str scheme;     /* empty: any */
    str level;      /* likewise */
    int32_t status; /* -1: any */
};

/* Errors of facet_digits() and facet_status_read(). */
err facet_wish_read(struct arena *a, const struct lookup_wish *w,
                    struct facet_wish *out);

/* Does it narrow at all? */
bool facet_narrows(const struct facet_wish *w);

/* Is the certificate, as it stands today, one of those? [RF4] */
bool facet_fits(const struct facet_wish *w, const struct public_certificate *c);

#endif
