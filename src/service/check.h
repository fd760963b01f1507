#ifndef SERVICE_CHECK_H
#define SERVICE_CHECK_H

/*
 * check -- is everything stored still what it was?
 *
 *   [CK1] Every stream's chain of hashes is verified, every case folded and
 *         its invariants checked.
 *   [CK2] Every projection is compared with what the journals say.
 *   [CK3] Every entry, node and the newest checkpoint of the log is verified.
 *   [CK4] The database's own consistency check is run.
 *
 * The first thing that is wrong ends the check and is the answer.
 */

#include "service/app.h"

struct check_counts {
    int64_t streams;
    int64_t events;
    int64_t cases;
    int64_t certificates;
    int64_t entries; /* of the log */
};

/*
 * ERR_CORRUPT "journal.tampered" (stream, event), "case.invariant" (case,
 * invariant), "check.case" (case), "check.certificate" (number), "tlog.*",
 * "store.corrupt".
 */
err check_all(struct app *app, struct arena *a, struct check_counts *out);

#endif
