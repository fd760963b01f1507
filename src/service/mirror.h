#ifndef SERVICE_MIRROR_H
#define SERVICE_MIRROR_H

/*
 * mirror -- the whole register and its log as files (verify/mirror.h), which
 * any web server or object store serves with no Tenstar behind it, and which
 * whoever reads them can check. [M24]
 *
 *   [MR1] What is there from the mirror before is written again only where
 *         something changed: parts of the register are compared by their
 *         hashes, not by their contents.
 *   [MR2] The log comes first, then the pieces, the index last: whenever it
 *         breaks off, the folder holds a whole mirror, the one before or the
 *         new one.
 *   [MR3] Pieces of the mirror before stay beside the new ones, for whoever
 *         has just read its index; older ones are removed.
 *   [MR4] A mirror is of the newest root, which is entered for it where
 *         something has changed or a day has begun (register_root.h).
 */

#include "service/register_root.h"

struct mirrored {
    struct rooted_mark mark;
    int64_t entries; /* of the log */
    int64_t pieces;  /* of the register, all .. */
    int64_t written; /* .. and those that were written */
    int64_t files;   /* of the log and the rest that were written */
    int64_t removed; /* old pieces [MR3] */
};

/*
 * Bring the mirror in `folder` up to now.  Errors of register_root(),
 * published_copy(), published_proof(), of register/book.h and sys/files.h.  An
 * index that cannot be read counts as none: then every piece is made.
 */
err mirror_make(struct sequencer *s, struct arena *a, day today, str folder,
                struct mirrored *out);

#endif
