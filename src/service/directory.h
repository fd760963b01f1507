#ifndef SERVICE_DIRECTORY_H
#define SERVICE_DIRECTORY_H

/*
 * directory -- everybody this body has certified, for anybody to look through.
 * [M25] [17065 7.8]
 *
 *   [DY1] It lists certificates, not those of their sites, by number; what may
 *         be known of each is what lookup.h says of one.
 *   [DY2] It goes on by the last number seen, never by a count of rows: what is
 *         issued meanwhile shifts nothing.
 *   [DY3] A filter that is empty filters nothing.  Words that are no text find
 *         nothing.
 */

#include "service/lookup.h"

enum { DIRECTORY_PAGE = 20 };

struct directory_filter {
    str scheme;     /* its name, "ten-star" */
    str level;      /* id of a level */
    int32_t status; /* enum certificate_status, as it is today; -1: any */
    str place;      /* part of the holder's province or city */
    str scope;      /* words of the certified scope: the goods, the service */
    str words;      /* of the holder's name; or its code or a number, in full */
};

struct directory_page {
    struct list found; /* struct public_certificate, DIRECTORY_PAGE at most */
    struct list left_out; /* struct left_out */
    str next;             /* what to go on after; empty: that was all */
};

/* The certificates after `after`, a number; empty: from the first. */
err directory_list(struct app *app, struct arena *a,
                   const struct directory_filter *f, day today, str after,
                   struct directory_page *out);

#endif
