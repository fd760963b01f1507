#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

/*
 * totp -- one-time passwords of the time (RFC 6238) as telephones make them:
 * HMAC-SHA-1, six digits, a step of 30 seconds.  Computed by liboath.
 *
 *   [TP1] A code of the step before or after is taken, too: clocks differ.
 *   [TP2] A step that was used, and any before it, is not: whoever looks over a
 *         shoulder, or replays, comes too late.
 *   [TP3] Codes are compared in constant time.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
    TOTP_SECRET_BYTES = 20, /* RFC 4226, section 4 */
    TOTP_SECONDS = 30,
    TOTP_DIGITS = 6,
    TOTP_DRIFT = 1, /* steps [TP1] */
};

/* The step that a time, in microseconds since 1970, is in. */
int64_t totp_step(int64_t micros);

/* The code of a step, 0 or later, and a NUL. */
void totp_code(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t step,
               char out[static TOTP_DIGITS + 1]);

/*
 * Is `code`, as typed, right at `micros` and of a step after `last` [TP2]?
 * Blanks between its digits do not matter.  Then *step is the one to keep as
 * used; else it is untouched.
 */
bool totp_check(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t micros,
                int64_t last, str code, int64_t *step);

/* The secret as people type it where they cannot scan: base32. */
err totp_secret_text(struct arena *a,
                     const uint8_t secret[static TOTP_SECRET_BYTES], str *out);

/* "otpauth://totp/.." for a QR code; `issuer` and `login` may be any text. */
err totp_uri(struct arena *a, const uint8_t secret[static TOTP_SECRET_BYTES],
             str issuer, str login, str *out);

#endif
