#include "http/head.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#define H(n, v)                                                                \
    {                                                                          \
        S_INIT(n), S_INIT(v)                                                   \
    }

enum { MOST = 4 };

static size_t count(const struct header *headers)
{
    size_t n = 0;

    while (n < MOST && headers[n].name.p != NULL)
        n++;
    return n;
}

TEST(a_head_that_can_be_read_in_one_way_is_taken)
{
    static const struct {
        const char *why;
        const char *version;
        struct header headers[MOST];
        uint64_t length;
        bool chunked;
    } rows[] = {
        { "the least", "HTTP/1.1", { H("Host", "a") }, 0, false },
        { "an empty host", "HTTP/1.1", { H("host", "") }, 0, false },
        { "host and port", "HTTP/1.1", { H("HOST", "[::1]:80") }, 0, false },
        { "the old version needs no host",
          "HTTP/1.0",
          { H("A", "") },
          0,
          false },
        { "a body",
          "HTTP/1.1",
          { H("Host", "a"), H("content-length", "007") },
          7,
          false },
        { "a body in chunks",
          "HTTP/1.1",
          { H("Host", "a"), H("Transfer-Encoding", "Chunked") },
          0,
          true },
        { "waiting to be told",
          "HTTP/1.1",
          { H("Host", "a"), H("Expect", "100-Continue") },
          0,
          false },
        { "beyond ASCII",
          "HTTP/1.1",
          { H("Host", "a"), H("X", "\xe6\x98\x9f\t") },
          0,
          false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct head h = { str_of(rows[i].version), rows[i].headers,
                          count(rows[i].headers) };
        struct announced got = { 0 };
        int status = 0;
        EXPECT_ROW_OK(rows[i].why, head_check(&a, &h, &got, &status));
        EXPECT_ROW(rows[i].why, got.length == rows[i].length &&
                                    got.chunked == rows[i].chunked);
    }
}

TEST(a_head_that_could_be_read_otherwise_is_refused)
{
    static const struct {
        const char *why;
        const char *version;
        struct header headers[MOST];
        int status;
        const char *id;
    } rows[] = {
        { "no host", "HTTP/1.1", { H("A", "b") }, 400, "http.host" },
        { "two hosts",
          "HTTP/1.1",
          { H("Host", "a"), H("host", "a") },
          400,
          "http.host" },
        { "two hosts, old",
          "HTTP/1.0",
          { H("Host", "a"), H("host", "a") },
          400,
          "http.host" },
        { "a host with a path",
          "HTTP/1.1",
          { H("Host", "a/b") },
          400,
          "http.host" },
        { "a host with a user",
          "HTTP/1.1",
          { H("Host", "a@b") },
          400,
          "http.host" },
        { "two hosts in one",
          "HTTP/1.1",
          { H("Host", "a, b") },
          400,
          "http.host" },
        { "two lengths",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "1"),
            H("Content-Length", "2") },
          400,
          "http.length" },
        { "two lengths that agree",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "1"),
            H("content-length", "1") },
          400,
          "http.length" },
        { "two lengths in one",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "1, 1") },
          400,
          "http.length" },
        { "a signed length",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "+1") },
          400,
          "http.length" },
        { "an empty length",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "") },
          400,
          "http.length" },
        { "a length beyond 64 bits",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "18446744073709551610") },
          400,
          "http.length" },
        { "length and chunks",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length", "1"),
            H("Transfer-Encoding", "chunked") },
          400,
          "http.length" },
        { "chunks twice",
          "HTTP/1.1",
          { H("Host", "a"), H("Transfer-Encoding", "chunked"),
            H("Transfer-Encoding", "chunked") },
          400,
          "http.length" },
        { "chunks before there were any",
          "HTTP/1.0",
          { H("Host", "a"), H("Transfer-Encoding", "chunked") },
          400,
          "http.length" },
        { "a coding we do not have",
          "HTTP/1.1",
          { H("Host", "a"), H("Transfer-Encoding", "gzip, chunked") },
          501,
          "http.coding" },
        { "a coding that hides",
          "HTTP/1.1",
          { H("Host", "a"), H("Transfer-Encoding", "xchunked") },
          501,
          "http.coding" },
        { "a blank before the colon",
          "HTTP/1.1",
          { H("Host", "a"), H("Content-Length ", "1") },
          400,
          "http.header" },
        { "no name",
          "HTTP/1.1",
          { H("Host", "a"), H("", "1") },
          400,
          "http.header" },
        { "a control",
          "HTTP/1.1",
          { H("Host", "a"), H("X", "a\x0b") },
          400,
          "http.header" },
        { "DEL",
          "HTTP/1.1",
          { H("Host", "a"), H("X", "\x7f") },
          400,
          "http.header" },
        { "a carriage return",
          "HTTP/1.1",
          { H("Host", "a"), H("X", "a\rb") },
          400,
          "http.header" },
        { "an expectation we cannot meet",
          "HTTP/1.1",
          { H("Host", "a"), H("Expect", "200-ok") },
          417,
          "http.expectation" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct head h = { str_of(rows[i].version), rows[i].headers,
                          count(rows[i].headers) };
        struct announced got = { 0 };
        int status = 0;
        EXPECT_ROW_ERR(rows[i].why, head_check(&a, &h, &got, &status),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].why, status == rows[i].status);
    }
}

TEST(the_largest_length_that_is_read)
{
    static const struct header headers[] = {
        H("Host", "a"), H("Content-Length", "18446744073709551609")
    };
    TEST_ARENA(a, 1 << 16);
    struct head h = { S("HTTP/1.1"), headers, 2 };
    struct announced got = { 0 };
    int status = 0;

    EXPECT_OK(head_check(&a, &h, &got, &status));
    EXPECT(got.length == UINT64_C(18446744073709551609));
}
