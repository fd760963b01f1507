#ifndef SERVICE_CHECK_H
#define SERVICE_CHECK_H

/*
 * check -- is everything stored still what it was?
 *
 *   [CK1] Every stream's chain of hashes is verified, every case folded and
 *         its invariants checked.
 *   [CK2] Every projection holds what the journals say, and nothing else.
 *   [CK3] Every entry, node and checkpoint of the log is verified.
 *   [CK4] The database's own consistency check is run.
 *   [CK5] Every event that belongs in the log is there or waits to be, as the
 *         leaf it makes, and nothing else is.
 *   [CK6] Every file on record is there and has its hash.
 *   [CK7] What a decision rests on has, part by part, the seals that were
 *         committed to when it was signed (domain/dossier.h).
 *
 *   [CK8] Certificates that files brought are what their chunks' events say:
 *         as many, and, by check_all(), with the roots that were entered in
 *         the log.
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
 * What signatures rest on: [CK1] [CK2] [CK3] [CK5] [CK7].  It is long: once
 * *stop is true (NULL: never) it ends after the stream or page that it is at,
 * with ERR_BUSY "store.stopped".  ERR_CORRUPT
 *   "journal.tampered" (stream, event), "case.invariant" (case, invariant),
 *   "app.scheme", "check.sealed" (case, parts), "check.sealed_all" (case),
 *   "check.case" (case), "check.tasks" (case), "check.certificate" (number),
 *   "check.enterprise" (uscc), "check.person" (person), "check.package"
 *   (scheme): the row is not as the journal has it,
 *   "check.row" (name): no journal has it,
 *   "check.unlogged" (stream, event), "check.entry" (index, subject),
 *   "check.pending" (subject), "store.row" (statement, column, row): it holds
 *   what cannot be, as tlog_verify() and witnesses_check().
 */
err check_records(struct app *app, struct arena *a, const _Atomic bool *stop,
                  struct check_counts *out);

/* Everything; also "store.corrupt" and "blob.missing" (hash), "blob.size"
 * (hash, want), "check.file" (hash). */
err check_all(struct app *app, struct arena *a, struct check_counts *out);

#endif
