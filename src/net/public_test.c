/* Which addresses are of the public internet. [WH2] [RFC 6890] */

#include "net/parts.h"

#include "base/size.h"
#include "base/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

union any {
    struct sockaddr a;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un path;
};

static union any address(const char *text)
{
    union any x = { 0 };

    if (strchr(text, ':') != NULL) {
        x.six.sin6_family = AF_INET6;
        EXPECT_ROW(text, inet_pton(AF_INET6, text, &x.six.sin6_addr) == 1);
    } else {
        x.four.sin_family = AF_INET;
        EXPECT_ROW(text, inet_pton(AF_INET, text, &x.four.sin_addr) == 1);
    }
    return x;
}

TEST(addresses_behind_walls_are_not_public_and_their_neighbours_are)
{
    static const struct {
        const char *text;
        bool public;
    } rows[] = {
        { "0.0.0.0", false },
        { "0.255.255.255", false },
        { "1.0.0.0", true },
        { "9.255.255.255", true },
        { "10.0.0.1", false },
        { "11.0.0.0", true },
        { "100.63.255.255", true },
        { "100.64.0.0", false },
        { "100.127.255.255", false },
        { "100.128.0.0", true },
        { "127.0.0.1", false },
        { "127.255.255.254", false },
        { "128.0.0.0", true },
        { "169.253.255.255", true },
        { "169.254.169.254", false },
        { "169.255.0.0", true },
        { "172.15.255.255", true },
        { "172.16.0.0", false },
        { "172.31.255.255", false },
        { "172.32.0.0", true },
        { "192.0.0.8", false },
        { "192.0.1.1", true },
        { "192.0.2.1", false },
        { "192.88.99.1", false },
        { "192.167.255.255", true },
        { "192.168.1.1", false },
        { "192.169.0.0", true },
        { "198.17.255.255", true },
        { "198.18.0.1", false },
        { "198.19.255.255", false },
        { "198.20.0.0", true },
        { "198.51.100.7", false },
        { "203.0.113.7", false },
        { "223.255.255.255", true },
        { "224.0.0.1", false },
        { "239.255.255.255", false },
        { "240.0.0.1", false },
        { "255.255.255.255", false },
        { "::", false },
        { "::1", false },
        { "::ffff:127.0.0.1", false },
        { "::ffff:8.8.8.8", false }, /* nobody has to be called so */
        { "::127.0.0.1", false },
        { "64:ff9b::7f00:1", false },
        { "100::1", false },
        { "2000::1", true },
        { "2001::1", false },
        { "2001:1ff:ffff::1", false },
        { "2001:200::1", true },
        { "2001:db7::1", true },
        { "2001:db8::1", false },
        { "2001:db9::1", true },
        { "2002:7f00:1::1", false },
        { "2003::1", true },
        { "2400:3200::1", true },
        { "3ffe::1", true },
        { "3fff:fff::1", false },
        { "3fff:1000::1", true },
        { "4000::1", false },
        { "fc00::1", false },
        { "fd12::1", false },
        { "fe80::1", false },
        { "ff02::1", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        union any x = address(rows[i].text);

        EXPECT_ROW(rows[i].text, net_is_public(&x.a) == rows[i].public);
    }
}

TEST(this_machine_is_known_by_its_addresses)
{
    static const struct {
        const char *text;
        bool here;
    } rows[] = {
        { "127.0.0.1", true },
        { "127.8.9.10", true },
        { "126.255.255.255", false },
        { "128.0.0.0", false },
        { "::1", true },
        { "::2", false },
        { "::ffff:127.0.0.1", false },
        { "10.0.0.1", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        union any x = address(rows[i].text);

        EXPECT_ROW(rows[i].text, net_is_loopback(&x.a) == rows[i].here);
    }
}

TEST(what_is_no_address_of_the_internet_is_neither)
{
    union any x = { 0 };

    x.path.sun_family = AF_UNIX;
    EXPECT(!net_is_public(&x.a));
    EXPECT(!net_is_loopback(&x.a));
}
