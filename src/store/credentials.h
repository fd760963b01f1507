#ifndef STORE_CREDENTIALS_H
#define STORE_CREDENTIALS_H

/*
 * credentials -- what was signed for strangers of each certificate and
 * sub-certificate, in the tx that issued or changed it.
 *
 *   [CD1] A row is added and never changed: a certificate that is reworded gets
 *         another, with the next serial and an index of its own.
 *   [CD2] An index is drawn once in the life of an installation.
 *   [CD3] It is no projection: the journal has the digest only, and what is
 *         lost here cannot be signed as it was.
 */

#include "store/rows.h"
#include "store/store.h"

struct credential_row {
    str number;         /* of the certificate or sub-certificate */
    int64_t serial;     /* 1, 2, 3 .. of that number */
    struct hash digest; /* of what json and jwt both say */
    int64_t index;      /* in the status lists, all of them laid end to end */
    str json;           /* application/vc */
    str jwt;            /* application/vc+jwt */
    str qr;             /* the text of the code on the paper */
    int64_t key;        /* serial of the key that signed */
    int64_t at;         /* when, microseconds UTC */
};

/* ERR_CONFLICT "store.constraint" when its serial or its index is taken.  One
 * that is put aside (aside.h) goes by its number and its index there, and
 * everything that follows here knows of it. */
err credential_put(struct tx *tx, const struct credential_row *c);

/* *found says whether there is one; `out` is untouched when not. */
err credential_get(struct tx *tx, struct arena *a, str number, int64_t serial,
                   struct credential_row *out, bool *found);
err credential_newest(struct tx *tx, struct arena *a, str number,
                      struct credential_row *out, bool *found);

/* struct credential_row after index `after` (first: -1), by index, at most
 * `limit`, 1..STORE_PAGE_MAX. */
err credential_list(struct tx *tx, struct arena *a, int64_t after,
                    int32_t limit, struct list *out);
err credential_list_of_key(struct tx *tx, struct arena *a, int64_t key,
                           int64_t after, int32_t limit, struct list *out);

/* The highest index that was drawn; -1: none. */
err credential_last_index(struct tx *tx, int64_t *out);
err credential_index_taken(struct tx *tx, int64_t index, bool *taken);

err credential_count(struct tx *tx, int64_t *out);

/* How what it speaks of stands. */
struct credential_standing {
    int64_t index;
    str number;
    int64_t at;       /* when it was signed */
    int64_t replaced; /* when the next one was; INT64_MAX: it is the newest */
    id certificate;   /* stream of the main one */
    int32_t status;   /* of that, as struct certificate_row has it */
    day status_since;
    day suspended_until;
    day valid_until;
    bool is_sub; /* and then of the sub-certificate: */
    day sub_issued;
    day sub_until;
    day sub_ended;   /* alone; DAY_NEVER: it did not */
    int64_t touched; /* when the certificate's newest event was recorded;
                        INT64_MIN: it has none */
};

/* struct credential_standing after index `after` up to and with `last`, by
 * index, at most `limit`, 1..STORE_PAGE_MAX.  ERR_CORRUPT "store.row"
 * (statement, column, row) when its certificate is not there. */
err credential_standings(struct tx *tx, struct arena *a, int64_t after,
                         int64_t last, int32_t limit, struct list *out);

/* What is another as soon as a certificate or a credential changes: all of that
 * is entered in the log. */
struct credential_stamp {
    int64_t entry;
    int64_t pending;
};
err credential_stamp(struct tx *tx, struct credential_stamp *out);

#endif
