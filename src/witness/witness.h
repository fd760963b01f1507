#ifndef WITNESS_WITNESS_H
#define WITNESS_WITNESS_H

/*
 * witness -- somebody who watches logs of others: it remembers the newest
 * checkpoint of each, and cosigns only what continues it (C2SP tlog-witness).
 *
 *   DIR/witness.key            seed of its Ed25519 key, hexadecimal
 *   DIR/witness.name           its name, one line
 *   DIR/logs.policy            whose checkpoints it takes: log lines of a
 * policy DIR/state/HEX/checkpoint   the newest it cosigned of the log whose
 * origin has this SHA-256, with the cosignature DIR/lock                   held
 * while it runs
 *
 *   [WT1] What it has cosigned is on disk before it answers; looking and
 * writing are one step, so two requests at once do not fork its memory. [WT2] A
 * memory that cannot be read, or that it has not signed itself, is no memory:
 * the request fails, and nothing is cosigned. [WT3] It needs no register, no
 * store and no other key than its own.
 */

#include "http/router.h"
#include "http/site.h"

struct arena;
struct clock;
struct entropy;
struct file_ops;

/* What it runs with; all borrowed and outliving it. */
struct witness_world {
    struct file_ops *files;
    struct clock *clock;
    struct entropy *entropy;
};

struct witness;

/*
 * Open the witness in folder `dir`, which is made with a new key and this name
 * when it is not there yet; afterwards `name` is empty or the same. ERR_INVALID
 * "witness.name" (name), "note.name" (name) or as policy_read(); ERR_NOT_FOUND
 * "file.missing" without DIR/logs.policy; ERR_CORRUPT "witness.key" (path);
 * ERR_BUSY "lock.held".  `a` outlives it.
 */
err witness_start(struct arena *a, const struct witness_world *world, str dir,
                  str name, struct witness **out);
void witness_end(struct witness **w);

/* The key that its cosignatures are verified with. */
err witness_vkey(struct arena *a, const struct witness *w, str *out);

/* POST /add-checkpoint and GET /HEX/checkpoint, for a site whose app is the
 * witness; and words for its errors. */
extern const struct route_table witness_routes;
err witness_error(struct request *rq, err why, struct response *rs);

#endif
