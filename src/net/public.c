/* public -- which addresses are of the public internet. */

#include "base/size.h"
#include "net/parts.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* The first `bits` bits of an address. */
struct range {
    uint8_t bytes[16];
    int bits;
};

/* The special-purpose registries of IANA (RFC 6890), multicast (RFC 5771) and
 * the last that are reserved (RFC 1112). */
static const struct range closed_4[] = {
    { { 0 }, 8 },             /* this network */
    { { 10 }, 8 },            /* private */
    { { 100, 64 }, 10 },      /* shared by a provider's customers */
    { { 127 }, 8 },           /* this machine */
    { { 169, 254 }, 16 },     /* this link, also a cloud's own services */
    { { 172, 16 }, 12 },      /* private */
    { { 192, 0, 0 }, 24 },    /* of protocols */
    { { 192, 0, 2 }, 24 },    /* documents */
    { { 192, 88, 99 }, 24 },  /* relays to IPv6 */
    { { 192, 168 }, 16 },     /* private */
    { { 198, 18 }, 15 },      /* measuring */
    { { 198, 51, 100 }, 24 }, /* documents */
    { { 203, 0, 113 }, 24 },  /* documents */
    { { 224 }, 4 },           /* many at once */
    { { 240 }, 4 },           /* reserved, and everybody */
};

/* All that is given to anybody begins so .. */
static const struct range open_6 = { { 0x20 }, 3 };

/* .. but for these. */
static const struct range closed_6[] = {
    { { 0x20, 0x01, 0x00 }, 23 },       /* of protocols, Teredo among them */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documents */
    { { 0x20, 0x02 }, 16 },             /* an IPv4 address in disguise */
    { { 0x3f, 0xff, 0x00 }, 20 },       /* documents */
};

static bool is_in(const uint8_t *address, const struct range *r)
{
    int whole = r->bits / 8;
    int rest = r->bits % 8;
    uint8_t mask = (uint8_t)(0xff00 >> rest);

    return memcmp(address, r->bytes, (size_t)whole) == 0 &&
           (rest == 0 || (address[whole] & mask) == (r->bytes[whole] & mask));
}

static bool is_in_any(const uint8_t *address, const struct range *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_in(address, &r[i]))
            return true;
    }
    return false;
}

/* The bytes of it, in the order of the network; NULL: of neither family. */
static const uint8_t *bytes_of(const struct sockaddr *to, int family)
{
    const void *p = NULL;

    if (to->sa_family != family)
        return NULL;
    p = family == AF_INET
            ? (const void *)&((const struct sockaddr_in *)(const void *)to)
                  ->sin_addr
            : (const void *)&((const struct sockaddr_in6 *)(const void *)to)
                  ->sin6_addr;
    return p;
}

bool net_is_public(const struct sockaddr *to)
{
    const uint8_t *four = bytes_of(to, AF_INET);
    const uint8_t *six = bytes_of(to, AF_INET6);

    if (four != NULL)
        return !is_in_any(four, closed_4, COUNT(closed_4));
    return six != NULL && is_in(six, &open_6) &&
           !is_in_any(six, closed_6, COUNT(closed_6));
}

bool net_is_loopback(const struct sockaddr *to)
{
    static const struct range here_4 = { { 127 }, 8 };
    static const struct range here_6 = {
        { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 128
    };
    const uint8_t *four = bytes_of(to, AF_INET);
    const uint8_t *six = bytes_of(to, AF_INET6);

    return (four != NULL && is_in(four, &here_4)) ||
           (six != NULL && is_in(six, &here_6));
}
