#include "codec/utf8.h"

#include "base/size.h"
#include "base/test.h"

/* [U1] */
TEST(well_formed_and_malformed_texts_are_told_apart)
{
    static const struct {
        const char *name;
        str text;
        bool good;
        size_t count;
    } rows[] = {
        { "empty", S_INIT(""), true, 0 },
        { "ASCII with NUL", S_INIT("a\0b"), true, 3 },
        { "one of each length", S_INIT("aé你😀"), true, 4 },
        { "eight of ASCII", S_INIT("12345678"), true, 8 },
        { "seven, then another", S_INIT("1234567你"), true, 8 },
        { "eight, then another", S_INIT("12345678你"), true, 9 },
        { "another, then nine", S_INIT("你123456789"), true, 10 },
        { "eight, then none", S_INIT("12345678\x80"), false, 0 },
        { "seven, then one cut", S_INIT("1234567\xc3"), false, 0 },
        { "U+007F", S_INIT("\x7f"), true, 1 },
        { "U+0080", S_INIT("\xc2\x80"), true, 1 },
        { "U+0080 as overlong U+0000", S_INIT("\xc0\x80"), false, 0 },
        { "overlong U+007F", S_INIT("\xc1\xbf"), false, 0 },
        { "U+07FF", S_INIT("\xdf\xbf"), true, 1 },
        { "U+0800", S_INIT("\xe0\xa0\x80"), true, 1 },
        { "overlong U+07FF", S_INIT("\xe0\x9f\xbf"), false, 0 },
        { "U+D7FF", S_INIT("\xed\x9f\xbf"), true, 1 },
        { "first surrogate", S_INIT("\xed\xa0\x80"), false, 0 },
        { "last surrogate", S_INIT("\xed\xbf\xbf"), false, 0 },
        { "U+E000", S_INIT("\xee\x80\x80"), true, 1 },
        { "U+FFFF", S_INIT("\xef\xbf\xbf"), true, 1 },
        { "U+10000", S_INIT("\xf0\x90\x80\x80"), true, 1 },
        { "overlong U+FFFF", S_INIT("\xf0\x8f\xbf\xbf"), false, 0 },
        { "U+10FFFF", S_INIT("\xf4\x8f\xbf\xbf"), true, 1 },
        { "U+110000", S_INIT("\xf4\x90\x80\x80"), false, 0 },
        { "lead byte of nothing", S_INIT("\xf5\x80\x80\x80"), false, 0 },
        { "FE and FF", S_INIT("\xfe\xff"), false, 0 },
        { "follower alone", S_INIT("a\x80"), false, 0 },
        { "cut after one of two", S_INIT("\xc3"), false, 0 },
        { "cut after two of three", S_INIT("\xe4\xbd"), false, 0 },
        { "cut after three of four", S_INIT("\xf0\x9f\x98"), false, 0 },
        { "no follower",
          S_INIT("\xc3"
                 "a"),
          false, 0 },
        { "no second follower",
          S_INIT("\xe4\xbd"
                 "a"),
          false, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 99;

        EXPECT_ROW(rows[i].name,
                   utf8_check(rows[i].text, &count) == rows[i].good);
        EXPECT_ROW(rows[i].name, count == (rows[i].good ? rows[i].count : 99));
        EXPECT_ROW(rows[i].name,
                   utf8_check(rows[i].text, NULL) == rows[i].good);
    }
}

TEST(a_malformed_character_leaves_place_and_result_untouched)
{
    uint32_t c = 7;
    size_t at = 1;

    EXPECT(!utf8_next(S("a\xff"), &at, &c));
    EXPECT(!utf8_next(S("a"), &at, &c));
    at = 5;
    EXPECT(!utf8_next(S("a"), &at, &c));
    EXPECT(c == 7 && at == 5);
}

/* [U2] */
TEST(every_code_point_is_read_back_as_it_was_written)
{
    for (uint32_t c = 0; c < 0x110100; c++) {
        bool is_none = (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff;
        char text[UTF8_MAX] = { 'x' };
        size_t n = utf8_write(c, text);
        uint32_t back = 0xffffffff;
        size_t at = 0;

        EXPECT((n == 0) == is_none);
        EXPECT(n > 0 || text[0] == 'x');
        if (is_none)
            continue;
        EXPECT(utf8_next((str){ text, n }, &at, &back));
        EXPECT(back == c && at == n);
        EXPECT(!utf8_check((str){ text, n - 1 }, NULL) || n == 1);
    }
}

TEST(the_first_characters_are_never_cut_in_two)
{
    EXPECT_STR(utf8_first(S("a你😀b"), 0), S(""));
    EXPECT_STR(utf8_first(S("a你😀b"), 2), S("a你"));
    EXPECT_STR(utf8_first(S("a你😀b"), 3), S("a你😀"));
    EXPECT_STR(utf8_first(S("a你😀b"), 9), S("a你😀b"));
    EXPECT_STR(utf8_first(S("\xff\xe4\xbd"), 2), S("\xff\xe4"));
    EXPECT_STR(utf8_first(S(""), 2), S(""));
}

TEST(text_is_well_formed_and_holds_no_nul)
{
    static const struct {
        str given;
        bool text;
    } rows[] = {
        { S_INIT(""), true },       { { NULL, 0 }, true },
        { S_INIT("a你😀"), true },   { S_INIT("\x01"), true },
        { S_INIT("a\0b"), false },  { S_INIT("\0"), false },
        { S_INIT("a\xff"), false }, { S_INIT("\xe4\xbd"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(utf8_is_text(rows[i].given) == rows[i].text);
}

/* Checking takes long strides over what is common; it must not see otherwise
 * than going from character to character.  [property] */
TEST(a_whole_text_is_checked_as_its_characters_are_read)
{
    static const char signs[] = "a\xe4\xb8\xad\xe0\xed\xf0\x9f\xa0\xc2\xef";
    struct test_random r = { TEST_SEED };
    int good = 0;

    for (int i = 0; i < 20000; i++) {
        char bytes[20];
        str s = { bytes, test_random_below(&r, sizeof bytes) };
        size_t at = 0;
        size_t read = 0;
        size_t count = 0;
        uint32_t c;

        for (size_t k = 0; k < s.n; k++)
            bytes[k] = signs[test_random_below(&r, sizeof signs - 1)];
        for (size_t k = 0; i % 2 == 0 && k + 3 <= s.n; k += 3)
            memcpy(bytes + k, signs + 1, 3);
        while (utf8_next(s, &at, &c))
            read++;
        bool whole = at == s.n;
        EXPECT(utf8_check(s, &count) == whole);
        EXPECT(!whole || count == read);
        good += whole && s.n > 8;
    }
    EXPECT(good > 500);
}
