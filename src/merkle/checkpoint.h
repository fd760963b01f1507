#ifndef MERKLE_CHECKPOINT_H
#define MERKLE_CHECKPOINT_H

/*
 * checkpoint -- what a log says of itself: its name, its size and the root of
 * its tree (C2SP tlog-checkpoint v1.0.0), as a signed note (note.h).
 *
 *   [NC1] A checkpoint has exactly one text.
 */

#include "base/err.h"
#include "base/hash.h"
#include "merkle/note.h"

struct arena;

/* What a checkpoint says. */
struct checkpoint_body {
    str origin;    /* the log's name: one line, not empty */
    uint64_t size; /* 0..MERKLE_SIZE_MAX */
    struct hash root;
    str extensions; /* whole lines, none of them empty; better left empty */
};

/* The text to be signed.  ERR_INVALID "checkpoint.origin" (origin),
 * "checkpoint.extension". */
err checkpoint_write(struct arena *a, const struct checkpoint_body *c,
                     str *out);

/* What checkpoint_write() wrote, and nothing else.  ERR_INVALID
 * "checkpoint.form" (line), counted from 1. */
err checkpoint_read(struct arena *a, str text, struct checkpoint_body *out);

/* The signed checkpoint of a log whose key bears its origin as name.  `size`
 * is that of a tree.  Errors as note_sign(). */
err note_checkpoint(struct arena *a, str origin, const struct sign_key *key,
                    int64_t size, const struct hash *root, str *out);

/* Is `note` a checkpoint of this size and root, signed by that key, whose name
 * is its origin?  Whatever is wrong with it, *valid is false; fails only with
 * ERR_MEMORY. */
err note_checkpoint_valid(struct arena *a, str note, const struct note_key *key,
                          int64_t size, const struct hash *root, bool *valid);

/* What the note of a checkpoint says that `key` signed, whose name is its
 * origin: ERR_INVALID as note_verify() and checkpoint_read(),
 * "checkpoint.origin_of" (origin, name) when it is another log's. */
err note_checkpoint_open(struct arena *a, str note, const struct note_key *key,
                         struct checkpoint_body *out);

/* --- the words these formats are made of -------------------------------- */

/* 0..MERKLE_SIZE_MAX in decimal digits without leading zeros. */
bool checkpoint_read_size(str s, uint64_t *out);

/* 32 bytes in base64; *valid is false when `s` is none.  ERR_MEMORY. */
err checkpoint_read_hash(struct arena *a, str s, struct hash *out, bool *valid);

#endif
