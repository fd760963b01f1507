#ifndef SERVICE_PUBLISHED_H
#define SERVICE_PUBLISHED_H

/*
 * published -- the transparency log as anybody may read it, whether it is
 * served or copied into files (C2SP tlog-tiles).
 *
 *   [PB1] Everything is read as the newest signed checkpoint covers it: a tile
 *         exists as soon as one does that needs it, and for ever.
 *   [PB2] A checkpoint comes with the cosignatures that witnesses gave for it.
 *         A proof has, of the newest few that cover the entry, the one that
 *         most witnesses have cosigned.
 *   [PB3] Nobody has to log in: no leaf holds what the public may not know
 *         (tlog/leaf.h).
 *   [PB4] A proof file brings along the bytes of its entry, as extra data; what
 *         makes them true is that their hash leads to the root.
 *   [PB5] What is asked by a number is about that very certificate: an entry of
 *         its sub-certificate is none of the main one's.
 */

#include "codec/record.h"
#include "merkle/proof.h"
#include "merkle/tile.h"
#include "service/app.h"

/* The newest checkpoint with its cosignatures, as a note.  ERR_NOT_FOUND
 * "log.unsigned" when nothing was signed yet. */
err published_checkpoint(struct app *app, struct arena *a, str *out);

/* The same within a tx that is open already. */
err published_note(struct tx *tx, struct arena *a,
                   const struct checkpoint *newest, str *out);

/* A tile by its path below the log's prefix, "tile/0/x001/067".  ERR_NOT_FOUND
 * "log.no_tile" (path) when that is none, or none that is covered [PB1]. */
err published_tile(struct app *app, struct arena *a, str path, str *out);

/* One who cosigned. */
struct published_witness {
    str name;
    str vkey;     /* what its cosignatures are verified with */
    int64_t size; /* of the newest checkpoint that it cosigned */
    int64_t at;   /* the witness's own time, microseconds UTC */
};

/* What the log says of itself. */
struct published_log {
    str origin;
    str vkey;
    str former_vkey; /* of the key before, while both sign; else empty */
    int64_t size;    /* entries covered */
    int64_t at;      /* when that was signed, microseconds UTC; 0: never */
    struct hash root;
    struct list witnesses; /* struct published_witness: of the newest
                              checkpoint, oldest first, and then those that
                              are named and are behind */
    bool stopped;          /* it signs nothing any more .. */
    err why;               /* .. because of this */
};
err published_log(struct app *app, struct arena *a, struct published_log *out);

/* An entry, with what proves it. */
struct published_proof {
    int64_t index;
    str subject;
    str leaf;
    int64_t size;     /* of the checkpoint */
    size_t witnesses; /* who have cosigned it */
    str text;         /* merkle/tlog_proof.h */
};

/* That entry `index` is in the log.  ERR_NOT_FOUND "log.no_entry" (index) when
 * no checkpoint covers it. */
err published_proof(struct app *app, struct arena *a, int64_t index,
                    struct published_proof *out);

/* The same of the newest entry about a certificate.  ERR_NOT_FOUND
 * "log.no_certificate" (number). */
err published_proof_of(struct app *app, struct arena *a, str number,
                       struct published_proof *out);

/* The same within a tx that is open already. */
err published_proof_in(struct tx *tx, struct arena *a, str number,
                       struct published_proof *out);

/* --- scheme packages ---------------------------------------------------- */

/* The package that a credential names by its hash, `name` in 64 digits 0-9 a-f,
 * as the bytes that have this SHA-256 (scheme/load.h).  Every package that was
 * ever frozen is there.  ERR_NOT_FOUND "published.no_scheme" (name);
 * ERR_CORRUPT "app.scheme" when the store's copy has another hash. */
err published_scheme(struct app *app, struct arena *a, str name, str *out);

/* The same within a tx that is open already. */
err published_package(struct tx *tx, struct arena *a, const struct hash *hash,
                      str *out);

/* --- copies ------------------------------------------------------------- */

struct published_copy {
    int64_t size;  /* entries that the copied checkpoint covers */
    int64_t files; /* that were written */
};

/*
 * Copy the log into `folder`, as files of the paths and bytes that are served;
 * what is there from a copy before is not written again.  The checkpoint comes
 * last, so that whenever it breaks off the folder holds a whole log, and the
 * next copy goes on.
 *
 * Beside the log stand did.json, status/PURPOSE/N and schemes/HASH: with them a
 * stranger can check a credential offline, against keys that the log has.
 *
 * ERR_NOT_FOUND "log.unsigned"; ERR_INVALID "log.other_copy" (folder) when the
 * checkpoint that is there is not of this log; ERR_CORRUPT "tlog.restored",
 * "tlog.forked" when it is, and this log does not continue it.
 */
err published_copy(struct app *app, struct arena *a, str folder,
                   struct published_copy *out);

#endif
