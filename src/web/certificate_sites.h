#ifndef WEB_CERTIFICATE_SITES_H
#define WEB_CERTIFICATE_SITES_H

/*
 * certificate_sites -- inside web: the sites that a certificate covers, on its
 * page. [M21] [M24]
 *
 *   [CE1] A chain has thousands of them: the page holds so many, says how many
 *         there are, leads to the next ones, and finds one by words of its name
 *         or address.  All of it works without scripts.
 */

#include "web/parts.h"

struct page_certificate;

enum { SITES_SHOWN = 20 };

/* Fills in what page->sites and its neighbours need.  Errors of
 * lookup_sites(). */
err certificate_sites(struct request *rq, const struct public_certificate *c,
                      struct page_certificate *page);

#endif
