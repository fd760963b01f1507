#ifndef SERVICE_REBUILD_H
#define SERVICE_REBUILD_H

/*
 * rebuild -- the tables that look-ups read, made again from the journals.
 *
 *   [RB1] One transaction, all or nothing, in which every stream is read whole
 *         and its chain verified: from a journal that was tampered with
 *         nothing is made.
 *   [RB2] Cases, bookings, what cases count for, tasks, certificates,
 *         sub-certificates and ties are
 *         taken away and made again.  People and enterprises get what their
 *         journals say and keep what stands in their register only: names of
 *         people, secrets, contacts (domain/event.h [EV3]).  How much was told
 *         of a task, the tick's notices say, which stay.
 *   [RB3] A person, an enterprise or a notice that belongs to no stream is
 *         taken away, and the address of such a person's calendar with it.  A
 * person or an enterprise that is gone cannot be made again; a backup has it.
 *   [RB5] What a chunk of a file brought is made again; the certificates that
 *         files brought stay as they are.
 *   [RB4] Credentials stay as they are: one that a stream tells of and that is
 *         not there as it was cannot be signed again.
 *
 * What check_records() compares agrees afterwards.  Packages, files, notices
 * and the log are no projections: of them check() only says what is wrong.
 */

#include "service/app.h"

struct rebuilt {
    int64_t events; /* that were read */
    int64_t cases;
    int64_t certificates;
    int64_t people;
    int64_t enterprises;
};

/*
 * Only for an app that was opened for writing.  ERR_CORRUPT "journal.tampered"
 * (stream, event), "case.invariant" (case, invariant), "check.certificate"
 * (number) when its case does not know it, "rebuild.lost" (name) [RB3] [RB4].
 */
err rebuild(struct app *app, struct arena *a, struct rebuilt *out);

#endif
