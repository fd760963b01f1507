#include "http/listen.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#include <stdio.h>
#include <unistd.h>

TEST(an_address_with_port_zero_gets_a_port)
{
    TEST_ARENA(a, 1 << 16);
    int fd = -1;
    uint16_t port = 0;

    EXPECT_OK(listen_open(&a, S("127.0.0.1:0"), &fd, &port));
    EXPECT(fd >= 0 && port != 0);
    EXPECT(close(fd) == 0);
}

TEST(an_address_that_is_none_is_refused)
{
    static const char *const rows[] = {
        "",
        ":80",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.1:000080",
        "localhost:80",
        "127.0.0.1.1:80",
        "::1:80",
        "[::1]",
        "[::1:80",
        "[127.0.0.1]:80",
        "127.1:80",
        "[]:80",
        "[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa]:80",
    };
    TEST_ARENA(a, 1 << 16);
    bool loopback = false;
    int fd = 77;
    uint16_t port = 77;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_ERR(rows[i], listen_open(&a, str_of(rows[i]), &fd, &port),
                       ERR_INVALID, "listen.form");
        EXPECT_ROW_ERR(rows[i],
                       listen_is_loopback(&a, str_of(rows[i]), &loopback),
                       ERR_INVALID, "listen.form");
    }
    EXPECT(fd == 77 && port == 77);
}

TEST(a_port_that_is_taken_is_said_so)
{
    TEST_ARENA(a, 1 << 16);
    char address[24];
    int fd = -1;
    int other = -1;
    uint16_t port = 0;

    EXPECT_OK(listen_open(&a, S("127.0.0.1:0"), &fd, &port));
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", (unsigned)port);
    err e = listen_open(&a, str_of(address), &other, &port);
    EXPECT_ERR(e, ERR_BUSY, "listen.taken");
    EXPECT_STR(err_arg_text(e, "address"), str_of(address));
    EXPECT(other == -1);
    EXPECT(close(fd) == 0);
}

/* 192.0.2.0/24 is set aside for documentation and is nobody's. */
TEST(an_address_of_another_machine_is_said_so)
{
    TEST_ARENA(a, 1 << 16);
    int fd = -1;
    uint16_t port = 0;

    EXPECT_ERR(listen_open(&a, S("192.0.2.1:0"), &fd, &port), ERR_IO,
               "listen.foreign");
    EXPECT(fd == -1);
}

TEST(loopback_is_what_only_this_machine_reaches)
{
    static const struct {
        const char *address;
        bool want;
    } rows[] = {
        { "127.0.0.1:80", true },  { "127.255.255.255:80", true },
        { "[::1]:80", true },      { "0.0.0.0:80", false },
        { "128.0.0.1:80", false }, { "126.0.0.1:80", false },
        { "[::]:80", false },      { "[::2]:80", false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool got = !rows[i].want;
        EXPECT_ROW_OK(rows[i].address,
                      listen_is_loopback(&a, str_of(rows[i].address), &got));
        EXPECT_ROW(rows[i].address, got == rows[i].want);
    }
}
