#ifndef SERVICE_TEST_HELD_H
#define SERVICE_TEST_HELD_H

/* test_held -- files of service records that tests hand in with a case. */

#include "service/records_held.h"
#include "service/service_test_env.h"

/* Columns of test_held_rows(). */
#define TEST_HELD_HEADER                                                       \
    "工单号,报修时间,完成时间,网点,客户姓名,联系电话,满意度\n"

/* The case as `login` has it, in the office's arena. */
struct held_of test_held_of(struct office *o, const char *login, str ref);

/* So many rows below a header with names for seven columns, likewise. */
str test_held_rows(struct office *o, const char *header, size_t n);

/* Hand it in; nobody counts it. */
id test_held_take(struct office *o, const struct held_of *x, const char *name,
                  str bytes);

/* The same as "a.csv", and count all that waits. */
id test_held_counted(struct office *o, const struct held_of *x, str bytes);

/* Count as the worker does, until nothing waits; how many it did. */
int test_held_work(struct office *o);

struct held_file test_held_look(struct office *o, const struct held_of *x,
                                id file);

#endif
