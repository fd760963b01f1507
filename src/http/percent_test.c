#include "http/percent.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

TEST(percent_decoding_is_strict)
{
    static const struct {
        const char *why;
        str text;
        bool plus;
        str want;
    } rows[] = {
        { "plain", S_INIT("abc"), false, S_INIT("abc") },
        { "nothing", S_INIT(""), false, S_INIT("") },
        { "either case", S_INIT("%4a%4A"), false, S_INIT("JJ") },
        { "lowest and highest", S_INIT("%00%ff"), false, S_INIT("\0\xff") },
        { "plus is plus in a path", S_INIT("a+b"), false, S_INIT("a+b") },
        { "plus is a blank in a form", S_INIT("a+b"), true, S_INIT("a b") },
        { "an encoded plus stays one", S_INIT("%2b"), true, S_INIT("+") },
        { "decoded once", S_INIT("%2541"), false, S_INIT("%41") },
    };
    char out[16];
    size_t n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW(rows[i].why,
                   percent_decode(rows[i].text, rows[i].plus, out, &n));
        EXPECT_ROW_STR(rows[i].why, ((str){ out, n }), rows[i].want);
    }
}

TEST(percent_decoding_says_where_it_went_wrong)
{
    static const struct {
        const char *why;
        str text;
        size_t at;
    } rows[] = {
        { "nothing after it", S_INIT("ab%"), 2 },
        { "one digit", S_INIT("%4"), 0 },
        { "a digit that is none", S_INIT("a%4g"), 1 },
        { "neither is", S_INIT("%%41"), 0 },
        { "a sign", S_INIT("%+1"), 0 },
        { "a blank", S_INIT("%41% 1"), 3 },
        { "unicode of another age", S_INIT("%u0041"), 0 },
    };
    char out[16];
    size_t n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        n = 99;
        EXPECT_ROW(rows[i].why, !percent_decode(rows[i].text, false, out, &n));
        EXPECT_ROW(rows[i].why, n == rows[i].at);
    }
}

TEST(a_text_is_utf_8_without_controls)
{
    static const struct {
        const char *why;
        str text;
        bool line;
        bool lines;
    } rows[] = {
        { "plain", S_INIT("a ~"), true, true },
        { "Chinese", S_INIT("\xe6\x98\x9f"), true, true },
        { "tab and line end", S_INIT("a\t\r\nb"), false, true },
        { "NUL", S_INIT("a\0"), false, false },
        { "the last control", S_INIT("\x1f"), false, false },
        { "DEL", S_INIT("\x7f"), false, false },
        { "half a character", S_INIT("\xe6\x98"), false, false },
        { "overlong dot", S_INIT("\xc0\xae"), false, false },
        { "nothing", S_INIT(""), true, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW(rows[i].why,
                   percent_is_text(rows[i].text, PERCENT_LINE) == rows[i].line);
        EXPECT_ROW(rows[i].why, percent_is_text(rows[i].text, PERCENT_LINES) ==
                                    rows[i].lines);
    }
}

TEST(encoding_leaves_only_what_stands_for_itself)
{
    TEST_ARENA(a, 1 << 16);
    struct buf b;
    str got = S("");

    buf_init(&b, &a, 1000);
    percent_encode(&b, S("Az09-._~/%+ \xe6\x98\x9f?#&="));
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, S("Az09-._~%2F%25%2B%20%E6%98%9F%3F%23%26%3D"));
}

/* [PC1] [property] */
TEST(decoding_what_was_encoded_gives_it_back)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 500; i++) {
        TEST_ARENA(a, 1 << 20);
        char bytes[64];
        char back[64 * 3];
        struct buf b;
        str encoded = S("");
        size_t size = test_random_below(&r, sizeof bytes + 1);
        size_t n = 0;

        test_random_bytes(&r, bytes, size);
        buf_init(&b, &a, 1000);
        percent_encode(&b, (str){ bytes, size });
        EXPECT_OK(buf_done(&b, &encoded));
        EXPECT(percent_decode(encoded, i % 2 == 0, back, &n));
        EXPECT(n == size && memcmp(back, bytes, n) == 0);
    }
}
