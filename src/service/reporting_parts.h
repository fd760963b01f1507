#ifndef SERVICE_REPORTING_PARTS_H
#define SERVICE_REPORTING_PARTS_H

/* reporting_parts -- inside the service room: what the files of reporting have
 * in common. */

#include "base/buf.h"
#include "service/reporting.h"

/* ERR_DENIED "filing.role" (login), "filing.read" (login). */
err reporting_check_role(struct arena *a, const struct session *who);
err reporting_check_read(struct arena *a, const struct session *who);

/* `today`, or the clock's day for DAY_NEVER. */
day reporting_today(const struct app *app, day today);

/* Append an event to the body's stream. */
err reporting_record(struct tx *tx, struct app *app, const struct session *who,
                     day today, const char *event, const void *data);

/* The ledger by the body's stream alone. */
err reporting_ledger(struct tx *tx, struct arena *a, struct ledger *out);

/* A name after a comma, unless it is the first. */
void reporting_name(struct buf *b, str name);

/* SHA-256 over this installation's salt, what it is for, and the text. */
void reporting_digest(const struct app *app, str purpose, str text,
                      struct hash *out);

#endif
