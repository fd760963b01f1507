#include "http/peer.h"

#include "base/size.h"
#include "base/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static struct peer peer(const char *address)
{
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
        return peer_of((const struct sockaddr *)&four);
    EXPECT(inet_pton(AF_INET6, address, &six.sin6_addr) == 1);
    return peer_of((const struct sockaddr *)&six);
}

TEST(only_the_network_of_an_address_is_told)
{
    static const struct {
        const char *address;
        const char *want;
    } rows[] = {
        { "192.0.2.255", "192.0.2.0/24" },
        { "127.0.0.1", "127.0.0.0/24" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1::/48" },
        { "2001:db8:1:ffff::", "2001:db8:1::/48" },
        { "::ffff:192.0.2.7", "192.0.2.0/24" },
        { "::1", "::/48" },
        { "1111:2222:3333:4444:5555:6666:7777:8888", "1111:2222:3333::/48" },
    };
    char out[PEER_TEXT];

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct peer p = peer(rows[i].address);
        EXPECT_ROW_STR(rows[i].address, peer_text(&p, out),
                       str_of(rows[i].want));
    }
}

TEST(an_allowance_is_shared_by_an_address_or_a_subscriber)
{
    static const struct {
        const char *one;
        const char *other;
        bool same;
    } rows[] = {
        { "192.0.2.1", "192.0.2.1", true },
        { "192.0.2.1", "192.0.2.2", false },
        { "192.0.2.1", "::ffff:192.0.2.1", true },
        { "2001:db8::1", "2001:db8::ffff:1", true },
        { "2001:db8:0:0::1", "2001:db8:0:1::1", false },
        { "1.2.3.4", "102:304::", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct peer one = peer(rows[i].one);
        struct peer other = peer(rows[i].other);
        EXPECT_ROW(rows[i].other, peer_same(&one, &other) == rows[i].same);
    }
}

TEST(an_address_of_another_family_is_nobody)
{
    struct sockaddr local = { .sa_family = AF_UNIX };
    struct peer p = peer_of(&local);
    char out[PEER_TEXT];

    EXPECT_STR(peer_text(&p, out), S("0.0.0.0/24"));
}

TEST(this_machine_is_known_by_its_addresses)
{
    static const struct {
        const char *why;
        struct peer peer;
        bool here;
    } rows[] = {
        { "127.0.0.1", { .bytes = { 127, 0, 0, 1 } }, true },
        { "the last of 127/8", { .bytes = { 127, 255, 255, 255 } }, true },
        { "126.0.0.1", { .bytes = { 126, 0, 0, 1 } }, false },
        { "128.0.0.1", { .bytes = { 128, 0, 0, 1 } }, false },
        { "::1", { .six = true, .bytes = { [15] = 1 } }, true },
        { "::2", { .six = true, .bytes = { [15] = 2 } }, false },
        { "7f00::", { .six = true, .bytes = { 127 } }, false },
        { "nobody's", { .six = false }, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, peer_is_here(&rows[i].peer) == rows[i].here);
}
