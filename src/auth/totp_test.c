/* One-time passwords, by the vectors of RFC 6238 and at the edges of a step.
 * [TP1] [TP2] */

#include "auth/totp.h"

#include "base/size.h"
#include "base/test.h"

#define SECOND INT64_C(1000000)

/* Of the RFC, appendix B. */
static const uint8_t secret[TOTP_SECRET_BYTES] = "12345678901234567890";

/* The RFC gives eight digits; ours are the last six. */
TEST(codes_are_those_of_the_rfc)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } rows[] = {
        { 59, "287082" },         { 1111111109, "081804" },
        { 1111111111, "050471" }, { 1234567890, "005924" },
        { 2000000000, "279037" }, { INT64_C(20000000000), "353130" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char code[TOTP_DIGITS + 1];
        int64_t step = 0;

        totp_code(secret, totp_step(rows[i].seconds * SECOND), code);
        EXPECT_STR(str_of(code), str_of(rows[i].code));
        EXPECT_ROW(rows[i].code, totp_check(secret, rows[i].seconds * SECOND, 0,
                                            str_of(rows[i].code), &step));
        EXPECT(step == rows[i].seconds / 30);
    }
}

/* 287082 is the code of the seconds 30 to 59. */
TEST(a_code_is_good_one_step_before_and_after_its_own)
{
    static const struct {
        const char *why;
        int64_t micros;
        bool good;
    } rows[] = {
        { "the first moment of the step before", 0, true },
        { "its own first", 30 * SECOND, true },
        { "its own last", 60 * SECOND - 1, true },
        { "the last of the step after", 90 * SECOND - 1, true },
        { "two steps later", 90 * SECOND, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t step = 77;

        EXPECT_ROW(rows[i].why, totp_check(secret, rows[i].micros, -1,
                                           S("287082"), &step) == rows[i].good);
        EXPECT_ROW(rows[i].why, step == (rows[i].good ? 1 : 77));
    }
}

/* 081804 is of step 37037036; two steps before it is not taken either. */
TEST(a_code_is_not_good_two_steps_before_its_own)
{
    const int64_t begin = INT64_C(37037036) * 30 * SECOND;
    int64_t step;

    EXPECT(totp_check(secret, begin - 30 * SECOND, 0, S("081804"), &step));
    EXPECT(!totp_check(secret, begin - 30 * SECOND - 1, 0, S("081804"), &step));
}

/* [TP2] */
TEST(a_step_that_was_used_counts_no_more_nor_any_before_it)
{
    static const struct {
        const char *why;
        int64_t last;
        bool good;
    } rows[] = {
        { "none was used", -1, true },
        { "the one before was", 0, true },
        { "itself was", 1, false },
        { "a later one was", 2, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t step;

        EXPECT_ROW(rows[i].why, totp_check(secret, 59 * SECOND, rows[i].last,
                                           S("287082"), &step) == rows[i].good);
    }
}

TEST(a_code_is_six_digits_and_blanks_between_them)
{
    static const struct {
        const char *typed;
        bool good;
    } rows[] = {
        { "287082", true },  { "287 082", true }, { " 287082 ", true },
        { "", false },       { "28708", false },  { "2870822", false },
        { "287083", false }, { "28708x", false }, { "187082", false },
        { "-87082", false }, { "2:7082", false }, { "2/7082", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t step;

        EXPECT_ROW(rows[i].typed,
                   totp_check(secret, 59 * SECOND, 0, str_of(rows[i].typed),
                              &step) == rows[i].good);
    }
}

TEST(a_telephone_reads_secret_and_issuer_from_the_address)
{
    TEST_ARENA(a, 1 << 16);
    str text = S("");
    str uri = S("");

    EXPECT_OK(totp_secret_text(&a, secret, &text));
    EXPECT_STR(text, S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    EXPECT_OK(totp_uri(&a, secret, S("Body & Co"), S("li"), &uri));
    EXPECT_STR(uri, S("otpauth://totp/Body%20%26%20Co:li?"
                      "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                      "&issuer=Body%20%26%20Co"
                      "&algorithm=SHA1&digits=6&period=30"));
}
