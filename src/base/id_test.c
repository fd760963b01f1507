#include "base/id.h"

#include "base/test.h"

TEST(an_id_round_trips_through_its_text)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 1000; i++) {
        id in;
        id out;
        char text[ID_TEXT];

        test_random_bytes(&r, in.b, sizeof in.b);
        EXPECT(id_parse(id_text(in, text), &out));
        EXPECT(id_eq(in, out));
    }
}

TEST(a_malformed_id_is_refused_and_changes_nothing)
{
    static const str rows[] = {
        S_INIT(""),
        S_INIT("0123456789abcdef0123456789abcde"),
        S_INIT("0123456789abcdef0123456789abcdef0"),
        S_INIT("0123456789abcdef0123456789abcdeg"),
        S_INIT(" 123456789abcdef0123456789abcdef"),
    };
    id out = { { 9 } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        EXPECT_ROW(rows[i].p, !id_parse(rows[i], &out));
        EXPECT_ROW(rows[i].p, out.b[0] == 9);
    }
    EXPECT(id_parse(S("0123456789ABCDEF0123456789abcdef"), &out));
    EXPECT(!id_is_zero(out) && id_is_zero((id){ 0 }));
}

/* Where in the digits a character stands; -1: nowhere. */
static int place_of(const char *digits, char c)
{
    const char *at = memchr(digits, c, 16);

    return at == NULL ? -1 : (int)(at - digits);
}

TEST(of_all_bytes_only_the_hexadecimal_digits_of_either_case_are_taken)
{
    for (int i = 0; i < 256; i++) {
        const char c = (char)i;
        int small = place_of("0123456789abcdef", c);
        int want = small >= 0 ? small : place_of("0123456789ABCDEF", c);
        const char pairs[2][2] = { { c, '0' }, { '0', c } };
        uint8_t high = 7;
        uint8_t low = 7;

        EXPECT(hex_parse((str){ pairs[0], 2 }, &high, 1) == (want >= 0));
        EXPECT(hex_parse((str){ pairs[1], 2 }, &low, 1) == (want >= 0));
        EXPECT(high == (want < 0 ? 7 : want * 16));
        EXPECT(low == (want < 0 ? 7 : want));
    }
}
