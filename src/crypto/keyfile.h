#ifndef CRYPTO_KEYFILE_H
#define CRYPTO_KEYFILE_H

/*
 * keyfile -- how keys lie in files, as functions of bytes.
 *
 * One master key locks all others, so a new passphrase changes one file only.
 * The master itself lies open, or locked by a passphrase:
 *
 *     5f0c..                                    open: 32 bytes as hexadecimal
 *
 *     tenstar-key argon2id m=65536,t=2 SALT BOX locked; a key under the master:
 *     tenstar-key sealed BOX
 *
 *   [KF1] A box is secret.h's.  What it is for ("keys/qr-1.key", say) is bound
 *         to it, so no key can be put in another's place.
 *   [KF2] What costs more than the greatest cost of password.h is refused
 *         before it is spent.
 *   [KF3] A key that lies open, as installations of before had it, is read as
 *         well; nothing writes one but keyfile_open_text().
 */

#include "base/err.h"
#include "crypto/password.h"
#include "crypto/secret.h"

struct arena;

enum {
    KEYFILE_SECRET_MAX =
        8192, /* bytes of a key: RSA as PKCS #8 is the longest */
    KEYFILE_TEXT_MAX = 2 * (KEYFILE_SECRET_MAX + SECRET_EXTRA_BYTES) + 200,
};

/* The key all others are locked with; the owner wipes it. */
struct master_key {
    uint8_t b[SECRET_KEY_BYTES];
};

/* What locking draws by chance. */
struct keyfile_chance {
    uint8_t salt[PASSWORD_SALT_BYTES];
    uint8_t nonce[SECRET_NONCE_BYTES];
};

/* The master, open; also a text of keyfile_master_read(). */
err keyfile_open_text(struct arena *a, const struct master_key *m, str *out);

/* The master, locked by a passphrase.  ERR_LIMIT "password.long" (limit);
 * ERR_MEMORY. */
err keyfile_lock(struct arena *a, const struct master_key *m, str passphrase,
                 struct password_cost cost, const struct keyfile_chance *chance,
                 str *out);

/* Is this the text of a locked master? */
bool keyfile_is_locked(str text);

/*
 * The master of such a text.  ERR_DENIED "keyfile.passphrase_needed" when it is
 * locked and the passphrase is empty, "keyfile.passphrase_wrong" when it is
 * another; ERR_CORRUPT "keyfile.form" [KF2]; ERR_MEMORY.
 */
err keyfile_master_read(struct arena *a, str text, str passphrase,
                        struct master_key *out);

/* A key under the master.  ERR_LIMIT "secret.long" (limit), ERR_MEMORY. */
err keyfile_write(struct arena *a, const struct master_key *m, str about,
                  const uint8_t nonce[static SECRET_NONCE_BYTES], str secret,
                  str *out);

/* Such a key, or an open one of 32 bytes [KF3]; the caller wipes it.
 * ERR_CORRUPT "keyfile.form", "secret.altered". */
err keyfile_read(struct arena *a, const struct master_key *m, str about,
                 str text, str *out);

#endif
