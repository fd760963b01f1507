#ifndef STORE_REPORTS_H
#define STORE_REPORTS_H

/*
 * reports -- what the public reported of certificates and of the mark, and what
 * became of it.
 *
 * Kinds are the service's; texts that are read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

enum { REPORTED_KIND_LAST = 4 };

enum reported_standing {
    REPORTED_OPEN,
    REPORTED_CLOSED, /* by words that say why */
    REPORTED_TAKEN,  /* over into a case */
};

struct reported_row {
    str number; /* "R2026-0001" */
    int32_t kind;
    str certificate; /* empty: unknown */
    str place;
    day seen; /* DAY_NEVER: not said */
    str words;
    str reporter; /* a box; empty: not said */
    day filed;
    enum reported_standing standing;
    day ended;
    id ended_by; /* only to be written */
    str why;
    str case_number; /* that took it over; empty: none */
    /* only where it is read: */
    str ended_name;
    id enterprise; /* whose certificate it is; zero: none we know */
    str holder;    /* empty likewise */
    str of_case;   /* the case of that certificate; empty: none we know */
};

/* A new one, open: of the first eight. */
err reported_put(struct tx *tx, const struct reported_row *row);

/* It ends, from standing to case_number.  ERR_CONFLICT "store.changed" unless
 * one of this number is open. */
err reported_end(struct tx *tx, const struct reported_row *row);

/* ERR_NOT_FOUND "store.missing". */
err reported_get(struct tx *tx, struct arena *a, str number,
                 struct reported_row *out);

/* After which row a list goes on; an empty number: from its start. */
struct reported_key {
    int64_t turn; /* reported_turn() */
    str number;
};

/* In which turn a row comes among those that are open, or done. */
int64_t reported_turn(const struct reported_row *row);

/* struct reported_row: of those that are open, by the day they were filed; or
 * of those that are done, the newest end first.  At most `limit`,
 * 1..STORE_PAGE_MAX. */
struct reported_page {
    bool done;
    int32_t limit;
    struct reported_key after;
};
err reported_list(struct tx *tx, struct arena *a, const struct reported_page *p,
                  struct list *out);

err reported_count_open(struct tx *tx, int64_t *out);

#endif
