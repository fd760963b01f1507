#include "http/http.h"

#include "base/size.h"
#include "http/rig_test.h"
#include "http/syntax.h"

#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define GET(path) "GET " path " HTTP/1.1" CRLF HOST CRLF

TEST(an_answer_carries_what_protects_its_reader)
{
    static const struct {
        const char *name;
        const char *want; /* NULL: must not be there */
    } rows[] = {
        { "Content-Type", "text/plain; charset=utf-8" },
        { "Content-Length", "5" },
        { "Content-Security-Policy",
          "default-src 'none'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Opener-Policy", "" },
        { "Permissions-Policy", "" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cache-Control", "public, max-age=60" },
        { "ETag", "\"tag\"" },
        { "X-Mine", "yes" },
        { "Server", "" },
        { "X-Powered-By", "" },
        { "Connection", "" },
    };
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/hello")));
    EXPECT(reply.status == 200);
    EXPECT_STR(reply.body, S("hello"));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, reply_header(&reply, str_of(rows[i].name)),
                       str_of(rows[i].want));
    str date = reply_header(&reply, S("Date"));
    EXPECT(date.n == 29 && str_ends(date, S(" GMT")));
    rig_end(&r);
}

TEST(a_page_may_show_its_own_styles_and_nothing_else)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/hello/%E6%98%9F")));
    str policy = reply_header(&reply, S("Content-Security-Policy"));
    EXPECT_STR(reply.body, S("\xe6\x98\x9f"));
    EXPECT(str_begins(policy, S("default-src 'none'; style-src 'self'")));
    str permissions = reply_header(&reply, S("Permissions-Policy"));
    EXPECT(str_contains(permissions, S("camera=()")));
    EXPECT_STR(reply_header(&reply, S("Cross-Origin-Opener-Policy")),
               S("same-origin"));
    EXPECT_STR(reply_header(&reply, S("Cache-Control")), S("no-store"));
    rig_end(&r);
}

TEST(a_connection_serves_one_request_after_the_other)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    int fd = dial(&r);
    for (int i = 0; i < 5; i++) {
        say(fd, S(GET("/hello")));
        EXPECT_STR(hear(&r, fd, true).body, S("hello"));
        say(fd, S("HEAD /hello HTTP/1.1" CRLF HOST CRLF));
        struct reply head = hear(&r, fd, false);
        EXPECT(head.status == 200);
        EXPECT_STR(reply_header(&head, S("Content-Length")), S("5"));
        say(fd, S("POST /echo HTTP/1.1" CRLF HOST "Content-Length: 3" CRLF CRLF
                  "abc"));
        EXPECT_STR(hear(&r, fd, true).body, S("abc"));
        say(fd, S(GET("/nowhere")));
        EXPECT(hear(&r, fd, true).status == 404);
        say(fd, S("GET /hello HTTP/1.1" CRLF HOST
                  "If-None-Match: \"tag\"" CRLF CRLF));
        EXPECT(hear(&r, fd, true).status == 304);
    }
    EXPECT(server_connections(r.server) == 1);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(requests_sent_at_once_are_answered_in_their_order)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    int fd = dial(&r);
    say(fd,
        S(GET("/hello/1") "POST /echo HTTP/1.1" CRLF HOST
                          "Content-Length: 1" CRLF CRLF "2" GET("/hello/3")));
    EXPECT_STR(hear(&r, fd, true).body, S("1"));
    EXPECT_STR(hear(&r, fd, true).body, S("2"));
    EXPECT_STR(hear(&r, fd, true).body, S("3"));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_connection_ends_when_the_asker_wants_it)
{
    static const struct {
        const char *why;
        str request;
    } rows[] = {
        { "it says so", S_INIT("GET /hello HTTP/1.1" CRLF HOST
                               "Connection: close" CRLF CRLF) },
        { "it is of the old version", S_INIT("GET /hello HTTP/1.0" CRLF CRLF) },
    };
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, rows[i].request);
        struct reply reply = hear(&r, fd, true);
        EXPECT_ROW_STR(rows[i].why, reply.body, S("hello"));
        EXPECT_ROW_STR(rows[i].why, reply_header(&reply, S("Connection")),
                       S("close"));
        EXPECT_ROW(rows[i].why, ended(fd));
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

#define POST(path, more) "POST " path " HTTP/1.1" CRLF HOST more CRLF

TEST(every_request_gets_its_status)
{
    static const struct {
        const char *why;
        str request;
        int status;
        bool closes;
        const char *body; /* NULL: libmicrohttpd's own words */
    } rows[] = {
        { "an address with an encoded slash", S_INIT(GET("/hello/a%2Fb")), 200,
          false, "a/b" },
        { "the whole address, as to a proxy",
          S_INIT(GET("http://a/hello/b?c=d")), 200, false, "b" },
        { "blanks around a value",
          S_INIT("GET /hello HTTP/1.1" CRLF "Host: \t a \t" CRLF CRLF), 200,
          false, "hello" },
        { "an empty line before", S_INIT(CRLF GET("/hello")), 200, false,
          "hello" },
        { "a form",
          S_INIT(POST("/form", "Content-Type: application/"
                               "x-www-form-urlencoded" CRLF
                               "Content-Length: 8" CRLF) "name=a+b"),
          200, false, "a b" },
        { "OPTIONS", S_INIT("OPTIONS /echo HTTP/1.1" CRLF HOST CRLF), 204,
          false, "" },
        { "nowhere", S_INIT(GET("/nowhere")), 404, false, "http.no_address" },
        { "a slash at the end", S_INIT(GET("/hello/")), 404, false,
          "http.no_address" },
        { "two slashes", S_INIT(GET("//hello")), 404, false,
          "http.no_address" },
        { "a wrong method", S_INIT("PUT /echo HTTP/1.1" CRLF HOST CRLF), 405,
          false, "http.method" },
        { "no such method", S_INIT("BREW /echo HTTP/1.1" CRLF HOST CRLF), 501,
          false, "http.unknown_method" },
        { "a wrong type", S_INIT(POST("/form", "Content-Length: 2" CRLF) "{}"),
          415, false, "http.type" },
        { "a broken form",
          S_INIT(POST("/form", "Content-Type: application/"
                               "x-www-form-urlencoded" CRLF
                               "Content-Length: 3" CRLF) "a=%"),
          400, false, "form.percent" },
        { "half a triplet", S_INIT(GET("/hello/%4")), 400, false,
          "path.percent" },
        { "an encoded NUL", S_INIT(GET("/hello/a%00b")), 400, false,
          "path.text" },
        { "up", S_INIT(GET("/hello/../hello")), 400, false, "path.dots" },
        { "up, encoded", S_INIT(GET("/hello/%2e%2e/hello")), 400, false,
          "path.dots" },
        { "beyond ASCII", S_INIT(GET("/\xe6\x98\x9f")), 400, false,
          "path.character" },
        { "our own trouble", S_INIT(GET("/hungry")), 503, false, "err.memory" },
        { "a NUL in the address [HT3]", S_INIT(GET("/hello\0/x")), 400, true,
          "http.line" },
        { "a NUL in the query", S_INIT(GET("/hello?a\0=b")), 400, true,
          "http.line" },
        { "a NUL in a header",
          S_INIT("GET /hello HTTP/1.1" CRLF HOST "A: b\0c" CRLF CRLF), 400,
          true, "http.line" },
        { "a NUL at the end of a header",
          S_INIT("GET /hello HTTP/1.1" CRLF "Host: a\0" CRLF CRLF), 400, true,
          "http.line" },
        { "a NUL before a value",
          S_INIT("GET /hello HTTP/1.1" CRLF "Host:\0a" CRLF CRLF), 400, true,
          "http.line" },
        { "two blanks after the method",
          S_INIT("GET  /hello HTTP/1.1" CRLF HOST CRLF), 400, true,
          "http.line" },
        { "a line that ends in LF alone",
          S_INIT("GET /hello HTTP/1.1" CRLF "Host: a\n" CRLF), 400, true,
          "http.line" },
        { "the first line too", S_INIT("GET /hello HTTP/1.1\n" HOST CRLF), 400,
          true, "http.line" },
        { "and the empty one", S_INIT("GET /hello HTTP/1.1" CRLF HOST "\n"),
          400, true, "http.line" },
        { "a folded header",
          S_INIT("GET /hello HTTP/1.1" CRLF HOST "A: b" CRLF " c" CRLF CRLF),
          400, true, "http.line" },
        { "a blank before the colon",
          S_INIT(POST("/echo", "Content-Length : 1" CRLF) "x"), 400, true,
          "http.header" },
        { "a control in a header",
          S_INIT("GET /hello HTTP/1.1" CRLF HOST "A: b\x01" CRLF CRLF), 400,
          true, "http.header" },
        { "two lengths",
          S_INIT(POST("/echo",
                      "Content-Length: 1" CRLF "Content-Length: 2" CRLF) "xy"),
          400, true, "http.length" },
        { "two lengths, the first nothing",
          S_INIT(POST("/echo",
                      "Content-Length: 0" CRLF "Content-Length: 2" CRLF) "xy"),
          400, true, "http.length" },
        { "length and chunks",
          S_INIT(POST("/echo",
                      "Content-Length: 1" CRLF
                      "Transfer-Encoding: chunked" CRLF) "0" CRLF CRLF),
          400, true, "http.length" },
        { "another coding",
          S_INIT(POST("/echo", "Transfer-Encoding: gzip" CRLF)), 501, true,
          "http.coding" },
        { "two hosts", S_INIT("GET /hello HTTP/1.1" CRLF HOST HOST CRLF), 400,
          true, "http.host" },
        { "an expectation",
          S_INIT("GET /hello HTTP/1.1" CRLF HOST "Expect: more" CRLF CRLF), 417,
          true, "http.expectation" },
        { "no host", S_INIT("GET /hello HTTP/1.1" CRLF CRLF), 400, true,
          "http.host" },
        { "a blank in the address", S_INIT(GET("/hello/a b")), 400, false,
          "path.character" },
        { "no colon", S_INIT("GET /hello HTTP/1.1" CRLF "Host" CRLF CRLF), 400,
          true, NULL },
        { "a length that is no number",
          S_INIT(POST("/echo", "Content-Length: x" CRLF)), 400, true, NULL },
        { "another protocol", S_INIT("GET /hello HTTP/2.0" CRLF CRLF), 505,
          true, NULL },
        { "no protocol", S_INIT("GET /hello" CRLF CRLF), 400, true, NULL },
    };
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, rows[i].request);
        struct reply reply = hear(&r, fd, true);
        EXPECT_ROW(rows[i].why, reply.status == rows[i].status);
        if (rows[i].body != NULL)
            EXPECT_ROW_STR(rows[i].why, reply.body, str_of(rows[i].body));
        bool says =
            syntax_equal(reply_header(&reply, S("Connection")), S("close"));
        EXPECT_ROW(rows[i].why, says == rows[i].closes);
        if (rows[i].body != NULL && rows[i].closes)
            EXPECT_ROW(rows[i].why, ended(fd));
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

TEST(a_wrong_method_is_told_the_right_ones_on_the_wire)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    struct reply reply = ask(&r, S("PUT /hello HTTP/1.1" CRLF HOST CRLF));
    EXPECT_STR(reply_header(&reply, S("Allow")), S("GET, HEAD, OPTIONS"));
    reply = ask(&r, S("OPTIONS * HTTP/1.1" CRLF HOST CRLF));
    EXPECT(reply.status == 204);
    EXPECT_STR(reply_header(&reply, S("Allow")), S("GET, HEAD, POST, OPTIONS"));
    rig_end(&r);
}

TEST(not_modified_keeps_the_headers_that_count)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    struct reply reply = ask(&r, S("GET /hello HTTP/1.1" CRLF HOST
                                   "If-None-Match: W/\"tag\"" CRLF CRLF));
    EXPECT(reply.status == 304 && reply.body.n == 0);
    EXPECT_STR(reply_header(&reply, S("ETag")), S("\"tag\""));
    EXPECT_STR(reply_header(&reply, S("Cache-Control")),
               S("public, max-age=60"));
    EXPECT_STR(reply_header(&reply, S("Content-Length")), S("5"));
    rig_end(&r);
}

TEST(an_asker_who_waits_to_be_told_is_told)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    int fd = dial(&r);
    say(fd,
        S(POST("/echo", "Expect: 100-continue" CRLF "Content-Length: 3" CRLF)));
    EXPECT(hear(&r, fd, false).status == 100);
    say(fd, S("abc"));
    EXPECT_STR(hear(&r, fd, true).body, S("abc"));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_body_may_come_in_chunks)
{
    static const struct {
        const char *why;
        str chunks;
        int status;
        const char *body;
    } rows[] = {
        { "two", S_INIT("1" CRLF "a" CRLF "2" CRLF "bc" CRLF "0" CRLF CRLF),
          200, "abc" },
        { "none", S_INIT("0" CRLF CRLF), 200, "" },
        { "with an extension", S_INIT("3;x=y" CRLF "abc" CRLF "0" CRLF CRLF),
          200, "abc" },
        { "with a trailer",
          S_INIT("3" CRLF "abc" CRLF "0" CRLF "A: b" CRLF CRLF), 200, "abc" },
        { "in capitals", S_INIT("A" CRLF "0123456789" CRLF "0" CRLF CRLF), 200,
          "0123456789" },
        { "no number", S_INIT("x" CRLF "abc" CRLF), 400, NULL },
        { "a sign", S_INIT("+1" CRLF "a" CRLF), 400, NULL },
        { "longer than it said", S_INIT("1" CRLF "abc" CRLF), 400, NULL },
        { "beyond 64 bits", S_INIT("fffffffffffffffff" CRLF), 413, NULL },
    };
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, S(POST("/echo", "Transfer-Encoding: chunked" CRLF)));
        say(fd, rows[i].chunks);
        struct reply reply = hear(&r, fd, true);
        EXPECT_ROW(rows[i].why, reply.status == rows[i].status);
        if (rows[i].body != NULL)
            EXPECT_ROW_STR(rows[i].why, reply.body, str_of(rows[i].body));
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

TEST(a_body_that_comes_byte_by_byte_is_whole)
{
    str body = S("0123456789");
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    int fd = dial(&r);
    say(fd, S(POST("/echo", "Content-Length: 10" CRLF)));
    for (size_t i = 0; i < body.n; i++)
        say(fd, str_first(str_from(body, i), 1));
    EXPECT_STR(hear(&r, fd, true).body, body);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(it_can_listen_on_ipv6)
{
    struct sockaddr_in6 to = { .sin6_family = AF_INET6,
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct rig r;

    rig_init(&r);
    r.options.listen = "[::1]:0";
    rig_open(&r);
    to.sin6_port = htons(server_port(r.server));
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    EXPECT(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    say(fd, S(GET("/hello")));
    EXPECT_STR(hear(&r, fd, true).body, S("hello"));
    EXPECT(close(fd) == 0);
    server_stop(&r.server);
    EXPECT(str_contains(rig_logged(&r), S("\"peer\":\"::/48\"")));
    rig_end(&r);
}

TEST(a_server_that_cannot_listen_is_not_opened)
{
    char taken[24];
    struct rig r, second;

    rig_init(&r);
    rig_init(&second);
    rig_open(&r);
    (void)snprintf(taken, sizeof taken, "127.0.0.1:%u",
                   (unsigned)server_port(r.server));
    second.options.listen = taken;
    EXPECT_ERR(server_open(&second.arena, &second.options, &second.site,
                           &second.server),
               ERR_BUSY, "listen.taken");
    second.options.listen = "somewhere";
    EXPECT_ERR(server_open(&second.arena, &second.options, &second.site,
                           &second.server),
               ERR_INVALID, "listen.form");
    EXPECT(second.server == NULL);
    rig_end(&second);
    rig_end(&r);
}

TEST(no_server_may_be_stopped)
{
    struct server *s = NULL;

    server_stop(&s);
    EXPECT(s == NULL);
}
