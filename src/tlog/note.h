#ifndef TLOG_NOTE_H
#define TLOG_NOTE_H

/*
 * note -- signed checkpoints in the forms others read (C2SP signed-note
 * v1.0.0, tlog-checkpoint v1.0.0).
 *
 *     register.example/log        origin, and the name of the key
 *     42                          size
 *     CsUYapGG..=                 root, base64
 *                                 an empty line
 *     — register.example/log Az3.. key id and signature, base64
 *
 *   [NT1] The signature is over the text with its last newline, without the
 *         empty line.  key id = SHA-256(name || 0x0A || 0x01 || key)[0..4].
 *   [NT2] A name has no blank, no plus sign and no control character.
 */

#include "base/err.h"
#include "codec/record.h"
#include "crypto/sign.h"

struct arena;

/* ERR_INVALID "note.name" (name) by [NT2]. */
err note_checkpoint(struct arena *a, str origin, const struct sign_key *key,
                    int64_t size, const struct hash *root, str *out);

/* "NAME+HEX KEY ID+BASE64 KEY", the verifier key; errors as above. */
err note_vkey(struct arena *a, str name,
              const uint8_t public[static SIGN_PUBLIC_BYTES], str *out);

/* Is `note` the checkpoint of this size and root, signed by that key?  Other
 * signatures beside it do not matter. */
err note_checkpoint_valid(struct arena *a, str note, str name,
                          const uint8_t public[static SIGN_PUBLIC_BYTES],
                          int64_t size, const struct hash *root, bool *valid);

#endif
