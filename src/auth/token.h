#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

/*
 * token -- what somebody holds to be known by: a browser its session, whoever
 * was sent a mail the ticket in it.
 *
 *   token = base64url(32 random bytes)
 *
 *   [TO1] What is kept is the SHA-256 of those bytes, and the row is found by
 *         it.  A random 256 bits need no slow hash; and how long a look-up by
 *         hash takes tells nothing of the token.
 *   [TO2] A text that is no token is like one that nobody has.
 */

#include "base/err.h"
#include "base/hash.h"

#include <stdint.h>

enum {
    TOKEN_BYTES = 32,
    TOKEN_TEXT = 43, /* no NUL counted */
};

/* The text of random bytes, and what is to be kept of it. */
err token_make(struct arena *a, const uint8_t random[static TOKEN_BYTES],
               str *text, struct hash *kept);

/* What is kept of `text`; *valid is false, *kept untouched, for no token. */
err token_kept(struct arena *a, str text, struct hash *kept, bool *valid);

#endif
