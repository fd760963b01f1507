#include "http/peer.h"

#include "base/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

struct peer peer_of(const struct sockaddr *address)
{
    struct peer p = { 0 };
    struct sockaddr_in four;
    struct sockaddr_in6 six;

    if (address->sa_family == AF_INET) {
        memcpy(&four, address, sizeof four);
        memcpy(p.bytes, &four.sin_addr, 4);
    }
    if (address->sa_family == AF_INET6) {
        memcpy(&six, address, sizeof six);
        p.six = !IN6_IS_ADDR_V4MAPPED(&six.sin6_addr);
        memcpy(p.bytes, six.sin6_addr.s6_addr + (p.six ? 0 : 12),
               p.six ? 16 : 4);
    }
    return p;
}

bool peer_same(const struct peer *a, const struct peer *b)
{
    return a->six == b->six && memcmp(a->bytes, b->bytes, a->six ? 8 : 4) == 0;
}

bool peer_is_here(const struct peer *p)
{
    static const uint8_t here[16] = { [15] = 1 };

    return p->six ? memcmp(p->bytes, here, sizeof here) == 0
                  : p->bytes[0] == 127;
}

str peer_text(const struct peer *p, char out[static PEER_TEXT])
{
    uint8_t network[16] = { 0 };
    const char *suffix = p->six ? "/48" : "/24";

    memcpy(network, p->bytes, p->six ? 6 : 3);
    check(inet_ntop(p->six ? AF_INET6 : AF_INET, network, out, PEER_TEXT - 4) !=
          NULL);

    size_t n = strlen(out);
    memcpy(out + n, suffix, 4);
    return (str){ out, n + 3 };
}
