#ifndef TLOG_OWN_H
#define TLOG_OWN_H

/*
 * own -- the keys of one log: the newest that signs, and those before it.
 *
 *   [OW1] While the log changes its key both sign each checkpoint, so whoever
 *         knows either of them can verify it: a note may have several
 *         signatures, and the name of each key is the log's.
 *   [OW2] What any of them has signed stays the log's own, as long as the tree
 *         continues it.
 */

#include "merkle/checkpoint.h"
#include "tlog/tlog.h"

/* The checkpoint of this size and root, signed by each that signs. [OW1] */
err own_sign(struct arena *a, const struct tlog_key *key, int64_t size,
             const struct hash *root, str *note);

/* Is it one of this size and root, signed by one of them? [OW2]  ERR_MEMORY. */
err own_valid(struct arena *a, const struct tlog_key *key, str note,
              int64_t size, const struct hash *root, bool *valid);

/* What a checkpoint says that one of them signed; errors as
 * note_checkpoint_open() by the newest. */
err own_open(struct arena *a, const struct tlog_key *key, str note,
             struct checkpoint_body *out);

#endif
