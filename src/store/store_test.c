#include "store/store.h"

#include "base/arena.h"
#include "base/test.h"
#include "store/store_test_env.h"

EACH_STORE_TEST(first)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
}
