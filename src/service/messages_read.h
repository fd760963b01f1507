#ifndef SERVICE_MESSAGES_READ_H
#define SERVICE_MESSAGES_READ_H

/*
 * messages_read -- what somebody has not read yet of what the other side wrote
 * in a case. [17065 7.12]
 *
 *   [MR1] It is of each person apart: that a colleague has read it tells them
 *         nothing.  It is no record of the case and stands in no journal.
 *   [MR2] One has read what stood there when one looked at the newest of them,
 *         and never less than before.
 */

#include "service/cases.h"

/* How many; of what one's own side wrote none. */
err messages_unread(struct app *app, struct arena *a, const struct session *who,
                    const struct case_file *file, int64_t *out);

/* They have read all there is in `file`.  Writes nothing where they had. */
err messages_are_read(struct app *app, struct arena *a,
                      const struct session *who, const struct case_file *file);

#endif
