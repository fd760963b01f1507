#ifndef WEB_REPORT_H
#define WEB_REPORT_H

/* report -- inside web: what the pages of reports by the public share. */

#include "service/reports.h"

/* The text for what was reported. */
const char *report_kind_id(enum report_kind kind);

#endif
