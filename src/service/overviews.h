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
#include "service/cases.h"

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

/* --- enterprises --------------------------------------------------------- */

struct enterprise_line {
    str uscc;
    str name;
    str province;
    str city;
    int64_t cases;
    int64_t running; /* certificates that are neither over nor taken away */
    int64_t owed;    /* fen, of invoices that stand */
};

/* Those whose name holds `words`, or whose code it is; empty: all. */
struct enterprise_search {
    day today;
    str words;
    str after; /* the code of the last one seen; empty: from the start */
};

/* struct enterprise_line by social credit code. */
err overview_of_enterprises(struct app *app, struct arena *a,
                            const struct session *who,
                            const struct enterprise_search *search,
                            struct overview *out);

/* A document that was added to one of its cases; what was taken over from
 * another case stands once, where it was added. [M5] */
struct shared_document {
    str case_number;
    struct label requirement;
    str title;
    day added;
    day covers_from; /* both DAY_NEVER: about no period */
    day covers_to;
    int64_t uses; /* cases that took it over */
    struct hash content;
};

/* An invoice that stands and is not paid in full. */
struct open_invoice {
    str case_number;
    id enterprise;
    str enterprise_name;
    int64_t number; /* in its case */
    day due;
    int64_t amount; /* fen that are open */
};

/* One of them, as far as this much fits: OVERVIEW_PAGE of each. */
struct enterprise_overview {
    str uscc;
    str name;
    str name_en; /* may be empty */
    day registered;
    str province;
    str city;
    str address;
    str scope;
    int64_t owed;             /* fen, of `invoices` */
    struct list cases;        /* struct case_line by number */
    struct list certificates; /* struct certificate_line */
    struct list documents;    /* struct shared_document, by case */
    struct list invoices;     /* struct open_invoice by day */
};

/* ERR_NOT_FOUND "register.no_enterprise" (uscc), to whom may not read it as
 * well. */
err overview_of_enterprise(struct app *app, struct arena *a,
                           const struct session *who, day today, str uscc,
                           struct enterprise_overview *out);

/* --- auditors ------------------------------------------------------------ */

enum { OVERVIEW_AHEAD = 3 }; /* months of which the days planned are counted */

struct auditor_line {
    str login;
    str name;
    unsigned roles;
    bool left;
    struct qualification qualification;
    int64_t days; /* planned from today on, in the next OVERVIEW_AHEAD months */
};

/* struct auditor_line by login, of auditors and technical experts. */
err overview_of_auditors(struct app *app, struct arena *a,
                         const struct session *who, day today, str after,
                         struct overview *out);

struct auditor_booking {
    str case_number;
    str enterprise;
    day from;
    day to;
};

struct auditor_tie {
    str uscc;
    str enterprise;
    day until; /* its last day; DAY_NEVER: it goes on */
};

struct auditor_overview {
    struct auditor_line line;
    struct list bookings; /* struct auditor_booking from today on */
    bool shows_ties;      /* domain/rights.h, rights_may_read_ties() */
    struct list ties;     /* struct auditor_tie; none otherwise */
};

/* ERR_NOT_FOUND "register.no_auditor" (login). */
err overview_of_auditor(struct app *app, struct arena *a,
                        const struct session *who, day today, str login,
                        struct auditor_overview *out);

#endif
