#include "http/http.h"

#include "base/buf.h"
#include "base/size.h"
#include "http/rig_test.h"

#include <sys/socket.h>
#include <unistd.h>

#define GET(path)        "GET " path " HTTP/1.1" CRLF HOST CRLF
#define POST(path, more) "POST " path " HTTP/1.1" CRLF HOST more CRLF

/* `n` times a byte, between two texts. */
static str padded(struct rig *r, str before, size_t n, str after)
{
    char *p = arena_zero(&r->arena, before.n + n + after.n);

    memcpy(p, before.p, before.n);
    memset(p + before.n, 'x', n);
    memcpy(p + before.n + n, after.p, after.n);
    return (str){ p, before.n + n + after.n };
}

/* [HT2] */
TEST(each_limit_of_size_holds_on_both_sides)
{
    static const struct {
        const char *why;
        str before;
        str after;
        size_t fits; /* bytes between them */
        int within;
        int beyond;
        const char *id;
    } rows[] = {
        { "the target", S_INIT("GET /hello/"),
          S_INIT(" HTTP/1.1" CRLF HOST CRLF), 200 - 7, 200, 414,
          "http.target" },
        /* "GET /hello HTTP/1.1", "Host: a", "A: ..", an empty line */
        { "the head", S_INIT("GET /hello HTTP/1.1" CRLF HOST "A: "),
          S_INIT(CRLF CRLF), 1000 - 21 - 9 - 3 - 4, 200, 431, "http.head" },
    };
    struct rig r;

    rig_init(&r);
    r.options.limits.target = 200;
    r.options.limits.head = 1000;
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t over = 0; over <= 1; over++) {
            struct reply reply =
                ask(&r, padded(&r, rows[i].before, rows[i].fits + over,
                               rows[i].after));
            EXPECT_ROW(rows[i].why,
                       reply.status ==
                           (over == 0 ? rows[i].within : rows[i].beyond));
            if (over > 0)
                EXPECT_ROW_STR(rows[i].why, reply.body, str_of(rows[i].id));
        }
    }
    rig_end(&r);
}

TEST(a_head_beyond_any_limit_is_refused_by_the_library)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    struct reply reply = ask(&r, padded(&r, S("GET /"), 100000, S("")));
    EXPECT(reply.status == 414);
    reply = ask(&r, padded(&r, S("GET / HTTP/1.1" CRLF "A: "), 100000, S("")));
    EXPECT(reply.status == 431);
    rig_end(&r);
}

TEST(there_may_be_so_many_headers_and_no_more)
{
    struct rig r;
    str all = S("");

    rig_init(&r);
    rig_open(&r);
    for (int n = 99; n <= 100; n++) {
        struct buf b;
        buf_init(&b, &r.arena, 10000);
        buf_str(&b, S("GET /hello HTTP/1.1" CRLF HOST));
        for (int i = 0; i < n; i++)
            buf_str(&b, S("A: b" CRLF));
        buf_str(&b, S(CRLF));
        EXPECT_OK(buf_done(&b, &all));
        struct reply reply = ask(&r, all);
        EXPECT(reply.status == (n == 99 ? 200 : 431));
        if (n == 100)
            EXPECT_STR(reply.body, S("http.headers"));
    }
    rig_end(&r);
}

/* The library's memory has room for all that our limits allow, and for the
 * answer's own head beside it. */
TEST(a_head_that_uses_every_limit_is_answered)
{
    struct rig r;
    struct buf b;
    str all = S("");

    rig_init(&r);
    rig_open(&r);
    buf_init(&b, &r.arena, r.options.limits.head);
    buf_str(&b, S("GET /hello HTTP/1.1" CRLF HOST));
    for (int i = 0; i < 98; i++)
        buf_printf(&b, "A: %075d" CRLF, i);
    size_t left = r.options.limits.head - b.n - 7;
    buf_printf(&b, "B: %0*d" CRLF CRLF, (int)left, 0);
    EXPECT_OK(buf_done(&b, &all));
    EXPECT(all.n == r.options.limits.head);
    EXPECT_STR(ask(&r, all).body, S("hello"));
    rig_end(&r);
}

TEST(a_body_that_says_it_is_too_long_is_refused_at_once)
{
    struct rig r;

    rig_init(&r);
    r.options.limits.body = 10;
    rig_open(&r);
    struct reply reply =
        ask(&r, S(POST("/echo", "Content-Length: 10" CRLF) "0123456789"));
    EXPECT_STR(reply.body, S("0123456789"));

    /* Not one byte of it was sent. */
    int fd = dial(&r);
    say(fd, S(POST("/echo", "Content-Length: 11" CRLF)));
    reply = hear(&r, fd, true);
    EXPECT(reply.status == 413);
    EXPECT_STR(reply.body, S("http.body"));
    EXPECT(ended(fd));
    EXPECT(close(fd) == 0);

    /* And who waits to be told is not told to go on. */
    fd = dial(&r);
    say(fd, S(POST("/echo",
                   "Expect: 100-continue" CRLF "Content-Length: 11" CRLF)));
    EXPECT(hear(&r, fd, true).status == 413);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_body_that_turns_out_too_long_is_refused_at_its_end)
{
    static const struct {
        const char *why;
        str chunks;
        int status; /* 0: cut off */
    } rows[] = {
        { "as long as it may be",
          S_INIT("a" CRLF "0123456789" CRLF "0" CRLF CRLF), 200 },
        { "one byte more",
          S_INIT("a" CRLF "0123456789" CRLF "1" CRLF "x" CRLF "0" CRLF CRLF),
          413 },
        { "as much again as is read",
          S_INIT("a" CRLF "0123456789" CRLF "1" CRLF "x" CRLF "a" CRLF
                 "0123456789" CRLF "0" CRLF CRLF),
          413 },
        { "without end",
          S_INIT("a" CRLF "0123456789" CRLF "1" CRLF "x" CRLF "a" CRLF
                 "0123456789" CRLF "1" CRLF "x" CRLF),
          0 },
    };
    struct rig r;

    rig_init(&r);
    r.options.limits.body = 10;
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, S(POST("/echo", "Transfer-Encoding: chunked" CRLF)));
        say(fd, rows[i].chunks);
        struct reply reply = hear(&r, fd, true);
        EXPECT_ROW(rows[i].why, reply.status == rows[i].status);
        EXPECT_ROW(rows[i].why, reply.status == 200 || ended(fd));
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

TEST(connections_beyond_the_limit_wait_their_turn)
{
    struct rig r;

    rig_init(&r);
    r.options.limits.connections = 1;
    rig_open(&r);
    int first = dial(&r);
    say(first, S(GET("/hello/1")));
    EXPECT_STR(hear(&r, first, true).body, S("1"));

    int second = dial(&r);
    say(second, S(GET("/hello/2")));
    say(first, S(GET("/hello/3")));
    EXPECT_STR(hear(&r, first, true).body, S("3"));
    EXPECT(server_connections(r.server) == 1);
    EXPECT(close(first) == 0);
    EXPECT_STR(hear(&r, second, true).body, S("2"));
    EXPECT(close(second) == 0);
    rig_end(&r);
}

TEST(connections_of_one_address_beyond_its_limit_are_closed)
{
    struct rig r;

    rig_init(&r);
    r.options.limits.connections_of_peer = 1;
    rig_open(&r);
    int first = dial(&r);
    say(first, S(GET("/hello")));
    EXPECT(hear(&r, first, true).status == 200);
    int second = dial(&r);
    EXPECT(ended(second));
    say(first, S(GET("/hello")));
    EXPECT(hear(&r, first, true).status == 200);
    EXPECT(close(first) == 0);
    EXPECT(close(second) == 0);
    rig_end(&r);
}

TEST(a_request_may_take_so_much_memory_and_no_more)
{
    struct rig r;

    rig_init(&r);
    r.options.limits.memory = 100000;
    rig_open(&r);
    int fd = dial(&r);
    say(fd, S(GET("/hungry")));
    struct reply reply = hear(&r, fd, true);
    EXPECT(reply.status == 503);
    EXPECT_STR(reply.body, S("err.memory"));

    /* The connection goes on. */
    say(fd, S(GET("/hello")));
    EXPECT(hear(&r, fd, true).status == 200);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_request_without_any_memory_is_answered)
{
    struct rig r;

    rig_init(&r);
    r.options.limits.memory = 1;
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/hello")));
    EXPECT(reply.status == 503);
    rig_end(&r);
}

/* A whole life of a server on a heap that fails: one request by one thread.
 * An answer that did not come, or came as 503, counts as failed. */
static err one_life(struct heap *h, void *)
{
    struct rig r;
    int status = 0;

    rig_init(&r);
    r.options.heap = h;
    r.options.threads = 1;
    r.options.listen = "127.0.0.1:0";
    TEST_ARENA(a, 1 << 16);
    err e = server_open(&a, &r.options, &r.site, &r.server);
    if (!failed(e)) {
        status =
            ask(&r, S(POST("/echo", "Content-Length: 5" CRLF) "hello")).status;
        EXPECT(status == 200 || status == 503 || status == 0);
    }
    rig_end(&r);
    return status == 200 ? OK : err_memory();
}

TEST(a_server_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(one_life, NULL, NULL) > 3);
}
