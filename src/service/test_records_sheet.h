#ifndef SERVICE_TEST_RECORDS_SHEET_H
#define SERVICE_TEST_RECORDS_SHEET_H

/* test_records_sheet -- sheets of service records, for tests of cases. */

#include "auth/session.h"
#include "base/day.h"
#include "service/app.h"

struct test_sheet {
    struct app *app;
    struct arena *arena;
    struct heap *heap;
    const struct session *signs; /* NULL: nobody */
    const char *month;           /* "2026-01" */
    int bad;                     /* of twelve customers so many not satisfied */
    day made;
};

/* Of twelve tickets of a month. */
err test_sheet_make(const struct test_sheet *t, str *out);

#endif
