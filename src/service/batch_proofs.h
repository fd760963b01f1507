#ifndef SERVICE_BATCH_PROOFS_H
#define SERVICE_BATCH_PROOFS_H

/*
 * batch_proofs -- what proves the answers of a batch to somebody who believes
 * neither this server nor whoever asked it: an archive for the tender's files.
 * [M24] [M25]
 *
 *   [BP1] Of every certificate that was found, once each: its newest entry in
 *         the transparency log with the proof that it is there, as
 *         proofs/NUMBER.tlog-proof, and its credential as
 *         credentials/NUMBER.json, as far as there are any.
 *   [BP2] Beside them result.xlsx, did.json (the body's keys), log.vkey and
 *         README.txt, which says how to check all that offline.
 *   [BP3] They show what the log has now; each entry says of which day it is.
 *   [BP4] The same batch of the same log gives the same bytes.
 */

#include "service/batch_write.h"

/* The archive, and how many have one. */
struct batch_proved {
    str archive;
    int64_t certificates; /* found, once each */
    int64_t proofs;
    int64_t credentials;
};

/* The archive of `b`, in `a`.  ERR_LIMIT "batch.proofs" (found, most) for more
 * than `most` certificates; errors of batch_write(), zip_write() and
 * published_proof_of(), of which ERR_NOT_FOUND is none. */
enum { BATCH_PROOFS_MAX = 10000 };
err batch_proofs(struct app *app, struct arena *a, enum lang lang,
                 const struct batch *b, int64_t most, struct batch_proved *out);

#endif
