#ifndef TLOG_STORED_H
#define TLOG_STORED_H

/* stored -- the tree as merkle/ reads it: whole subtrees, out of the store. */

#include "merkle/proof.h"
#include "store/store.h"

struct stored {
    struct merkle_source source; /* for merkle_root_read() and its like */
    struct tx *tx;
};

/* For as long as the tx.  A subtree that is not there is ERR_CORRUPT
 * "tlog.damaged" (size). */
struct stored stored_tree(struct tx *tx);

/* The hash of the whole subtree of 2^level leaves at `index`. */
err stored_node(struct tx *tx, int32_t level, int64_t index, struct hash *out);

/* The root over the first `size` leaves. */
err stored_root(struct tx *tx, int64_t size, struct hash *out);

/* ERR_CORRUPT "tlog.damaged" (size). */
err stored_damaged(struct tx *tx, int64_t size);

#endif
