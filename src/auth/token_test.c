/* What somebody holds to be known by. [TO1] [TO2] */

#include "auth/token.h"

#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"

static const uint8_t random_bytes[TOKEN_BYTES] = { 1, 2, 3, 0xFF };

TEST(what_is_kept_of_a_token_is_the_hash_of_its_bytes)
{
    TEST_ARENA(a, 1 << 16);
    uint8_t want[SHA256_BYTES];
    struct hash made = { 0 };
    struct hash found = { 0 };
    bool valid = false;
    str text = S("");

    sha256(random_bytes, sizeof random_bytes, want);
    EXPECT_OK(token_make(&a, random_bytes, &text, &made));
    EXPECT(text.n == TOKEN_TEXT);
    EXPECT(memcmp(made.b, want, sizeof want) == 0);
    EXPECT_OK(token_kept(&a, text, &found, &valid));
    EXPECT(valid && memcmp(found.b, want, sizeof want) == 0);
}

TEST(a_text_that_is_no_token_is_none)
{
    static const struct {
        const char *why;
        const char *text;
    } rows[] = {
        { "nothing", "" },
        { "one letter less", "AQID_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        { "one more", "AQID_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        { "another alphabet", "AQID/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        { "stray bits", "AQID_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hash kept = { { 7 } };
        bool valid = true;

        EXPECT_OK(token_kept(&a, str_of(rows[i].text), &kept, &valid));
        EXPECT_ROW(rows[i].why, !valid && kept.b[0] == 7);
    }
}
