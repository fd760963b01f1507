#ifndef SERVICE_TEST_PROJECTIONS_H
#define SERVICE_TEST_PROJECTIONS_H

/*
 * test_projections -- every table that is made from journals, as text, to see
 * that a rebuild leaves what was there.
 */

#include "service/service_test_env.h"

enum { PROJECTIONS = 17 };

/* Names of the tables. */
extern const char *const projections[PROJECTIONS];

struct projected {
    str tables[PROJECTIONS]; /* each row of it, in an order of its own */
};

/* In the office's arena. */
struct projected projected_now(struct office *o);

void expect_projected(const char *why, struct office *o,
                      const struct projected *want);

/* Take away all that is made again whole. */
void projected_clear(struct office *o);

#endif
