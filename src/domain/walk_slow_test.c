/*
 * The walks of walk_test.c, many more of them. [C1] [C2] [ST-1]
 */

#include "domain/test_walking.h"

#include "base/test.h"

enum { WALKS = 120, FORGERIES = 80, SEED = 1000000 };

static void go(const char *scheme)
{
    struct walk_tally all = { 0 };

    walking_all(scheme, SEED, WALKS, FORGERIES, &all);
}

TEST(many_walks_by_ten_stars)
{
    go("ten-star");
}

TEST(many_walks_by_five_stars)
{
    go("five-star");
}

TEST(many_walks_by_clauses)
{
    go("iso-9001");
}
