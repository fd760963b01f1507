#ifndef SERVICE_RECORDS_PAPER_H
#define SERVICE_RECORDS_PAPER_H

/* records_paper -- the report of service records as a file, signed where the
 * body signs its files. [M27] */

#include "service/records_report.h"

struct app;

/* A PDF by a painter of its own.  Errors of report_document(),
 * painter_paint(), signing_do(). */
err records_paper(struct app *app, struct arena *a,
                  const struct records_report *r, enum lang lang,
                  const struct body *body, str *out);

#endif
