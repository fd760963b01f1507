#ifndef MERKLE_TLOG_PROOF_H
#define MERKLE_TLOG_PROOF_H

/*
 * tlog_proof -- that an entry is in a log, in one file that needs nothing else
 * but keys to check it (C2SP tlog-proof@v1, ".tlog-proof").
 *
 *     c2sp.org/tlog-proof@v1
 *     extra BASE64              optional; not vouched for by anybody
 *     index 73894
 *     gSKyXoYZ..=               the path, from the leaf's brother to the root
 *
 *     register.example/log      the checkpoint, word for word
 *     ..
 *
 *   [TP1] A proof has exactly one text.
 *   [TP2] It proves an entry only to whoever has its bytes, or their hash; it
 *         does not hold them.
 */

#include "base/err.h"
#include "merkle/policy.h"
#include "merkle/proof.h"

struct arena;

enum { TLOG_PROOF_BYTES_MAX = 2 << 20 };

struct tlog_proof {
    bool has_extra;
    str extra; /* bytes; nobody signed them */
    uint64_t index;
    struct merkle_proof path;
    str checkpoint; /* a note */
};

/* ERR_LIMIT "buf.limit". */
err tlog_proof_write(struct arena *a, const struct tlog_proof *p, str *out);

/* What tlog_proof_write() wrote, and nothing else; the checkpoint is not looked
 * into yet.  ERR_INVALID "proof.form" (line), counted from 1; ERR_LIMIT
 * "proof.long" (limit). */
err tlog_proof_read(struct arena *a, str text, struct tlog_proof *out);

/*
 * Does it prove to whoever trusts `policy` that the entry with this leaf hash
 * is in the log?  Errors as policy_check(), ERR_INVALID "proof.path" (index,
 * size) when the path does not lead from the leaf to the root, "proof.quorum"
 * (count) when too few witnesses have cosigned.
 */
err tlog_proof_check(struct arena *a, const struct tlog_proof *p,
                     const struct hash *leaf, const struct trust_policy *policy,
                     struct policy_seen *out);

#endif
