#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

/*
 * password -- Argon2id hashes of people's secrets (RFC 9106), one lane.
 *
 * They are kept in the PHC string form, which carries its salt and cost:
 *
 *   $argon2id$v=19$m=65536,t=2,p=1$SALT$HASH      base64 without padding
 *
 *   [PW1] What a hash costs stands in it, so the cost can be raised later and
 *         old hashes still be checked.
 *   [PW2] Comparison takes the same time wherever two hashes differ.
 *   [PW3] A stored text that asks for more than the greatest cost is refused
 *         before any of it is spent.
 *
 * The memory that Argon2 works in comes from libsodium, not from the arena;
 * libsodium frees it before these functions return.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
    PASSWORD_SALT_BYTES = 16,
    PASSWORD_HASH_BYTES = 32,
    PASSWORD_SECRET_MAX = 1024, /* bytes */
    PASSWORD_KIB_MIN = 8,
    PASSWORD_KIB_MAX = 1048576,
    PASSWORD_PASSES_MAX = 64,
};

struct password_cost {
    uint32_t kib;    /* memory: PASSWORD_KIB_MIN..PASSWORD_KIB_MAX */
    uint32_t passes; /* over it: 1..PASSWORD_PASSES_MAX */
};

/* What a log-in on a small server can bear: 64 MiB, two passes. */
#define PASSWORD_COST_NORMAL ((struct password_cost){ 65536, 2 })

/* The least Argon2 knows; for tests and demonstrations only. */
#define PASSWORD_COST_LEAST ((struct password_cost){ PASSWORD_KIB_MIN, 1 })

/*
 * The PHC string of `secret`, to keep; `salt` is 16 random bytes of its own.
 * A cost outside its range is a bug.  ERR_LIMIT "password.long" (limit),
 * ERR_MEMORY, also when the machine has not that much.
 */
err password_hash(struct arena *a, str secret,
                  const uint8_t salt[static PASSWORD_SALT_BYTES],
                  struct password_cost cost, str *out);

/*
 * *right says whether `secret` is the one that `kept` was made of; a secret
 * beyond PASSWORD_SECRET_MAX never is.  ERR_CORRUPT "password.form" when `kept`
 * is no string of the form above [PW3], ERR_MEMORY.
 */
err password_check(struct arena *a, str secret, str kept, bool *right);

/*
 * A key of `secret`, the same for the same salt and cost, to lock other keys
 * with; the caller wipes it.  A cost outside its range is a bug.  ERR_LIMIT
 * "password.long" (limit), ERR_MEMORY.
 */
err password_key(struct arena *a, str secret,
                 const uint8_t salt[static PASSWORD_SALT_BYTES],
                 struct password_cost cost,
                 uint8_t out[static PASSWORD_HASH_BYTES]);

/* The cost of two numbers as they are written; false when it is outside its
 * range [PW3]. */
bool password_cost_read(str kib, str passes, struct password_cost *out);

/* What checking `kept` costs, to tell whether it should be made anew.
 * ERR_CORRUPT "password.form". */
err password_cost_of(struct arena *a, str kept, struct password_cost *out);

#endif
