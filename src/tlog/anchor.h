#ifndef TLOG_ANCHOR_H
#define TLOG_ANCHOR_H

/*
 * anchor -- the newest signed checkpoint, kept in a file of its own: what a
 * store that was restored from an old copy is found out by. [T2] [T3]
 *
 *   [AN1] It is on disk before anybody can read the checkpoint from the store,
 *         and after the entries that it covers: whenever the power fails, the
 *         store has what the anchor says, or somebody has put back an old one.
 *   [AN2] It never goes back to a smaller size.
 *   [AN3] A file that the log's key has not signed is not believed, and nothing
 *         is signed while it is there.
 *
 * A second file of the form has what a witness showed when it differed: a
 * checkpoint of the log's own key that the store does not continue.  It is
 * there from the day this was found out, and [AN3] holds for it as well.
 */

#include "base/err.h"
#include "merkle/checkpoint.h"

struct arena;
struct file_ops;
struct tlog_key;

struct tlog_anchor {
    struct file_ops *files;
    str path;
};

/* What it says; *found is false when there is no file yet.  ERR_CORRUPT
 * "tlog.anchor" (path) [AN3]. */
err anchor_read(const struct tlog_anchor *n, struct arena *a,
                const struct tlog_key *key, struct checkpoint_body *out,
                bool *found);

/* Keep this note from now on [AN1] [AN2]; that it is newer is for the caller to
 * see. */
err anchor_keep(const struct tlog_anchor *n, struct arena *a, str note);

#endif
