#ifndef STORE_PASSAGES_H
#define STORE_PASSAGES_H

/*
 * passages -- the audit trail of the door: who came in, who failed to, and what
 * changed of how people prove who they are.
 *
 *   [PS1] It names people by id and says no login, name, network or mail; what
 *         somebody proves themselves with stands nowhere in it.
 *   [PS2] The numbers of `enum passage` are kept: one more goes to the end.
 */

#include "base/hash.h"
#include "store/rows.h"
#include "store/store.h"

enum passage {
    PASSAGE_IN,               /* a session is open */
    PASSAGE_WRONG_PASSWORD,   /* or an unknown login, which is nobody */
    PASSAGE_WRONG_CODE,       /* of the second factor, or a recovery code */
    PASSAGE_RECOVERY_USED,    /* a recovery code let them in */
    PASSAGE_OUT,              /* they left */
    PASSAGE_REVOKED,          /* a session was ended */
    PASSAGE_FACTOR_SET,       /* a second factor counts from now on */
    PASSAGE_FACTOR_REMOVED,   /* .. or none does */
    PASSAGE_PASSWORD_CHANGED, /* by who knew the old one */
    PASSAGE_RESET_ASKED,      /* a ticket was handed out for it */
    PASSAGE_PASSWORD_RESET,   /* .. and used */
    PASSAGE_INVITED,          /* somebody who is nobody yet */
    PASSAGE_ACCEPTED,         /* .. and came */
    PASSAGE_REGISTERED,       /* with an enterprise of their own */
    PASSAGE_UNTIL_SET,        /* the last day of their access */
    PASSAGE_CONFIRMED,        /* an act, over the hash `about` */
    PASSAGE_COUNT,
};

struct passage_row {
    int64_t id; /* rising; set when read */
    int64_t at; /* microseconds UTC */
    id person;  /* about whom; zero: nobody we know */
    id actor;   /* who did it, where that is somebody else; else zero */
    str channel;
    enum passage what;
    struct hash about; /* zero but for PASSAGE_CONFIRMED */
};

err passage_add(struct tx *tx, const struct passage_row *row);

/* struct passage_row after id `after`, oldest first; at most `limit`,
 * 1..STORE_PAGE_MAX.  Of everybody, or of one. */
err passage_list(struct tx *tx, struct arena *a, int64_t after, int32_t limit,
                 struct list *out);
err passage_list_of(struct tx *tx, struct arena *a, id person, int64_t after,
                    int32_t limit, struct list *out);

/* The same before id `before`, the newest first. */
err passage_list_back(struct tx *tx, struct arena *a, int64_t before,
                      int32_t limit, struct list *out);
err passage_list_back_of(struct tx *tx, struct arena *a, id person,
                         int64_t before, int32_t limit, struct list *out);

#endif
