#ifndef STORE_TICKETS_H
#define STORE_TICKETS_H

/*
 * tickets -- what somebody was sent, to come in by: an invitation, the reset
 * of a password, the registration of an enterprise.
 *
 *   [TK1] Of a ticket its SHA-256 is kept; what is to become of it lies in a
 *         box that the store cannot open.
 *   [TK2] One that was used is gone, and with it what was in its box.
 */

#include "base/hash.h"
#include "store/store.h"

struct arena;

enum ticket_kind {
    TICKET_INVITE,
    TICKET_RESET,
    TICKET_REGISTER,
    TICKET_KINDS,
};

struct ticket_row {
    struct hash token; /* its hash */
    enum ticket_kind kind;
    id person;    /* whose password; zero: nobody is there yet */
    id made_by;   /* zero: whoever asked for it */
    int64_t made; /* microseconds UTC; so is .. */
    int64_t ends;
    str sealed; /* [TK1] may be empty */
};

err ticket_add(struct tx *tx, const struct ticket_row *row);

/* *found is false, *out untouched, when there is none. */
err ticket_get(struct tx *tx, struct arena *a, const struct hash *token,
               struct ticket_row *out, bool *found);

/* [TK2] ERR_CONFLICT "store.changed" when it is gone already. */
err ticket_use(struct tx *tx, const struct hash *token);

/* All of this kind that are the person's. */
err ticket_drop_of(struct tx *tx, id person, enum ticket_kind kind);

/* Those that ended at `now`. */
err ticket_drop_over(struct tx *tx, int64_t now);

#endif
