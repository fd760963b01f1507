#ifndef MERKLE_COSIGNATURE_H
#define MERKLE_COSIGNATURE_H

/*
 * cosignature -- what a witness says of a checkpoint: at this time it was the
 * largest it had seen of this log, and continued all that went before (C2SP
 * tlog-cosignature, Ed25519).
 *
 *     bytes:   time, 8 bytes, most significant first || signature, 64 bytes
 *     signed:  "cosignature/v1\n" "time SECONDS\n" and the whole text of the
 *              checkpoint, with its last newline
 *
 *   [CS1] A time is in seconds since 1970, below 2^63.
 */

#include "base/err.h"
#include "merkle/note.h"

enum {
    COSIGNATURE_TIME_BYTES = 8,
    COSIGNATURE_BYTES = COSIGNATURE_TIME_BYTES + SIGNATURE_BYTES,
};

/* The signature line of a witness, with its newline; `time` is 0 or more.
 * ERR_INVALID "note.name" (name); ERR_LIMIT "buf.limit". */
err cosignature_make(struct arena *a, str text, str name,
                     const struct sign_key *key, int64_t time, str *line);

/* Whether `bytes` (what follows the id) are that key's over this text.  Fails
 * only for want of memory: ERR_MEMORY, ERR_LIMIT. */
err cosignature_holds(struct arena *a, str text, const struct note_key *key,
                      str bytes, bool *out);

/* The time of such bytes that hold. */
int64_t cosignature_time(str bytes);

#endif
