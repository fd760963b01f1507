#include "crypto/bytes.h"

#include "base/test.h"

TEST(equal_bytes_are_equal_and_one_bit_makes_them_differ)
{
    struct test_random r = { TEST_SEED };
    uint8_t a[40];
    uint8_t b[40];

    test_random_bytes(&r, a, sizeof a);
    memcpy(b, a, sizeof b);
    EXPECT(bytes_equal(a, b, sizeof a));
    for (size_t bit = 0; bit < 8 * sizeof a; bit++) {
        b[bit / 8] ^= (uint8_t)(1 << bit % 8);
        EXPECT(!bytes_equal(a, b, sizeof a));
        EXPECT(bytes_equal(a, b, bit / 8)); /* it looks no further */
        b[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    EXPECT(bytes_equal(NULL, NULL, 0));
}

TEST(wiping_clears_exactly_the_bytes_named)
{
    uint8_t p[24];

    memset(p, 0xaa, sizeof p);
    bytes_wipe(p + 8, 8);
    for (size_t i = 0; i < sizeof p; i++)
        EXPECT(p[i] == (i >= 8 && i < 16 ? 0 : 0xaa));
    bytes_wipe(NULL, 0);
}
