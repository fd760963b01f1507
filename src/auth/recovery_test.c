/* Codes on paper. [RV1] [RV2] */

#include "auth/recovery.h"

#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"

static const uint8_t random_bytes[RECOVERY_BYTES] = "0123456789";

TEST(a_code_is_sixteen_letters_in_four_groups)
{
    TEST_ARENA(a, 1 << 16);
    uint8_t want[SHA256_BYTES];
    struct hash kept = { 0 };
    str text = S("");

    sha256(random_bytes, sizeof random_bytes, want);
    EXPECT_OK(recovery_text(&a, random_bytes, &text, &kept));
    EXPECT_STR(text, S("GAYT-EMZU-GU3D-OOBZ"));
    EXPECT(memcmp(kept.b, want, sizeof want) == 0);
}

TEST(a_code_is_known_however_it_is_typed_and_nothing_else_is_one)
{
    static const struct {
        const char *typed;
        bool valid;
    } rows[] = {
        { "GAYT-EMZU-GU3D-OOBZ", true },   { "GAYTEMZUGU3DOOBZ", true },
        { " gayt emzu gu3d oobz ", true }, { "", false },
        { "GAYT-EMZU-GU3D-OOB", false },   { "GAYT-EMZU-GU3D-OOBZZ", false },
        { "GAYT-EMZU-GU3D-OOB0", false },  { "GAYT_EMZU_GU3D_OOBZ", false },
    };
    TEST_ARENA(a, 1 << 16);
    struct hash want = { 0 };
    str text;

    EXPECT_OK(recovery_text(&a, random_bytes, &text, &want));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hash kept = { 0 };
        bool valid = !rows[i].valid;

        EXPECT_OK(recovery_kept(&a, str_of(rows[i].typed), &kept, &valid));
        EXPECT_ROW(rows[i].typed, valid == rows[i].valid);
        EXPECT_ROW(rows[i].typed,
                   (memcmp(&kept, &want, sizeof kept) == 0) == rows[i].valid);
    }
}
