#include "auth/totp.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/base32.h"
#include "crypto/bytes.h"
#include "http/percent.h"

#include <liboath/oath.h>

enum { URI_MAX = 4000, SECRET_TEXT_MAX = 40 };

#define MICROS INT64_C(1000000)

int64_t totp_step(int64_t micros)
{
    return micros / (TOTP_SECONDS * MICROS);
}

void totp_code(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t step,
               char out[static TOTP_DIGITS + 1])
{
    check(step >= 0);
    /* It computes on these bytes alone, so it fails only when asked for more
     * digits than there are. */
    int failure = oath_hotp_generate((const char *)secret, TOTP_SECRET_BYTES,
                                     (uint64_t)step, TOTP_DIGITS, false,
                                     OATH_HOTP_DYNAMIC_TRUNCATION, out);
    check(failure == OATH_OK);
}

/* Its digits; false when something else, more or less was typed. */
static bool read_digits(str code, char out[static TOTP_DIGITS])
{
    size_t n = 0;

    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];

        if (c == ' ')
            continue;
        if (c < '0' || c > '9' || n == TOTP_DIGITS)
            return false;
        out[n++] = c;
    }
    return n == TOTP_DIGITS;
}

bool totp_check(const uint8_t secret[static TOTP_SECRET_BYTES], int64_t micros,
                int64_t last, str code, int64_t *step)
{
    int64_t now = totp_step(micros);
    char typed[TOTP_DIGITS];
    bool right = false;

    if (!read_digits(code, typed))
        return false;
    for (int64_t at = now - TOTP_DRIFT; at <= now + TOTP_DRIFT; at++) {
        char want[TOTP_DIGITS + 1];

        if (at <= last || at < 0)
            continue;
        totp_code(secret, at, want);
        if (bytes_equal(typed, want, TOTP_DIGITS)) {
            *step = at;
            right = true;
        }
        bytes_wipe(want, sizeof want);
    }
    return right;
}

err totp_secret_text(struct arena *a,
                     const uint8_t secret[static TOTP_SECRET_BYTES], str *out)
{
    struct buf b;

    buf_init(&b, a, SECRET_TEXT_MAX);
    base32_encode(&b, secret, TOTP_SECRET_BYTES);
    return buf_done(&b, out);
}

err totp_uri(struct arena *a, const uint8_t secret[static TOTP_SECRET_BYTES],
             str issuer, str login, str *out)
{
    struct buf b;

    buf_init(&b, a, URI_MAX);
    buf_str(&b, S("otpauth://totp/"));
    percent_encode(&b, issuer);
    buf_char(&b, ':');
    percent_encode(&b, login);
    buf_str(&b, S("?secret="));
    base32_encode(&b, secret, TOTP_SECRET_BYTES);
    buf_str(&b, S("&issuer="));
    percent_encode(&b, issuer);
    buf_printf(&b, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS,
               TOTP_SECONDS);
    return buf_done(&b, out);
}
