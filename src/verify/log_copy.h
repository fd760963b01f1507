#ifndef VERIFY_LOG_COPY_H
#define VERIFY_LOG_COPY_H

/*
 * log_copy -- a whole transparency log, as somebody else keeps it in files
 * (`tenstar log export`), read from its first entry to its last.
 *
 *   [LC1] The root is computed from the entries themselves; the tiles of hashes
 *         are not needed, and not believed.  So each entry that is found is in
 *         the log, and none about a certificate was left out.
 *   [LC2] How far a copy reaches is said by those who have cosigned its
 *         checkpoint; without witnesses only its newest entry says it, so a
 *         copy that is out of date looks like a log in which nothing happened.
 *   [LC3] Kept are the entries about one certificate, and those about keys.
 *   [LC4] A tile of hashes that is there is what its entries give: others go by
 *         them, and a copy that misleads those is not whole.
 *
 *     log_copy_begin(&c, a, policy, note, number);
 *     while (log_copy_next(&c, &tile)) {        a bundle to read
 *         log_copy_add(&c, &scratch, bytes);
 *         for (level = 0; level < LOG_COPY_LEVELS; level++)
 *             if (log_copy_tile(&c, level, &tile))   to be read, if it is there
 *                 log_copy_compare(&c, tile, bytes);
 *     }
 *     log_copy_end(&c);
 */

#include "merkle/policy.h"
#include "merkle/tile.h"
#include "merkle/tree.h"
#include "verify/entry.h"

enum {
    LOG_COPY_BUNDLE_MAX = 256 * (2 + ENTRY_BYTES_MAX),
    LOG_COPY_TILE_MAX = TILE_WIDTH * 32,
    LOG_COPY_LEVELS = 8, /* of tiles, in a tree of MERKLE_SIZE_MAX */
};

struct log_found {
    uint64_t index;
    struct log_entry entry;
    struct log_found *next;
};

struct log_copy {
    struct arena *a;
    struct policy_seen seen; /* whose log, how large, who cosigned */
    struct merkle_edge edge;
    struct hash *tiles[LOG_COPY_LEVELS]; /* the newest of each level, as far as
                                            it goes; NULL: none yet */
    struct tile misfit;      /* the first that does not fit; width 0: none */
    str number;              /* the certificate asked for; empty: none */
    struct log_found *about; /* it, oldest first */
    struct log_found *last_about;
    struct log_found *keys; /* the body's, oldest first */
    struct log_found *last_key;
    day as_of; /* [LC2]; DAY_MIN: an empty log */
};

/* `note` is the checkpoint.  Errors as policy_check(); ERR_INVALID
 * "proof.quorum" (count) when too few witnesses have cosigned. */
err log_copy_begin(struct log_copy *c, struct arena *a,
                   const struct trust_policy *policy, str note, str number);

/* The next bundle of entries; false when there is no more. */
bool log_copy_next(const struct log_copy *c, struct tile *out);

/* The bytes of that bundle.  `scratch` may be reset between two calls; what is
 * kept is copied [LC3].  ERR_INVALID "log_copy.bundle" (index) when they are
 * not as many entries as they should be; as entry_read(). */
err log_copy_add(struct log_copy *c, struct arena *scratch, str bytes);

/* The tile of hashes of this level that the bundle added last has filled, or
 * that it ends in when it is the last one; false: none. */
bool log_copy_tile(const struct log_copy *c, int level, struct tile *out);

/* The bytes of that tile.  What is wrong with them log_copy_end() says: it may
 * as well be the entries that are. [LC4] */
void log_copy_compare(struct log_copy *c, struct tile t, str bytes);

/* ERR_INVALID "log_copy.root" (size) when the entries are not those that the
 * checkpoint stands for; "log_copy.tile" (path) when a tile does not fit them,
 * the first. */
err log_copy_end(struct log_copy *c);

/* Is the key of this use, serial and public key in the log, in use on `on`?
 * ERR_NOT_FOUND "log_copy.key" (key) when it is not there, ERR_INVALID
 * "log_copy.key_lost" (key, since) when it was given up as compromised. */
err log_copy_check_key(const struct log_copy *c, str name,
                       const uint8_t public[static SIGN_PUBLIC_BYTES]);

/* Is this, as DER (SubjectPublicKeyInfo), one of the body's keys for documents?
 * *name is what the log calls it, "pdf-1".  `seen` is the day by which somebody
 * else saw the signature, DAY_NEVER: nobody did.  ERR_NOT_FOUND
 * "log_copy.no_papers" when the log has no such keys at all; ERR_INVALID
 * "log_copy.paper_key" when it has others, "log_copy.key_lost" (key, since)
 * when it was given up as compromised before that day. */
err log_copy_check_paper(const struct log_copy *c, str key, day seen,
                         str *name);

#endif
