#ifndef NET_NET_H
#define NET_NET_H

/*
 * net -- what we ask of others over HTTP, by libcurl.
 *
 *   [NT1] Whom we ask is told by who runs the body, never by who visits it: an
 *         address names a scheme and a host, no user and no password.
 *   [NT2] Over https, with the machine's own list of authorities.  Over plain
 *         http only on this machine, or where what comes back proves itself
 *         (`plain`).
 *   [NT3] Whatever the other side does, it is over after NET_MILLISECONDS, and
 *         no more than `most` bytes of it are kept.  No redirect is followed.
 *   [NT4] Only an answer of status 200 is one, but for whoever asks what the
 *         status was: net_ask().
 *   [NT5] A line asks one side many times over one connection, and all of it
 *         together takes no longer than NET_LINE_MILLISECONDS.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
    NET_MILLISECONDS = 10000,
    NET_LINE_MILLISECONDS = 300000,
    NET_ADDRESS_MAX = 500
};

struct net_request {
    str address;    /* "https://stamp.example/tsa" */
    bool get;       /* of net_ask(): no body is sent; else, and always
                       by net_post(), POST */
    str media_type; /* of the body; net_get() has neither */
    str body;
    size_t most;       /* bytes of the answer */
    bool plain;        /* [NT2] http to strangers as well */
    long milliseconds; /* 0: NET_MILLISECONDS */
};

/* Is it an address that net_post() would ask? [NT1] [NT2] ERR_INVALID
 * "net.address" (address). */
err net_check(struct arena *a, str address, bool plain);

struct net_answer {
    long status;
    str body;
};

/* Whatever the other side answers.  Errors as net_post(), but for
 * "net.status". */
err net_ask(struct arena *a, const struct net_request *r,
            struct net_answer *out);

/*
 * The body of the answer.  ERR_INVALID "net.address" (address); ERR_BUSY
 * "net.slow" (address); ERR_LIMIT "net.long" (address, most); ERR_IO
 * "net.status" (address, status) [NT4], "net.failed" (address, why).
 * ERR_NOT_FOUND "net.status" when the other side says that there is no such
 * thing (404, 410).
 */
err net_post(struct arena *a, const struct net_request *r, str *answer);

/* [NT5] */
struct net_line {
    void *curl;
    int64_t left; /* microseconds */
};

err net_line_open(struct net_line *out);
void net_line_end(struct net_line *l);

/* As net_post(), but GET; "net.slow" also when the line's time is over. */
err net_get(struct net_line *l, struct arena *a, const struct net_request *r,
            str *answer);

#endif
