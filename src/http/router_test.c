#include "http/router.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "http/request.h"

static err nothing(struct request *, struct response *)
{
    return OK;
}

#define R(m, p)                                                                \
    {                                                                          \
        METHOD_##m, p, 0, BODY_NONE, nothing                                   \
    }

static const struct route some[] = {
    R(GET, "/"),
    R(GET, "/c/{number}"),
    R(GET, "/c/new"),
    R(POST, "/c/{number}"),
    R(GET, "/c/new/form"),
    R(GET, "/c/{number}/report"),
    R(DELETE, "/c/{other}/report/{page}"),
    R(GET, "/tile/{level}/{rest...}"),
    R(GET, "/tile/{level}/top"),
    R(GET, "/{any}/{of}/it"),
    R(PUT, "/.well-known/a~b_c-d"),
};

static struct router *router_of(struct arena *a, const struct route *routes,
                                size_t n)
{
    const struct route_table table = { routes, n };
    struct router *r = NULL;

    EXPECT_OK(router_new(a, &table, 1, &r));
    return r;
}

static struct found look(const struct router *r, struct arena *a,
                         const char *target)
{
    struct path p = { 0 };
    struct found f;

    EXPECT_OK(path_parse(a, str_of(target), &p));
    router_find(r, &p, &f);
    return f;
}

TEST(an_address_leads_to_its_route)
{
    static const struct {
        const char *why;
        const char *target;
        enum method method;
        const char *pattern; /* NULL: no such address */
        const char *values;  /* joined by commas */
    } rows[] = {
        { "the root", "/", METHOD_GET, "/", "" },
        { "a parameter", "/c/12", METHOD_GET, "/c/{number}", "12" },
        { "another method", "/c/12", METHOD_POST, "/c/{number}", "12" },
        { "a literal goes first [RT2]", "/c/new", METHOD_GET, "/c/new", "" },
        { "and is taken back when it leads nowhere", "/c/new/report",
          METHOD_GET, "/c/{number}/report", "new" },
        { "deeper literals", "/c/new/form", METHOD_GET, "/c/new/form", "" },
        { "two parameters", "/c/1/report/2", METHOD_DELETE,
          "/c/{other}/report/{page}", "1,2" },
        { "an encoded slash in one", "/c/00119Q%2F1100", METHOD_GET,
          "/c/{number}", "00119Q/1100" },
        { "a literal may be sent encoded", "/%63/12", METHOD_GET, "/c/{number}",
          "12" },
        { "a rest of one", "/tile/0/7", METHOD_GET, "/tile/{level}/{rest...}",
          "0,7" },
        { "a rest of many", "/tile/0/x001/x234/067.p/9", METHOD_GET,
          "/tile/{level}/{rest...}", "0,x001/x234/067.p/9" },
        { "a literal before a rest", "/tile/0/top", METHOD_GET,
          "/tile/{level}/top", "0" },
        { "a parameter before a rest", "/tile/0/it", METHOD_GET,
          "/tile/{level}/{rest...}", "0,it" },
        { "two parameters from the root", "/x/y/it", METHOD_GET,
          "/{any}/{of}/it", "x,y" },
        { "a way taken back leaves no values", "/c/1/it", METHOD_GET,
          "/{any}/{of}/it", "c,1" },
        { "marks in a literal", "/.well-known/a~b_c-d", METHOD_PUT,
          "/.well-known/a~b_c-d", "" },
        { "too short", "/c", METHOD_GET, NULL, "" },
        { "too long", "/c/new/form/x", METHOD_GET, NULL, "" },
        { "an empty parameter", "/c/", METHOD_GET, NULL, "" },
        { "an empty segment", "//c/12", METHOD_GET, NULL, "" },
        { "a slash at the end", "/c/12/", METHOD_GET, NULL, "" },
        { "an empty rest", "/tile/0/", METHOD_GET, NULL, "" },
        { "an empty segment in a rest", "/tile/0/a//b", METHOD_GET, NULL, "" },
        { "a slash hidden in a rest", "/tile/0/a%2Fb/c", METHOD_GET, NULL, "" },
        { "another case", "/C/12", METHOD_GET, NULL, "" },
    };
    TEST_ARENA(a, 1 << 20);
    const struct router *r = router_of(&a, some, COUNT(some));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found f = look(r, &a, rows[i].target);
        const struct route *route = f.routes[rows[i].method];
        struct buf b;
        str values = S("");

        EXPECT_ROW(rows[i].why, f.any == (rows[i].pattern != NULL));
        EXPECT_ROW_STR(rows[i].why,
                       str_of(route == NULL ? NULL : route->pattern),
                       str_of(rows[i].pattern));
        buf_init(&b, &a, 100);
        for (size_t k = 0; k < f.n; k++) {
            if (k > 0)
                buf_char(&b, ',');
            buf_str(&b, f.values[k]);
        }
        EXPECT_OK(buf_done(&b, &values));
        EXPECT_ROW_STR(rows[i].why, values, str_of(rows[i].values));
    }
}

TEST(an_address_knows_its_methods)
{
    TEST_ARENA(a, 1 << 20);
    const struct router *r = router_of(&a, some, COUNT(some));
    struct found f = look(r, &a, "/c/12");

    EXPECT(f.routes[METHOD_GET] != NULL && f.routes[METHOD_POST] != NULL);
    EXPECT(f.routes[METHOD_PUT] == NULL && f.routes[METHOD_DELETE] == NULL);
    EXPECT_STR(method_name(METHOD_GET), S("GET"));
    EXPECT_STR(method_name(METHOD_DELETE), S("DELETE"));
}

TEST(parameters_are_found_by_the_names_of_their_own_pattern)
{
    static const struct route route = R(GET, "/a/{one}/b/{two}/{three...}");
    struct request rq = {
        .route = &route, .values = { S_INIT("1"), S_INIT("2"), S_INIT("3/4") }
    };

    EXPECT_STR(request_parameter(&rq, S("one")), S("1"));
    EXPECT_STR(request_parameter(&rq, S("two")), S("2"));
    EXPECT_STR(request_parameter(&rq, S("three")), S("3/4"));
}

TEST(a_pattern_that_is_none_is_refused)
{
    static const char *const patterns[] = {
        "",
        "a",
        "c/x",
        "//",
        "/a/",
        "/a//b",
        "/a b",
        "/a%41",
        "/{",
        "/{}",
        "/{a",
        "/a}",
        "/{a}b",
        "/b{a}",
        "/{a-b}",
        "/{a}/{a}",
        "/{...}",
        "/{a...}/b",
        "/{a..}",
        "/\xc3\xa4",
        "/.",
        "/a/..",
        "/{a}/{a...}",
        "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0/1",
        "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}",
    };

    for (size_t i = 0; i < COUNT(patterns); i++) {
        TEST_ARENA(a, 1 << 16);
        const struct route route = { METHOD_GET, patterns[i], 0, BODY_NONE,
                                     nothing };
        const struct route_table table = { &route, 1 };
        struct router *r = NULL;
        err e = router_new(&a, &table, 1, &r);
        EXPECT_ROW_ERR(patterns[i], e, ERR_INVALID, "router.pattern");
        EXPECT_ROW_STR(patterns[i], err_arg_text(e, "pattern"),
                       str_of(patterns[i]));
        EXPECT(r == NULL);
    }
}

TEST(the_largest_patterns_are_taken)
{
    static const struct route routes[] = {
        R(GET, "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0"),
        R(GET, "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}"),
    };
    TEST_ARENA(a, 1 << 20);
    const struct router *r = router_of(&a, routes, COUNT(routes));

    EXPECT(look(r, &a, "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/0").any);
    EXPECT(look(r, &a, "/1/2/3/4/5/6/7/8").n == 8);
    EXPECT(!look(r, &a, "/1/2/3/4/5/6/7").any);
}

TEST(two_routes_of_one_shape_are_a_conflict)
{
    static const struct {
        const char *why;
        struct route routes[2];
        bool conflict;
    } rows[] = {
        { "the same", { R(GET, "/a"), R(GET, "/a") }, true },
        { "names do not tell them apart",
          { R(GET, "/{a}/x"), R(GET, "/{b}/x") },
          true },
        { "rests", { R(GET, "/{a...}"), R(GET, "/{b...}") }, true },
        { "another method", { R(GET, "/a"), R(POST, "/a") }, false },
        { "a literal and a parameter",
          { R(GET, "/a"), R(GET, "/{a}") },
          false },
        { "a parameter and a rest",
          { R(GET, "/{a}"), R(GET, "/{a...}") },
          false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        /* Two tables: conflicts between faces count too. */
        const struct route_table tables[] = { { &rows[i].routes[0], 1 },
                                              { &rows[i].routes[1], 1 } };
        struct router *r = NULL;
        err e = router_new(&a, tables, COUNT(tables), &r);
        if (rows[i].conflict)
            EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "router.conflict");
        else
            EXPECT_ROW_OK(rows[i].why, e);
        EXPECT_ROW(rows[i].why, (r == NULL) == rows[i].conflict);
    }
}

TEST(all_routes_are_listed_in_their_order)
{
    TEST_ARENA(a, 1 << 20);
    const struct router *r = router_of(&a, some, COUNT(some));

    EXPECT(router_count(r) == COUNT(some));
    for (size_t i = 0; i < COUNT(some); i++)
        EXPECT(router_route(r, i) == &some[i]);
}

/* [property] However many literals there are, each is found. */
TEST(many_routes_are_all_found)
{
    enum { MANY = 300 };
    static char patterns[MANY][24];
    static struct route routes[MANY];
    TEST_ARENA(a, 1 << 22);

    for (size_t i = 0; i < MANY; i++) {
        struct buf b;
        str s = S("");
        buf_init(&b, &a, 24);
        buf_printf(&b, "/%zu/x", i * 7919 % 1009);
        EXPECT_OK(buf_done(&b, &s));
        memcpy(patterns[i], s.p, s.n + 1);
        routes[i] =
            (struct route){ METHOD_GET, patterns[i], 0, BODY_NONE, nothing };
    }
    const struct router *r = router_of(&a, routes, MANY);
    for (size_t i = 0; i < MANY; i++)
        EXPECT(look(r, &a, patterns[i]).routes[METHOD_GET] == &routes[i]);
    EXPECT(!look(r, &a, "/1010/x").any);
}

static err make_one(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    const struct route_table table = { some, COUNT(some) };
    struct router *r;

    arena_init(&a, h, 1 << 20);
    return router_new(&a, &table, 1, &r);
}

TEST(making_a_router_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(make_one, NULL, NULL) > 0);
}
