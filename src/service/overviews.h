#ifndef SERVICE_OVERVIEWS_H
#define SERVICE_OVERVIEWS_H

/*
 * overviews -- the registers of the body: lists over all cases, for its own
 * people to look through. [17065 7.8] [17065 7.12]
 *
 *   [OV1] Whoever may read no case but their own finds nothing in them; of
 *         their own enterprise people find nothing either, whatever else they
 *         are (domain/rights.h [RI2]).
 *   [OV2] A list goes on after a key, never after a count of rows.  What one
 *         may not read is taken out of its page, which is then shorter.
 *   [OV3] Levels are called as the package calls them that it was certified
 *         by (app.h [AP2]).
 */

#include "auth/session.h"
#include "domain/status.h"
#include "service/app.h"

enum { OVERVIEW_PAGE = 50 }; /* rows at once */

/* May `who` look through the registers at all? [OV1] */
bool overviews_open_to(const struct session *who);

/* A page of a list. */
struct overview {
    struct list found;
    str next; /* what to go on after; empty: that was all */
};

/* --- certificates -------------------------------------------------------- */

struct certificate_line {
    str number;
    str holder;
    str uscc;
    struct label scheme;
    struct label level;
    int32_t stars;
    enum certificate_status status; /* today */
    day from;
    day until; /* inclusive */
    str case_number;
    day surveillance; /* the next; DAY_NEVER: none */
};

struct certificate_wish {
    str scheme;      /* its name; empty: any */
    int32_t status;  /* today; -1: any */
    int32_t ends_in; /* days from today by which it ends; -1: whenever */
    str after;       /* number of the last one seen; empty: from the first */
};

/* struct certificate_line by number. */
err overview_of_certificates(struct app *app, struct arena *a,
                             const struct session *who, day today,
                             const struct certificate_wish *wish,
                             struct overview *out);

#endif
