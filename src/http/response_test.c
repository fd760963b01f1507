#include "http/response.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "http/cookie.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(an_answer_begins_strict)
{
    TEST_ARENA(a, 1 << 16);
    struct response rs;

    response_init(&rs, &a);
    EXPECT(rs.status == 200 && rs.policy == &policy_data);
    EXPECT(rs.body.n == 0 && rs.type.n == 0 && rs.etag.n == 0);
    EXPECT_STR(rs.cache, S("no-store"));
}

TEST(pages_and_data_get_their_policies)
{
    TEST_ARENA(a, 1 << 16);
    struct response rs;

    response_init(&rs, &a);
    respond(&rs, 200, TYPE_HTML, S("<p>"));
    EXPECT(rs.policy == &policy_page);
    respond(&rs, 201, TYPE_JSON, S("{}"));
    EXPECT(rs.policy == &policy_data && rs.status == 201);
    EXPECT_STR(rs.body, S("{}"));
}

/* Nothing may run from elsewhere and nobody may frame us, whatever the kind. */
TEST(every_policy_starts_from_nothing)
{
    const struct policy all[] = { policy_data, policy_page };

    for (size_t i = 0; i < COUNT(all); i++) {
        str content = str_of(all[i].content);
        EXPECT(str_begins(content, S("default-src 'none'")));
        EXPECT(str_contains(content, S("frame-ancestors 'none'")));
        EXPECT(!str_contains(content, S("unsafe")));
        EXPECT(syntax_value(content));
        EXPECT(syntax_value(str_of(all[i].referrer)));
        EXPECT(syntax_value(str_of(all[i].resource)));
    }
}

TEST(a_redirect_stays_on_this_server)
{
    static const struct {
        const char *why;
        str to;
        bool local;
    } rows[] = {
        { "a path", S_INIT("/c/1"), true },
        { "the root", S_INIT("/"), true },
        { "a path with a query", S_INIT("/c?a=b%20c"), true },
        { "a query with an address", S_INIT("/c?a=//b"), true },
        { "nothing", S_INIT(""), false },
        { "another server", S_INIT("https://a/"), false },
        { "another server, same protocol", S_INIT("//a/"), false },
        { "as browsers read it", S_INIT("/\\a"), false },
        { "later backslashes too", S_INIT("/a\\b"), false },
        { "a script", S_INIT("javascript:1"), false },
        { "a line end", S_INIT("/a\r\nSet-Cookie: b=c"), false },
        { "a tab, which browsers drop", S_INIT("/\t/a"), false },
        { "a blank", S_INIT("/a b"), false },
        { "beyond ASCII", S_INIT("/\xe6\x98\x9f"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct response rs;
        response_init(&rs, &a);
        err e = respond_redirect(&rs, 303, rows[i].to);
        if (rows[i].local)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "http.redirect");
        EXPECT_ROW(rows[i].why, rs.header_count == rows[i].local &&
                                    rs.status == (rows[i].local ? 303 : 200));
        if (rows[i].local)
            EXPECT_ROW_STR(rows[i].why, rs.headers[0].value, rows[i].to);
    }
}

TEST(headers_cookies_and_tags_are_kept)
{
    static const struct cookie session = { S_INIT("s"), S_INIT("1"), 0,
                                           COOKIE_LAX, true };
    static const struct cookie language = { S_INIT("lang"), S_INIT("en"), 9,
                                            COOKIE_LAX, false };
    TEST_ARENA(a, 1 << 16);
    struct response rs;

    response_init(&rs, &a);
    EXPECT_OK(response_header(&rs, S("Vary"), S("Accept, Accept-Language")));
    EXPECT_OK(response_cookie(&rs, &session));
    EXPECT_OK(response_cookie(&rs, &language));
    EXPECT_OK(response_etag(&rs, S("a1b2")));
    response_cache(&rs, S("public, max-age=60"));
    EXPECT(rs.header_count == 3);
    EXPECT_STR(rs.headers[0].name, S("Vary"));
    EXPECT_STR(rs.headers[1].name, S("Set-Cookie"));
    EXPECT(str_begins(rs.headers[1].value, S("s=1; ")));
    EXPECT(str_begins(rs.headers[2].value, S("lang=en; ")));
    EXPECT_STR(rs.etag, S("\"a1b2\""));
    EXPECT_STR(rs.cache, S("public, max-age=60"));
}

TEST(an_if_none_match_names_what_the_asker_has)
{
    static const struct {
        const char *why;
        const char *list;
        bool want;
    } rows[] = {
        { "the tag", "\"a\"", true },
        { "a weak one", "W/\"a\"", true },
        { "among others", "\"b\", W/\"c\" ,\"a\"", true },
        { "a comma inside another", "\"b,\\\"\", \"a\"", true },
        { "whatever there is", " * ", true },
        { "another", "\"b\"", false },
        { "without quotes", "a", false },
        { "in another case", "\"A\"", false },
        { "inside another", "\"b,\"a\"\"", false },
        { "nothing", "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, etag_matches(str_of(rows[i].list),
                                             S("\"a\"")) == rows[i].want);
}

static void header_with_line_end(struct response *rs)
{
    (void)response_header(rs, S("X"), S("a\r\nSet-Cookie: b=c")).info;
}

static void header_of_the_server(struct response *rs)
{
    (void)response_header(rs, S("content-length"), S("1")).info;
}

static void header_twice(struct response *rs)
{
    (void)response_header(rs, S("X"), S("1")).info;
    (void)response_header(rs, S("x"), S("2")).info;
}

static void header_with_a_bad_name(struct response *rs)
{
    (void)response_header(rs, S("X:"), S("1")).info;
}

static void cookie_with_a_semicolon(struct response *rs)
{
    const struct cookie c = { S("s"), S("1; Domain=a"), 0, COOKIE_LAX, true };

    (void)response_cookie(rs, &c).info;
}

static void tag_with_a_quote(struct response *rs)
{
    (void)response_etag(rs, S("a\"b")).info;
}

/* Does it stop the program?  Tried in a copy of it. */
static bool stops(void (*run)(struct response *rs))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        TEST_ARENA(a, 1 << 16);
        struct response rs;
        (void)close(STDERR_FILENO);
        response_init(&rs, &a);
        run(&rs);
        _exit(0);
    }
    EXPECT(child > 0 && waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

/* [RS2] */
TEST(what_would_forge_a_header_stops_the_program)
{
    EXPECT(stops(header_with_line_end));
    EXPECT(stops(header_of_the_server));
    EXPECT(stops(header_twice));
    EXPECT(stops(header_with_a_bad_name));
    EXPECT(stops(cookie_with_a_semicolon));
    EXPECT(stops(tag_with_a_quote));
}

static err fill(struct heap *h, void *)
{
    static const struct cookie c = { S_INIT("s"), S_INIT("1"), 0, COOKIE_LAX,
                                     true };
    scoped(arena_end) struct arena a;
    struct response rs;

    arena_init(&a, h, 1 << 16);
    response_init(&rs, &a);
    TRY(response_header(&rs, S("Vary"), S("Accept")));
    TRY(response_cookie(&rs, &c));
    TRY(response_etag(&rs, S("a")));
    return respond_redirect(&rs, 303, S("/"));
}

TEST(filling_an_answer_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(fill, NULL, NULL) > 0);
}
