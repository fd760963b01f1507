#include "base/hash.h"

#include "base/test.h"

TEST(hashes_are_the_same_in_every_byte_or_not_at_all)
{
    struct hash zero = { 0 };

    EXPECT(hash_eq(&zero, &zero) && hash_is_zero(&zero));
    for (size_t i = 0; i < sizeof zero.b; i++) {
        struct hash other = { 0 };

        other.b[i] = 1;
        EXPECT(!hash_eq(&zero, &other) && !hash_eq(&other, &zero));
        EXPECT(hash_eq(&other, &other) && !hash_is_zero(&other));
    }
}
