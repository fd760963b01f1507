#include "text/text.h"

#include "base/size.h"
#include "base/test.h"

TEST(a_language_is_known_by_tag_or_locale)
{
    static const struct {
        str text;
        bool known;
        enum lang want;
    } rows[] = {
        { S_INIT("zh"), true, LANG_ZH },
        { S_INIT("zh_CN.UTF-8"), true, LANG_ZH },
        { S_INIT("zh-Hant-TW"), true, LANG_ZH },
        { S_INIT("ZH"), true, LANG_ZH },
        { S_INIT("en"), true, LANG_EN },
        { S_INIT("en_US"), true, LANG_EN },
        { S_INIT("en.UTF-8"), true, LANG_EN },
        { S_INIT("EN_gb@euro"), true, LANG_EN },
        { S_INIT(""), false, LANG_ZH },
        { S_INIT("C"), false, LANG_ZH },
        { S_INIT("POSIX"), false, LANG_ZH },
        { S_INIT("eng"), false, LANG_ZH },
        { S_INIT("e"), false, LANG_ZH },
        { S_INIT("-en"), false, LANG_ZH },
        { S_INIT("zh\0"), false, LANG_ZH },
        { S_INIT("de-DE"), false, LANG_ZH },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        enum lang untouched = LANG_COUNT;
        enum lang got = untouched;
        EXPECT_ROW(rows[i].text.p,
                   lang_parse(rows[i].text, &got) == rows[i].known);
        EXPECT_ROW(rows[i].text.p,
                   got == (rows[i].known ? rows[i].want : untouched));
        EXPECT_ROW(rows[i].text.p,
                   lang_of_locale(rows[i].text) == rows[i].want);
    }
}

/* [RFC 9110 12.5.4] */
TEST(accept_language_is_weighed)
{
    static const struct {
        const char *header;
        enum lang otherwise;
        enum lang want;
    } rows[] = {
        { "", LANG_ZH, LANG_ZH },
        { "", LANG_EN, LANG_EN },
        { "de, fr;q=0.9", LANG_ZH, LANG_ZH },
        { "en", LANG_ZH, LANG_EN },
        { "en-GB,en;q=0.9,zh-CN;q=0.8", LANG_ZH, LANG_EN },
        { "zh-CN,zh;q=0.9,en;q=0.8", LANG_EN, LANG_ZH },
        /* weight before order, order before what we would take */
        { "en;q=0.5, zh;q=0.6", LANG_EN, LANG_ZH },
        { "en, zh", LANG_ZH, LANG_EN },
        { "zh;q=0.500 , en ; q=0.501", LANG_ZH, LANG_EN },
        { "en;q=0.3, zh;q=0.4, en-US;q=0.9", LANG_ZH, LANG_EN },
        /* a star stands for what is not named */
        { "*", LANG_EN, LANG_EN },
        { "*;q=0.5, en;q=0.4", LANG_ZH, LANG_ZH },
        { "zh;q=0, *", LANG_ZH, LANG_EN },
        { "en;q=0.1, *;q=0", LANG_ZH, LANG_EN },
        /* a refusal is not a wish */
        { "en;q=0", LANG_ZH, LANG_ZH },
        { "zh;q=0", LANG_ZH, LANG_ZH },
        { "zh;q=0,en;q=0", LANG_ZH, LANG_ZH },
        /* what is malformed counts for nothing */
        { "en;q=2", LANG_ZH, LANG_ZH },
        { "en;q=1.001", LANG_ZH, LANG_ZH },
        { "en;q=0.1234", LANG_ZH, LANG_ZH },
        { "en;q=", LANG_ZH, LANG_ZH },
        { "en;q=.5", LANG_ZH, LANG_ZH },
        { "en;q=0,5", LANG_ZH, LANG_ZH },
        { "en;q=0x5", LANG_ZH, LANG_ZH },
        { "en;level=1", LANG_ZH, LANG_ZH },
        { ";q=1,,en;Q=0.2,", LANG_ZH, LANG_EN },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].header,
                   lang_accept(str_of(rows[i].header), rows[i].otherwise) ==
                       rows[i].want);
}

/* [property] Whatever it holds, a header gives one of the two, and one that
 * holds neither "zh" nor a star never gives Chinese to who would have English.
 */
TEST(any_header_gives_a_language)
{
    static const char signs[] = "enzhq=;,.-* 01\x80";
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 20000; i++) {
        char header[24];
        size_t n = test_random_below(&r, sizeof header + 1);
        for (size_t k = 0; k < n; k++)
            header[k] = signs[test_random_below(&r, sizeof signs)];
        str s = { header, n };
        enum lang l = lang_accept(s, LANG_EN);
        EXPECT(l == LANG_EN || l == LANG_ZH);
        if (!str_contains(s, S("zh")) && !str_contains(s, S("*")))
            EXPECT(l == LANG_EN);
    }
}

TEST(the_tags_are_those_of_html)
{
    EXPECT_STR(lang_tag(LANG_ZH), S("zh-CN"));
    EXPECT_STR(lang_tag(LANG_EN), S("en"));
}
