#include "http/listen.h"

#include "base/arena.h"
#include "base/size.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

struct place {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
    } at;
    socklen_t size;
};

/* 0..65535 in digits. */
static bool parse_port(str s, uint16_t *out)
{
    uint32_t port = 0;

    if (s.n == 0 || s.n > 5)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        port = port * 10 + (uint32_t)(s.p[i] - '0');
    }
    *out = (uint16_t)port;
    return port <= UINT16_MAX;
}

/* Cut "HOST:PORT" or "[HOST]:PORT". */
static bool split(str address, str *host, str *port, bool *six)
{
    size_t colon = address.n;

    while (colon > 0 && address.p[colon - 1] != ':')
        colon--;
    if (colon == 0)
        return false;
    *port = str_from(address, colon);
    *host = str_first(address, colon - 1);
    *six = str_begins(*host, S("[")) && str_ends(*host, S("]"));
    if (*six)
        *host = str_first(str_from(*host, 1), host->n - 2);
    return true;
}

static bool parse(str address, struct place *out)
{
    char text[INET6_ADDRSTRLEN] = { 0 };
    struct place p = { 0 };
    uint16_t port = 0;
    str host = S("");
    str digits = S("");
    bool six = false;

    if (!split(address, &host, &digits, &six) || !parse_port(digits, &port) ||
        host.n == 0 || host.n >= sizeof text)
        return false;
    memcpy(text, host.p, host.n);
    if (six) {
        p.at.six.sin6_family = AF_INET6;
        p.at.six.sin6_port = htons(port);
        p.size = sizeof p.at.six;
    } else {
        p.at.four.sin_family = AF_INET;
        p.at.four.sin_port = htons(port);
        p.size = sizeof p.at.four;
    }
    void *to = six ? (void *)&p.at.six.sin6_addr : &p.at.four.sin_addr;
    if (inet_pton(six ? AF_INET6 : AF_INET, text, to) != 1)
        return false;
    *out = p;
    return true;
}

static err form_err(struct arena *a, str address)
{
    return err_new(a, ERR_INVALID, "listen.form", ARG_STR("address", address));
}

static err system_err(struct arena *a, str address, int number)
{
    switch (number) {
    case EADDRINUSE:
        return err_new(a, ERR_BUSY, "listen.taken",
                       ARG_STR("address", address));
    case EACCES:
        return err_new(a, ERR_DENIED, "listen.denied",
                       ARG_STR("address", address));
    case EADDRNOTAVAIL:
        return err_new(a, ERR_IO, "listen.foreign",
                       ARG_STR("address", address));
    default:
        return err_new(a, ERR_IO, "listen.system", ARG_STR("address", address),
                       ARG_INT("number", number));
    }
}

/* Restarting must not wait for the connections of the one before; an IPv6
 * address is only that. */
static bool prepare(int fd, bool six)
{
    const int yes = 1;

    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
        return false;
    return !six ||
           setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) == 0;
}

static uint16_t port_of(const struct place *p)
{
    bool six = p->at.any.sa_family == AF_INET6;

    return ntohs(six ? p->at.six.sin6_port : p->at.four.sin_port);
}

static bool start(int fd, struct place *p)
{
    return prepare(fd, p->at.any.sa_family == AF_INET6) &&
           bind(fd, &p->at.any, p->size) == 0 && listen(fd, BACKLOG) == 0 &&
           getsockname(fd, &p->at.any, &p->size) == 0;
}

err listen_open(struct arena *a, str address, int *fd, uint16_t *port)
{
    struct place p;

    if (!parse(address, &p))
        return form_err(a, address);
    int s = socket(p.at.any.sa_family,
                   SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s < 0)
        return system_err(a, address, errno);
    if (!start(s, &p)) {
        int number = errno;
        (void)close(s);
        return system_err(a, address, number);
    }
    *fd = s;
    *port = port_of(&p);
    return OK;
}

err listen_is_loopback(struct arena *a, str address, bool *out)
{
    struct place p;

    if (!parse(address, &p))
        return form_err(a, address);
    if (p.at.any.sa_family == AF_INET6)
        *out = IN6_IS_ADDR_LOOPBACK(&p.at.six.sin6_addr);
    else
        *out = ntohl(p.at.four.sin_addr.s_addr) >> 24 == 127;
    return OK;
}
