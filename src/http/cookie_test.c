#include "http/cookie.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

TEST(a_cookie_is_found_in_its_header)
{
    static const struct {
        const char *why;
        const char *header;
        const char *want; /* NULL: absent */
    } rows[] = {
        { "alone", "s=1", "1" },
        { "first", "s=1; t=2", "1" },
        { "last", "t=2; s=1", "1" },
        { "without the blank", "t=2;s=1", "1" },
        { "with more blanks", " s=1 ;  t=2 ", "1" },
        { "empty", "s=", "" },
        { "in quotes", "s=\"1\"", "1" },
        { "empty in quotes", "s=\"\"", "" },
        { "with an equals sign", "s=a=b", "a=b" },
        { "every mark that may stand", "s=!#$%&'()*+-./:<=>?@[]^_`{|}~",
          "!#$%&'()*+-./:<=>?@[]^_`{|}~" },
        { "no header", "", NULL },
        { "another", "t=2", NULL },
        { "another that ends so", "xs=1", NULL },
        { "another that begins so", "s2=1", NULL },
        { "in another case", "S=1", NULL },
        { "twice [CO2]", "s=1; s=1", NULL },
        { "no equals sign", "s", NULL },
        { "a blank inside [CO1]", "s=a b", NULL },
        { "a comma", "s=a,b", NULL },
        { "a backslash", "s=a\\b", NULL },
        { "one quote", "s=\"1", NULL },
        { "a quote that ends before", "s=\"", NULL },
        { "beyond ASCII", "s=\xc3\xa4", NULL },
        { "a blank in the name", "s =1", NULL },
        { "a broken neighbour does no harm", "x y=\x01; s=1; =3", "1" },
        { "one broken, one sound", "s=a b; s=1", "1" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str got = S("untouched");
        bool found = cookie_get(str_of(rows[i].header), S("s"), &got);
        EXPECT_ROW(rows[i].why, found == (rows[i].want != NULL));
        EXPECT_ROW_STR(rows[i].why, got,
                       found ? str_of(rows[i].want) : S("untouched"));
    }
}

TEST(what_we_set_is_for_us_alone)
{
    static const struct {
        const char *want;
        struct cookie c;
    } rows[] = {
        { "s=1; Path=/; HttpOnly; SameSite=Strict; Secure",
          { S_INIT("s"), S_INIT("1"), COOKIE_SESSION, COOKIE_STRICT, true } },
        { "lang=zh; Path=/; HttpOnly; Max-Age=31536000; SameSite=Lax",
          { S_INIT("lang"), S_INIT("zh"), 31536000, COOKIE_LAX, false } },
        { "s=; Path=/; HttpOnly; Max-Age=0; SameSite=Strict",
          { S_INIT("s"), S_INIT(""), 0, COOKIE_STRICT, false } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct buf b;
        str got = S("");
        buf_init(&b, &a, 1000);
        cookie_write(&b, &rows[i].c);
        EXPECT_OK(buf_done(&b, &got));
        EXPECT_STR(got, str_of(rows[i].want));
    }
}
