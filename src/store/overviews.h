#ifndef STORE_OVERVIEWS_H
#define STORE_OVERVIEWS_H

/*
 * overviews -- lists over all cases, put together out of several projections
 * for those who look through them.
 *
 * Numbers of the trade are the domain's; texts that are read live in the arena
 * given.
 */

#include "store/rows.h"
#include "store/store.h"

/* A certificate, with its case and its next surveillance. */
struct certificate_overview {
    str number;
    id enterprise; /* zero: not one we know */
    str holder;
    str uscc;
    str scheme_id;
    struct hash scheme_hash; /* zero: imported */
    str level_id;
    int32_t stars;
    int32_t status; /* as recorded, 0..STATUS_LAST (certificates.h) */
    day status_since;
    day from;
    day until;        /* inclusive */
    str case_number;  /* empty: imported */
    day surveillance; /* DAY_NEVER: none falls due */
};

/* What is empty, or below zero, filters nothing. */
struct certificate_wanted {
    str scheme;
    int32_t status; /* on `today`, expiry counted in */
    day today;
    day ends_by; /* it still runs, and ends by this day */
};

/* struct certificate_overview by number, which is the key. */
err overview_certificates(struct tx *tx, struct arena *a,
                          const struct certificate_wanted *w,
                          const struct page *p, struct list *out);

/* The same of whoever has this social credit code. */
err overview_certificates_of(struct tx *tx, struct arena *a, str uscc,
                             const struct page *p, struct list *out);

struct enterprise_counts {
    id id;
    str uscc;
    str name;
    str province;
    str city;
    int64_t cases;
    int64_t running; /* certificates that run on the day */
    int64_t owed;    /* fen */
};

/* struct enterprise_counts by code, which is the key: of those whose name holds
 * `words`, or whose code is `code`; empty words: of all. */
struct enterprise_wanted {
    str words;
    str code;
    day today;
};
err overview_enterprises(struct tx *tx, struct arena *a,
                         const struct enterprise_wanted *w,
                         const struct page *p, struct list *out);

/* Something that waits in a case and is about money. */
struct due_overview {
    str case_number;
    id enterprise;
    str enterprise_name;
    int64_t number;
    day due; /* DAY_NEVER: none */
    int64_t amount;
};

/* struct due_overview of an enterprise's open invoices by day, case and number,
 * at most `limit`, 1..STORE_PAGE_MAX. */
err overview_dues_of(struct tx *tx, struct arena *a, id enterprise,
                     int32_t limit, struct list *out);

/* Whose load: of who has one of the roles and is here. */
struct load_wanted {
    int64_t roles;
    day today;
    struct {
        day from; /* both in */
        day to;
    } first, second;
};

struct auditor_load {
    str login;
    str name;
    int64_t first;  /* days they are planned for in that time, each day of a
                       plan of theirs */
    int64_t second; /* .. and in that */
    int64_t tasks;  /* that wait for them by name */
};

/* struct auditor_load by login, which is the key. */
err overview_load(struct tx *tx, struct arena *a, const struct load_wanted *w,
                  const struct page *p, struct list *out);

#endif
