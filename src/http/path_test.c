#include "http/path.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "http/percent.h"

/* "[seg|seg]?query", as a text to compare with. */
static str shown(struct arena *a, const struct path *p)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    for (size_t i = 0; i < p->n; i++) {
        buf_char(&b, i == 0 ? '[' : '|');
        buf_str(&b, p->at[i]);
    }
    buf_str(&b, p->n == 0 ? S("[]") : S("]"));
    if (p->query.n > 0) {
        buf_char(&b, '?');
        buf_str(&b, p->query);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_path_is_cut_at_its_slashes_and_then_decoded)
{
    static const struct {
        const char *why;
        const char *target;
        const char *want;
        const char *text;
    } rows[] = {
        { "the root", "/", "[]", "/" },
        { "segments", "/c/71223SC0002R0S", "[c|71223SC0002R0S]",
          "/c/71223SC0002R0S" },
        { "an encoded slash stays inside", "/c/00119Q%2F1100",
          "[c|00119Q/1100]", "/c/00119Q/1100" },
        { "decoded once", "/%2541", "[%41]", "/%41" },
        { "plus is plus", "/a+b", "[a+b]", "/a+b" },
        { "Chinese", "/%E6%98%9F", "[\xe6\x98\x9f]", "/\xe6\x98\x9f" },
        { "an empty segment at the end", "/a/", "[a|]", "/a/" },
        { "and at the front", "//a", "[|a]", "//a" },
        { "and alone", "//", "[|]", "//" },
        { "three dots are a name", "/...", "[...]", "/..." },
        { "a dot and more", "/.well-known", "[.well-known]", "/.well-known" },
        { "a query", "/s?q=%41&x", "[s]?q=%41&x", "/s" },
        { "an empty query", "/s?", "[s]", "/s" },
        { "a query with a slash and a mark", "/?a/../b?c", "[]?a/../b?c", "/" },
        { "marks browsers send as they are", "/a|b^c[d]", "[a|b^c[d]]",
          "/a|b^c[d]" },
        { "from a proxy", "http://example.cn/c/1?x", "[c|1]?x", "/c/1" },
        { "from a proxy over TLS", "https://example.cn:8443/", "[]", "/" },
        { "as deep as it goes", "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0",
          "[1|2|3|4|5|6|7|8|9|a|b|c|d|e|f|0]",
          "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct path p = { 0 };
        EXPECT_ROW_OK(rows[i].why, path_parse(&a, str_of(rows[i].target), &p));
        EXPECT_ROW_STR(rows[i].why, shown(&a, &p), str_of(rows[i].want));
        EXPECT_ROW_STR(rows[i].why, p.text, str_of(rows[i].text));
        EXPECT_ROW(rows[i].why, !p.all);
    }
}

TEST(a_star_asks_about_the_whole_server)
{
    TEST_ARENA(a, 1 << 16);
    struct path p = { 0 };

    EXPECT_OK(path_parse(&a, S("*"), &p));
    EXPECT(p.all && p.n == 0);
}

TEST(a_path_that_is_none_is_refused_with_its_reason)
{
    static const struct {
        const char *why;
        str target;
        const char *id;
    } rows[] = {
        { "nothing", S_INIT(""), "path.form" },
        { "no slash", S_INIT("a"), "path.form" },
        { "another protocol", S_INIT("ftp://a/b"), "path.form" },
        { "no host", S_INIT("http:///a"), "path.form" },
        { "no path", S_INIT("http://a"), "path.form" },
        { "a host with a query", S_INIT("http://a?b/c"), "path.form" },
        { "host and port", S_INIT("example.cn:443"), "path.form" },
        { "a blank", S_INIT("/a b"), "path.character" },
        { "a NUL", S_INIT("/a\0b"), "path.character" },
        { "a line end", S_INIT("/a\r"), "path.character" },
        { "DEL", S_INIT("/\x7f"), "path.character" },
        { "beyond ASCII", S_INIT("/\xe6\x98\x9f"), "path.character" },
        { "a fragment", S_INIT("/a#b"), "path.character" },
        { "a blank in the query", S_INIT("/a?b c"), "path.character" },
        { "half a triplet", S_INIT("/a%2"), "path.percent" },
        { "an encoded NUL", S_INIT("/a%00b"), "path.text" },
        { "an encoded line end", S_INIT("/a%0d%0ab"), "path.text" },
        { "not UTF-8", S_INIT("/%ff"), "path.text" },
        { "an overlong slash", S_INIT("/..%c0%af"), "path.text" },
        { "here", S_INIT("/a/./b"), "path.dots" },
        { "up", S_INIT("/a/../b"), "path.dots" },
        { "up, encoded", S_INIT("/a/%2e%2E/b"), "path.dots" },
        { "up, half encoded", S_INIT("/.%2e"), "path.dots" },
        { "up at the end", S_INIT("/a/.."), "path.dots" },
        { "one segment too many", S_INIT("/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0/1"),
          "path.deep" },
        { "or a slash too many", S_INIT("/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0/"),
          "path.deep" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct path p = { .query = S("untouched") };
        EXPECT_ROW_ERR(rows[i].why, path_parse(&a, rows[i].target, &p),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, p.query, S("untouched"));
    }
}

static int64_t place(err e)
{
    return e.info->args[0].number;
}

TEST(a_refusal_says_where)
{
    TEST_ARENA(a, 1 << 18);
    struct path p;

    EXPECT(place(path_parse(&a, S("/ab c"), &p)) == 4);
    EXPECT(place(path_parse(&a, S("/ab/c%zz"), &p)) == 6);
    EXPECT(place(path_parse(&a, S("http://h/%"), &p)) == 10);
}

/* [PA2] [property] Whatever the bytes, what comes out is text without dots. */
TEST(no_bytes_lead_out_of_anywhere)
{
    static const char alphabet[] = "/./%2eE25c0afF?a*\\";
    struct test_random r = { TEST_SEED };
    int accepted = 0;

    for (int i = 0; i < 20000; i++) {
        TEST_ARENA(a, 1 << 18);
        char target[24] = "/";
        size_t n = 1 + test_random_below(&r, sizeof target - 1);
        struct path p;

        for (size_t k = 1; k < n; k++)
            target[k] = alphabet[test_random_below(&r, sizeof alphabet - 1)];
        err e = path_parse(&a, (str){ target, n }, &p);
        accepted += !failed(e);
        for (size_t k = 0; !failed(e) && k < p.n; k++)
            EXPECT(percent_is_text(p.at[k], PERCENT_LINE) &&
                   !str_eq(p.at[k], S(".")) && !str_eq(p.at[k], S("..")));
    }
    EXPECT(accepted > 1000);
}

static err parse_one(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct path p;

    arena_init(&a, h, 1 << 16);
    return path_parse(&a, S("/c/1?q"), &p);
}

TEST(parsing_a_path_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(parse_one, NULL, NULL) > 0);
}
