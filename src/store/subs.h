#ifndef STORE_SUBS_H
#define STORE_SUBS_H

/*
 * subs -- sub-certificates, one for each site of a certificate: a projection.
 *
 * Written in the tx that issues or ends one; can be made again from the
 * journals.  How one stands is not kept: it follows from the main one's row.
 */

#include "store/rows.h"
#include "store/store.h"

struct sub_row {
    str number; /* unique */
    str main;   /* number of the certificate it belongs to */
    int64_t n;  /* count under it, from 1 */
    str site;
    str address;
    str scope_zh; /* empty: the main one's */
    str scope_en;
    day issued;
    day valid_until; /* inclusive */
    day ended;       /* alone; DAY_NEVER: it did not */
};

/* Insert, or replace the row with this number.  ERR_CONFLICT
 * "store.constraint" when there is no main one, or its place is another's. */
err sub_put(struct tx *tx, const struct sub_row *s);

/* None: before they are made again. */
err sub_clear(struct tx *tx);

/* *found says whether there is one of this number. */
err sub_find(struct tx *tx, struct arena *a, str number, struct sub_row *out,
             bool *found);

/* struct sub_row, all of a certificate's by their count. */
err sub_list(struct tx *tx, struct arena *a, str main, struct list *out);

#endif
