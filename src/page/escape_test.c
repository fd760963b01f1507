#include "page/escape.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/utf8.h"

typedef void escaper(struct buf *out, str s);

static str escaped(struct arena *a, escaper *escape, str s)
{
    struct buf b;
    str got = S("");

    buf_init(&b, a, 10000);
    escape(&b, s);
    EXPECT_OK(buf_done(&b, &got));
    return got;
}

TEST(html_is_escaped_and_made_well_formed)
{
    static const struct {
        const char *name;
        str text;
        str want;
    } rows[] = {
        { "nothing", S_INIT(""), S_INIT("") },
        { "plain", S_INIT("甲 a-b"), S_INIT("甲 a-b") },
        { "all five", S_INIT("<>\"'&"), S_INIT("&lt;&gt;&quot;&#39;&amp;") },
        { "in the middle", S_INIT("a<b>c"), S_INIT("a&lt;b&gt;c") },
        { "escaped twice", S_INIT("&amp;"), S_INIT("&amp;amp;") },
        { "tab and newline stay", S_INIT("a\tb\nc"), S_INIT("a\tb\nc") },
        { "NUL and CR", S_INIT("a\0b\r"), S_INIT("a�b�") },
        { "last C0", S_INIT("\x1f"), S_INIT("�") },
        { "DEL and C1", S_INIT("\x7f\xc2\x80\xc2\x9f\xc2\xa0"),
          S_INIT("���\xc2\xa0") },
        { "not UTF-8", S_INIT("a\xff\xe4\xbd"), S_INIT("a���") },
        { "overlong <", S_INIT("\xc0\xbc"), S_INIT("��") },
        { "four bytes", S_INIT("😀"), S_INIT("😀") },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, escaped(&a, escape_html, rows[i].text),
                       rows[i].want);
}

TEST(only_harmless_addresses_pass)
{
    /* clang-format off */
    static const struct {
        const char *name;
        str address;
        str want;
    } rows[] = {
        { "https", S_INIT("https://a.cn/x?y=1&z"), S_INIT("https://a.cn/x?y=1&amp;z") },
        { "http, any case", S_INIT("HTTP://127.0.0.1:8010"), S_INIT("HTTP://127.0.0.1:8010") },
        { "own path", S_INIT("/c/1"), S_INIT("/c/1") },
        { "root", S_INIT("/"), S_INIT("/") },
        { "query", S_INIT("?lang=en"), S_INIT("?lang=en") },
        { "fragment", S_INIT("#main"), S_INIT("#main") },
        { "an authenticator", S_INIT("otpauth://totp/a?b=c"), S_INIT("otpauth://totp/a?b=c") },
        { "one of nothing", S_INIT("otpauth://"), S_INIT("#") },
        { "another scheme that ends so", S_INIT("xotpauth://totp/a"), S_INIT("#") },
        { "no host", S_INIT("https://"), S_INIT("#") },
        { "no host but a path", S_INIT("http:///x"), S_INIT("#") },
        { "other host without scheme", S_INIT("//evil.cn"), S_INIT("#") },
        { "the same with a backslash", S_INIT("/\\evil.cn"), S_INIT("#") },
        { "script", S_INIT("javascript:alert(1)"), S_INIT("#") },
        { "script behind a blank", S_INIT(" javascript:alert(1)"), S_INIT("#") },
        { "script with a tab", S_INIT("java\tscript:alert(1)"), S_INIT("#") },
        { "data", S_INIT("data:text/html,x"), S_INIT("#") },
        { "relative without slash", S_INIT("c/1"), S_INIT("#") },
        { "empty", S_INIT(""), S_INIT("#") },
        { "newline", S_INIT("/a\nb"), S_INIT("#") },
        { "quote", S_INIT("/\"onclick='x'"), S_INIT("/&quot;onclick=&#39;x&#39;") },
    };
    /* clang-format on */
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, escaped(&a, escape_url, rows[i].address),
                       rows[i].want);
}

/* [RFC 3986 2.3] */
TEST(a_part_of_an_address_is_percent_encoded)
{
    TEST_ARENA(a, 1 << 20);

    EXPECT_STR(escaped(&a, escape_url_part, S("Az09-._~")), S("Az09-._~"));
    EXPECT_STR(escaped(&a, escape_url_part, S("a/b?c&d e%")),
               S("a%2Fb%3Fc%26d%20e%25"));
    EXPECT_STR(escaped(&a, escape_url_part, S("青\0\xff")),
               S("%E9%9D%92%00%FF"));
}

/* [ES1] */
static bool is_safe(str s)
{
    static const str entities[] = {
        S_INIT("&amp;"),  S_INIT("&lt;"),  S_INIT("&gt;"),
        S_INIT("&quot;"), S_INIT("&#39;"),
    };

    for (size_t i = 0; i < s.n; i++) {
        if (strchr("<>\"'", s.p[i]) != NULL)
            return false;
        bool known = s.p[i] != '&';
        for (size_t k = 0; k < COUNT(entities); k++)
            known = known || str_begins(str_from(s, i), entities[k]);
        if (!known)
            return false;
    }
    return true;
}

/* [property] [ES1] [ES2] */
TEST(whatever_is_escaped_is_safe_and_well_formed)
{
    static escaper *const escapers[] = { escape_html, escape_url,
                                         escape_url_part };
    static const char signs[] = "<>&\"'/\\:a;#? \xe4\xbd\xa0\xff\t\x01";
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 3000; i++) {
        TEST_ARENA(a, 1 << 20);
        char text[20];
        size_t n = test_random_below(&r, sizeof text + 1);
        for (size_t k = 0; k < n; k++)
            text[k] = signs[test_random_below(&r, sizeof signs)];
        for (size_t e = 0; e < COUNT(escapers); e++) {
            str got = escaped(&a, escapers[e], (str){ text, n });
            EXPECT(is_safe(got));
            EXPECT(utf8_check(got, NULL));
        }
    }
}
