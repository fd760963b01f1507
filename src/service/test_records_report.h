#ifndef SERVICE_TEST_RECORDS_REPORT_H
#define SERVICE_TEST_RECORDS_REPORT_H

/* test_records_report -- half a year of invented tickets, and their report. */

#include "service/records_report.h"

enum { TEST_TICKETS = 6000 };

/* The same each time; what is wanted is set too. */
err test_report(struct arena *a, struct heap *h, struct records_report *out);

/* A body of a demonstration. */
struct body test_report_body(void);

#endif
