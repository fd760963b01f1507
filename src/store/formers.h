#ifndef STORE_FORMERS_H
#define STORE_FORMERS_H

/*
 * formers -- names that once stood on a certificate and do no more: a
 * projection.
 *
 * Written in the tx that issues the certificate anew; can be made again from
 * the journals.
 */

#include "store/rows.h"
#include "store/store.h"

struct former_row {
    str number; /* of the certificate */
    int64_t n;  /* 1: the first it had */
    str holder;
};

/* Insert, or replace the row with this place.  ERR_CONFLICT
 * "store.constraint" when there is no such certificate. */
err former_put(struct tx *tx, const struct former_row *f);

/* None: before they are made again. */
err former_clear(struct tx *tx);

/* struct former_row, all of a certificate's, the first it had first. */
err former_list(struct tx *tx, struct arena *a, str number, struct list *out);

/* The newest of a certificate's that holds `words`, as certificate_search()
 * reads them; *found says whether there is one. */
err former_newest(struct tx *tx, struct arena *a, str number, str words,
                  struct former_row *out, bool *found);

#endif
