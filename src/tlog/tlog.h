#ifndef TLOG_TLOG_H
#define TLOG_TLOG_H

/*
 * tlog -- the transparency log: everything we ever signed, in order.
 *
 * Entries are the leaves of a Merkle tree (merkle/).  By publishing its signed
 * root we let anyone check that we never changed or dropped an entry.
 *
 *   [T1] Entry i never changes once it has its index.
 *   [T2] The size never shrinks, not even across a restart or a restore.
 *   [T3] Every checkpoint we signed is a prefix of the tree we have now; a log
 *        in which that does not hold signs nothing.
 *   [T4] An act's transaction enters the leaf without index; the one sequencer
 *        gives indices in the order of entry.
 *
 * Threads: tlog_enter() in any write tx; the others one at a time, which
 * LOG_LOCK of store/log.h ensures.
 */

#include "base/err.h"
#include "base/str.h"
#include "store/store.h"

#include <stdint.h>

struct arena;
struct checkpoint_body;
struct log_pending_row;
struct note_key;
struct tlog_anchor;

/* A key of the log before the newest (tlog/own.h). */
struct tlog_former {
    uint8_t public[32];
    bool signs;       /* along with the newest, until that change is over */
    uint8_t seed[32]; /* if so; wiped by the owner */
};

struct tlog_key {
    str origin;       /* the log's name, "register.example/log" */
    uint8_t seed[32]; /* of its newest Ed25519 key; wiped by the owner */
    const struct tlog_anchor *anchor; /* what was signed last, outside of the
                                         store; NULL: kept nowhere */
    const struct tlog_anchor *shown;  /* what a witness showed that this store
                                         does not continue; likewise */
    const struct tlog_former *formers;
    size_t former_n;
};

struct checkpoint {
    int64_t size;
    struct hash root;
    str note; /* the signed note (C2SP signed-note) */
};

/* [T4] as part of the act's own tx. */
err tlog_enter(struct tx *tx, int64_t at, str subject, str leaf);

/* Asked for each leaf that waits, with the index it is about to get.  When it
 * refuses, its error is the sequencer's and nothing gets an index. */
struct tlog_taker {
    err (*take)(struct tx *tx, const struct log_pending_row *p, int64_t index,
                void *context);
    void *context;
};

/*
 * Give indices to what waits, at most `most` of it, as part of a write tx, each
 * leaf after `by` took it.  *done says how many.  ERR_CORRUPT "tlog.damaged"
 * when the stored tree does not continue its last checkpoint [T3], and as
 * tlog_check_anchor().
 */
err tlog_sequence(struct tx *tx, const struct tlog_key *key, int32_t most,
                  const struct tlog_taker *by, size_t *done);

/*
 * [T2] [T3] Does the tree continue this checkpoint, which the log's key has
 * signed?  ERR_CORRUPT "tlog.restored" (size, have) when there are fewer
 * entries, "tlog.forked" (size) when there are others.
 */
err tlog_check_known(struct tx *tx, const struct checkpoint_body *known);

/* .. and those that the key's anchors keep?  As well "tlog.anchor" (path). */
err tlog_check_anchor(struct tx *tx, const struct tlog_key *key);

/* The tree as it stands: what was given indices in one tx is signed in another,
 * which sees by it that nothing was changed in between. */
struct tlog_tree {
    int64_t size;
    struct hash root;
};
err tlog_tree(struct tx *tx, struct tlog_tree *out);

/* Does the tree continue this one?  ERR_CORRUPT "tlog.damaged" (size). */
err tlog_check_tree(struct tx *tx, const struct tlog_tree *known);

/*
 * Sign the tree as it stands, unless the newest checkpoint covers it already;
 * *out is the newest either way.  The anchor is written before the tx commits,
 * so every entry must have been committed before it began [AN1].  ERR_CORRUPT
 * "tlog.damaged" [T2] [T3], also when the newest is not signed by `key`, and as
 * tlog_check_anchor().
 */
err tlog_checkpoint(struct tx *tx, struct arena *a, const struct tlog_key *key,
                    int64_t at, struct checkpoint *out);

/* The newest signed checkpoint; size 0 and an empty note when there is none. */
err tlog_newest(struct tx *tx, struct arena *a, struct checkpoint *out);

/* The newest key that the log's notes are verified with; borrows the origin. */
err tlog_own_key(struct arena *a, const struct tlog_key *key,
                 struct note_key *out);

/* "NAME+HASH+KEY", the same as a text. */
err tlog_vkey(struct arena *a, const struct tlog_key *key, str *out);

/* That of the key before, while it signs along; else empty. */
err tlog_former_vkey(struct arena *a, const struct tlog_key *key, str *out);

/*
 * Read the whole log: every leaf's hash, every stored node, every checkpoint's
 * root and signature.  ERR_CORRUPT "tlog.entry" (index), "tlog.node" (level,
 * index), "tlog.checkpoint" (size), "tlog.damaged" when a checkpoint covers
 * entries that are not there; as tlog_check_anchor().  *size is the number of
 * entries.
 */
err tlog_verify(struct tx *tx, const struct tlog_key *key, int64_t *size);

#endif
