#ifndef SERVICE_SEALED_PARTS_H
#define SERVICE_SEALED_PARTS_H

/*
 * sealed_parts -- inside the service room: what a decision rests on, made again
 * from the journal and held against the seals that were committed to.
 *
 *   [SP1] The parts are those of the case as it stood before the event that
 *         committed to them, under the salts of that moment.
 *   [SP2] What any of them does not have the seal of any more is named: all of
 *         them together where the journal before was altered and chained anew,
 *         for the salts are drawn from its head.
 */

#include "domain/dossier.h"
#include "service/cases.h"

struct app;

/* A bit a part. */
enum { SEALED_ALL = (1 << DOSSIER_PARTS) - 1 };

struct sealed_parts {
    str parts[DOSSIER_PARTS];
    struct hash salts[DOSSIER_PARTS];
    unsigned differ; /* those that do not have their seal */
};

/* Those of `record`, a record.committed of the case. */
err sealed_parts_make(struct app *app, struct arena *a,
                      const struct case_file *file, const struct event *record,
                      struct sealed_parts *out);

/* Does every decision of the case still have its seals?  ERR_CORRUPT
 * "check.sealed" (case, parts), "check.sealed_all" (case). [SP2] */
err sealed_parts_check(struct app *app, struct arena *a,
                       const struct case_file *file);

#endif
