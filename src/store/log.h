#ifndef STORE_LOG_H
#define STORE_LOG_H

/*
 * log -- where the transparency log is kept; what it means is room tlog's.
 *
 *   [LG1] An act leaves its leaf in log_pending within its own tx; only the
 *         sequencer, holding LOG_LOCK, moves leaves into log_entry.
 *   [LG2] Entries are 0, 1, 2 .. and neither they, nor nodes, nor checkpoints
 *         are ever changed: a second write of the same place is
 *         ERR_CONFLICT "store.constraint".
 *
 * What is read lives in the arena given.
 */

#include "store/store.h"

struct arena;

#define LOG_LOCK INT64_C(0x74656e7374617201) /* for tx_lock() */

enum { LOG_LEAF_MAX = 65535 }; /* bytes; entry bundles hold no longer one */

struct log_pending_row {
    int64_t id;  /* rising, with gaps; set when read */
    int64_t at;  /* microseconds UTC */
    str subject; /* what it is about: "certificate/71223SC0002R0S" */
    str leaf;    /* bytes */
};

struct log_entry_row {
    int64_t index;
    int64_t at;
    str subject;
    str leaf;
    struct hash leaf_hash;
};

struct log_checkpoint_row {
    int64_t size; /* entries it covers */
    struct hash root;
    str note; /* the signed note */
    int64_t at;
};

struct log_cosignature_row {
    int64_t size; /* of the checkpoint */
    str witness;  /* its verifier key */
    str line;     /* the signature line, with its newline */
    int64_t at;   /* the witness's own time */
};

struct log_cosigned_row {
    int64_t size; /* of the checkpoint */
    int64_t witnesses;
};

/* ERR_LIMIT "log.leaf" (size, most). */
err log_pending_add(struct tx *tx, const struct log_pending_row *p);

/* struct log_pending_row, oldest first, after id `after` (0: from the first),
 * at most `limit`, 1..STORE_PAGE_MAX; the second, of one subject only. */
err log_pending_list(struct tx *tx, struct arena *a, int64_t after,
                     int32_t limit, struct list *out);
err log_pending_list_of_subject(struct tx *tx, struct arena *a, str subject,
                                int64_t after, int32_t limit, struct list *out);
err log_pending_remove(struct tx *tx, int64_t pending);

/* How many entries there are. */
err log_size(struct tx *tx, int64_t *out);
err log_entry_add(struct tx *tx, const struct log_entry_row *e);

/* struct log_entry_row from index `from` on, at most `limit`. */
err log_entry_list(struct tx *tx, struct arena *a, int64_t from, int32_t limit,
                   struct list *out);
err log_entry_list_of_subject(struct tx *tx, struct arena *a, str subject,
                              int64_t from, int32_t limit, struct list *out);

/* The same before index `before`, newest first. */
err log_entry_list_back(struct tx *tx, struct arena *a, int64_t before,
                        int32_t limit, struct list *out);
err log_entry_list_back_of_subject(struct tx *tx, struct arena *a, str subject,
                                   int64_t before, int32_t limit,
                                   struct list *out);

/* Of the entries with this leaf hash the one after `before` others;
 * ERR_NOT_FOUND "store.missing". */
err log_entry_by_hash(struct tx *tx, struct arena *a, const struct hash *leaf,
                      int64_t before, struct log_entry_row *out);

/* How many there are with it. */
err log_entry_count_of_hash(struct tx *tx, const struct hash *leaf,
                            int64_t *out);

/* The hash of a whole subtree of 2^level leaves. */
err log_node_add(struct tx *tx, int32_t level, int64_t index,
                 const struct hash *hash);

/* *found is false, *out untouched, when it is not there. */
err log_node_get(struct tx *tx, int32_t level, int64_t index, struct hash *out,
                 bool *found);

/* struct hash of one level from `index` on, at most `limit`. */
err log_node_list(struct tx *tx, struct arena *a, int32_t level, int64_t index,
                  int32_t limit, struct list *out);

err log_checkpoint_add(struct tx *tx, const struct log_checkpoint_row *c);

/* The largest; *found is false, *out untouched, when there is none. */
err log_checkpoint_last(struct tx *tx, struct arena *a,
                        struct log_checkpoint_row *out, bool *found);

/* The one of this size; ERR_NOT_FOUND "store.missing". */
err log_checkpoint_get(struct tx *tx, struct arena *a, int64_t size,
                       struct log_checkpoint_row *out);

/* The smallest that covers entry `index`; likewise. */
err log_checkpoint_covering(struct tx *tx, struct arena *a, int64_t index,
                            struct log_checkpoint_row *out);

/* One that is there already stays as it is. */
err log_cosignature_add(struct tx *tx, const struct log_cosignature_row *c);

/* struct log_cosignature_row of a checkpoint, oldest first, at most `limit`. */
err log_cosignature_list(struct tx *tx, struct arena *a, int64_t size,
                         int32_t limit, struct list *out);

/* struct log_cosigned_row of checkpoints that cover entry `index` and that
 * witnesses have cosigned, newest first, at most `limit`. */
err log_cosigned_list(struct tx *tx, struct arena *a, int64_t index,
                      int32_t limit, struct list *out);

#endif
