#ifndef AUTH_RECOVERY_H
#define AUTH_RECOVERY_H

/*
 * recovery -- codes on paper, for whoever lost what makes their one-time
 * passwords.
 *
 *   code = base32(10 random bytes) in four groups, "ABCD-EFGH-IJKL-MNOP"
 *
 *   [RV1] What is kept is the SHA-256 of those bytes: 80 random bits need no
 *         slow hash.
 *   [RV2] Hyphens, blanks and small letters make no difference.
 */

#include "base/err.h"
#include "base/hash.h"

#include <stdint.h>

enum {
    RECOVERY_BYTES = 10,
    RECOVERY_CODES = 10, /* handed out at once */
};

err recovery_text(struct arena *a, const uint8_t random[static RECOVERY_BYTES],
                  str *text, struct hash *kept);

/* What is kept of a code as typed [RV2]; *valid is false for what is none. */
err recovery_kept(struct arena *a, str typed, struct hash *kept, bool *valid);

#endif
