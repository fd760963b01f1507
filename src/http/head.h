#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

/*
 * head -- can this request be read in one way only?
 *
 * Two programs that disagree where a request ends can be played against each
 * other (request smuggling).  So what a proxy before us might read otherwise
 * is refused, and the connection closed.  RFC 9112, sections 5 and 6.
 *
 *   [HD1] Names are tokens; values hold no control characters but tabs.
 *   [HD2] At most one Content-Length, and none beside Transfer-Encoding, which
 *         is "chunked" and only in HTTP/1.1.
 *   [HD3] Exactly one Host, and nothing in it that ends an authority.
 */

#include "base/err.h"
#include "http/syntax.h"

#include <stdint.h>

struct arena;

struct head {
    str version; /* "HTTP/1.1" */
    const struct header *headers;
    size_t n;
};

/* What is to come after the head. */
struct announced {
    uint64_t length; /* of the body, when it is not chunked */
    bool chunked;
};

/*
 * Refusals: ERR_INVALID "http.header" (at, counted from 1), "http.length",
 * "http.host" with status 400; "http.coding" with 501; "http.expectation" with
 * 417.  *status is set with an error only.
 */
err head_check(struct arena *a, const struct head *h, struct announced *out,
               int *status);

#endif
