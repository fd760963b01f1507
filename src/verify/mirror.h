#ifndef VERIFY_MIRROR_H
#define VERIFY_MIRROR_H

/*
 * mirror -- the whole register as files that anybody may keep and serve, and
 * that everybody can check: the register's Merkle map (verify/holder.h [HP2]),
 * cut into pieces.
 *
 *     register.json              the index: which entry of the log, which top
 *     register/AB/ABCD..         pieces, named by the SHA-256 of their bytes,
 *                                each one compressed by gzip
 *     checkpoint, tile/..        the log itself
 *     index.html, did.json ..    a page that looks numbers up, the body's keys
 *
 * A piece is text.  A leaf piece has what is said under each of its keys, a
 * JSON document a line, in the order of the keys.  A branch has 256 lines, one
 * for each byte that a key may go on with: "0" where there is nothing, else how
 * many pairs (1, or 2 for more), the root over them, and the piece they are in.
 * With depth 0 the top is a leaf piece, with 8 a branch over leaf pieces, with
 * 16 a branch over branches over leaf pieces.
 *
 *   [MI1] A piece's name vouches for its bytes, and the root in the log for
 *         what they say: a changed byte anywhere is found by whoever reads it.
 *   [MI2] What is not in the piece where its key belongs is not in the
 *         register.
 *   [MI3] Each document has one text, so that nobody has a second mirror of
 *         one register.
 *
 * Pure, as everything in this room.
 */

#include "base/day.h"
#include "merkle/map.h"
#include "verify/holder.h"

struct arena;
struct json;

enum {
    MIRROR_FAN = 256,      /* lines of a branch */
    MIRROR_DEPTH_MAX = 16, /* bits of keys above the leaf pieces */
    MIRROR_INDEX_MAX = 1 << 20,
    MIRROR_PIECE_MAX = 16 << 20, /* bytes, as the gzip has them */
    MIRROR_PATH = 90,
};

/* A file of the mirror that is neither a piece nor the log's. */
struct mirror_file {
    str path;
    struct hash hash;
};

/* register.json */
struct mirror_index {
    unsigned depth; /* 0, 8 or 16 */
    struct hash top;
    str log; /* proof of the entry "register.root" (merkle/tlog_proof.h) */
    size_t n;
    const struct mirror_file *files; /* those beside, by path; nobody signed
                                        this, it is for slips */
};
err mirror_index_write(struct arena *a, const struct mirror_index *x, str *out);

/* What that wrote, and nothing else.  ERR_INVALID "mirror.index". */
err mirror_index_read(struct arena *a, str text, struct mirror_index *out);

/* How deep a mirror of so many pairs is, so that a piece has some hundreds. */
unsigned mirror_depth(int64_t pairs);

/* "register/ab/abcd..", NUL-ended. */
str mirror_path(const struct hash *piece, char out[static MIRROR_PATH]);

/* The bytes of a piece's file, and its name; and back: ERR_INVALID
 * "mirror.piece" (piece) when they are not the bytes that the name stands for.
 * Errors of gzip_write() and gzip_read(). */
err mirror_pack(struct arena *a, str plain, str *file, struct hash *name);
err mirror_unpack(struct arena *a, str file, const struct hash *name,
                  str *plain);

/* --- branches ------------------------------------------------------------ */

struct mirror_branch {
    struct map_part part[MIRROR_FAN];
    struct hash piece[MIRROR_FAN]; /* zero where there is no pair */
};
err mirror_branch_write(struct arena *a, const struct mirror_branch *x,
                        str *out);

/* ERR_INVALID "mirror.branch" (line), from 1. */
err mirror_branch_read(struct arena *a, str text, struct mirror_branch *out);

/* --- leaf pieces --------------------------------------------------------- */

/* A line as it stands in the map. */
struct mirror_leaf {
    size_t n;
    size_t holders;               /* lines that are about an enterprise */
    const struct map_pair *pairs; /* by key */
    const str *lines;             /* what is said, likewise */
};

/* ERR_INVALID "mirror.leaf" (line): it says nothing of an enterprise or a
 * number, or it does not stand in the order of the keys. */
err mirror_leaf_read(struct arena *a, str text, struct mirror_leaf *out);

/* Does a piece at `depth` come to this root?  ERR_INVALID "mirror.root"
 * (piece). */
err mirror_branch_check(struct arena *a, const struct mirror_branch *b,
                        const struct hash *piece, const struct hash *root);
err mirror_leaf_check(struct arena *a, const struct mirror_leaf *leaf,
                      unsigned depth, const struct hash *piece,
                      const struct hash *root);

/* What is said under this key in it; empty: nothing [MI2]. */
str mirror_leaf_find(const struct mirror_leaf *leaf, const struct hash *key);

/* --- what was found in one ------------------------------------------------ */

struct mirror_found {
    struct holder_root root;
    day on; /* of its entry */
    bool found;
    str uscc;                       /* whose the number is */
    const struct json *holder;      /* what is said of that enterprise; NULL: no
                                       enterprise was asked for or found */
    const struct json *certificate; /* the number's, in there; NULL: of a
                                       sub-certificate, or none */
};

#endif
