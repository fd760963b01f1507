#ifndef AUTH_CALENDAR_LINK_H
#define AUTH_CALENDAR_LINK_H

/*
 * calendar_link -- who reads a calendar by a secret address.
 *
 * Calendar programs cannot log in: they are given an address and fetch it.  So
 * the address is the secret (docs/decisions/calendar-by-secret-address.md):
 *
 *   token = base64url(id of the row, 16 bytes || secret, 32 bytes)
 *
 *   [SA1] What is kept is the SHA-256 of the token's bytes; a random secret of
 *         256 bits needs no slow hash.
 *   [SA2] The row is found by its id, which is no secret; what is kept is then
 *         compared in constant time.
 *   [SA3] A token that is malformed, unknown, revoked or wrong, and one of
 *         somebody who left or whose last day is over, are refused in the same
 *         words, which name nothing.
 *   [SA4] Whoever reads by one is the person it was made for, with the roles
 *         they have today.
 */

#include "auth/session.h"
#include "store/calendars.h"

enum {
    CALENDAR_SECRET_BYTES = 32,
    CALENDAR_TOKEN_BYTES = 16 + CALENDAR_SECRET_BYTES,
    CALENDAR_TOKEN_TEXT = CALENDAR_TOKEN_BYTES / 3 * 4, /* no NUL counted */
};

/* The token of row->id and a random secret, and in row->secret what is to be
 * kept of it. */
err calendar_link_token(struct arena *a,
                        const uint8_t secret[static CALENDAR_SECRET_BYTES],
                        struct calendar_row *row, str *token);

/* [SA2] ERR_NOT_FOUND "calendar.none" [SA3]. */
err calendar_link_open(struct tx *tx, struct arena *a, str token, day today,
                       struct calendar_row *row, struct session *out);

/* [SA3] */
err calendar_link_none(struct arena *a);

#endif
