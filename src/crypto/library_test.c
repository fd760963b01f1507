#include "crypto/library.h"

#include "base/test.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

/* A hash and a signature, to compare. */
struct made {
    uint8_t hash[SHA256_BYTES];
    uint8_t signature[SIGNATURE_BYTES];
};

static struct made make(void)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = { 7 };
    struct sign_key key;
    struct made m;

    sign_key_of_seed(seed, &key);
    sha256("abc", 3, m.hash);
    sign_bytes(&key, S("abc"), m.signature);
    sign_key_end(&key);
    return m;
}

/* [LI2] */
TEST(starting_once_or_twice_changes_no_result)
{
    struct made before = make();

    EXPECT_OK(library_start());
    EXPECT_OK(library_start());
    struct made after = make();
    EXPECT(memcmp(&before, &after, sizeof after) == 0);
}
