#ifndef AUTH_TICKET_H
#define AUTH_TICKET_H

/*
 * ticket -- what a mail brings: an invitation, the reset of a password, the
 * registration of an enterprise.  Whoever opens its address shows that they
 * read the mail.
 *
 *   [TI1] Each kind lasts as long as its reader needs, and the shorter the more
 *         it opens.
 *   [TI2] What becomes of it is sealed for this ticket, so no row of the store
 *         can be given other roles.
 *   [TI3] A ticket of one kind opens nothing of another.
 */

#include "auth/token.h"
#include "crypto/secret.h"
#include "store/tickets.h"

/* Microseconds. */
#define TICKET_INVITE_LASTS   (INT64_C(7) * 86400 * 1000000)
#define TICKET_RESET_LASTS    (INT64_C(3600) * 1000000)
#define TICKET_REGISTER_LASTS (INT64_C(2) * 86400 * 1000000)

/* Who an invitation makes them. */
struct invitation {
    str mail;      /* it was sent to; may be empty */
    int64_t roles; /* a set of ROLE_BIT()s */
    id enterprise; /* zero: of the body */
    day until;     /* the last day of their access; DAY_NEVER: it goes on */
};

/* An enterprise that wants to be registered, and by whom. */
struct registration {
    str mail;
    str uscc;
    str name;
    str name_en;
    day registered;
    str province;
    str city;
    str address;
    str scope;
    str contact_name;
    str contact_phone;
};

extern const struct record invitation_record;
extern const struct record registration_record;

/* [TI1] */
int64_t ticket_ends(enum ticket_kind kind, int64_t made);

/* Is it one of this kind, at `now`? [TI3] */
bool ticket_is_good(const struct ticket_row *row, enum ticket_kind kind,
                    int64_t now);

/* Where it is shown: "/invitation/TOKEN" and so on. */
err ticket_path(struct arena *a, enum ticket_kind kind, str token, str *out);

/* row->sealed of `from`, a struct as `r` says.  Errors of record_write(). */
err ticket_seal(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const uint8_t nonce[static SECRET_NONCE_BYTES],
                const struct record *r, const void *from,
                struct ticket_row *row);

/* ERR_CORRUPT "secret.altered" [TI2]. */
err ticket_open(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const struct record *r, const struct ticket_row *row,
                void *out);

#endif
