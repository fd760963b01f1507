#ifndef MERKLE_WITNESS_H
#define MERKLE_WITNESS_H

/*
 * witness -- what a witness is asked, and when it says yes (C2SP tlog-witness,
 * add-checkpoint).
 *
 *     old 20852014
 *     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=   the proof that the tree
 *     jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=   of `old` begins the new
 *                                                    one; an empty line,
 *     example.com/behind-the-sofa                    the checkpoint
 *     ..
 *
 *   [WI1] A witness cosigns a checkpoint only when it continues the newest one
 *         that it cosigned of this log: never two trees of which neither is
 *         the beginning of the other.
 *   [WI2] Whatever anybody sends is answered by one of these, the first that
 *         applies.
 */

#include "base/err.h"
#include "merkle/policy.h"
#include "merkle/proof.h"

struct arena;

enum witness_verdict {
    WITNESS_COSIGNS = 200,
    WITNESS_MALFORMED = 400, /* no request, or older than old */
    WITNESS_UNSIGNED = 403,  /* by no key that is trusted for this log */
    WITNESS_UNKNOWN = 404,   /* no such log */
    WITNESS_CONFLICT = 409, /* other entries, or another size than the newest */
    WITNESS_UNPROVED = 422, /* the proof does not hold */
};

struct witness_request {
    uint64_t old_size;
    struct merkle_proof proof;
    str note; /* the checkpoint */
};

/* ERR_LIMIT "buf.limit". */
err witness_write(struct arena *a, const struct witness_request *r, str *out);

/* What witness_write() wrote, and nothing else; the note is not looked into.
 * ERR_INVALID "witness.form" (line), counted from 1. */
err witness_read(struct arena *a, str body, struct witness_request *out);

/* --- how a witness judges ---------------------------------------------- */

/* Whose checkpoint it is, and what of it is to be kept. */
struct witness_asked {
    struct checkpoint_body body;
    str text; /* to be cosigned */
    str line; /* the log's own signature */
};

/*
 * WITNESS_COSIGNS when a log of `logs` signed it, with *asked set; else
 * MALFORMED, UNKNOWN or UNSIGNED.  Fails only for want of memory.
 */
err witness_open(struct arena *a, const struct trust_policy *logs, str note,
                 struct witness_asked *asked, enum witness_verdict *out);

/* Does it continue the newest one that was cosigned?  `newest` has size 0 and
 * no meaning else when there is none. */
enum witness_verdict witness_judge(const struct witness_request *r,
                                   const struct checkpoint_body *asked,
                                   const struct checkpoint_body *newest);

/* --- what a log makes of the answer ------------------------------------- */

/* What follows WITNESS_CONFLICT: the size of the newest one it cosigned, and a
 * newline. */
bool witness_read_size(str body, uint64_t *out);

/*
 * What follows WITNESS_COSIGNS: lines, of which one is this witness's over
 * `text`.  The line, and its time in seconds since 1970.  ERR_INVALID as
 * note_open_lines() and note_find(), "note.unsigned" (name) when there is none.
 */
err witness_read_line(struct arena *a, str lines, str text,
                      const struct note_key *key, str *line, int64_t *time);

/* Under which name a witness keeps a log: SHA-256 of its origin, in
 * hexadecimal. */
err witness_log_name(struct arena *a, str origin, str *out);

#endif
