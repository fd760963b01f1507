#ifndef WEB_FILINGS_H
#define WEB_FILINGS_H

/*
 * filings -- inside web: the reports to the authority, month by month. [M20]
 *
 *   [FI1] Who may read and who may act the service says (service/reporting.h
 *         [RT1] [RT2]).
 *   [FI2] What a month would hold is made when its page is asked for, and so is
 *         the workbook [RT6].
 */

#include "service/reporting.h"
#include "web/registers.h"

/* The id of the text for what a month is in. */
err filings_state(struct request *rq, enum month_state state, const char **out);

/* Is it too late for it, or was it? */
bool filings_late(enum month_state state);

#endif
