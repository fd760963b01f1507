#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

/*
 * request -- what a handler is given.
 *
 *   [RQ1] Everything in it is parsed and checked: a handler sees texts, not
 *         encodings, and nothing that broke a limit.
 *   [RQ2] It lives until its answer has been sent, and so does its arena.
 *   [RQ3] What an answer has in one piece that is longer than requests are gets
 *         an arena of its own, out of the room that long bodies have together
 *         (http.h [HT6]).
 *
 * It can be made by hand, without a server, to test handlers.
 */

#include "base/err.h"
#include "base/str.h"
#include "http/form.h"
#include "http/path.h"
#include "http/peer.h"
#include "http/router.h"
#include "http/syntax.h"
#include "http/upload.h"

struct arena;

/* Whoever serves the request, asked for room. [RQ3] */
struct request_room {
    err (*take)(struct request_room *, size_t bytes, struct arena **out);
};

struct request {
    struct arena *arena;       /* what the handler makes goes here */
    void *app;                 /* the site's */
    void *thread;              /* what the site opened for this thread */
    void *visitor;             /* who is asking: set by the site's permit() */
    struct request_room *room; /* NULL in tests of handlers */
    str id;                    /* of this request, 32 hexadecimal digits */
    str network;               /* who is at the other end (peer.h [PE1]); may be
                                  empty in tests */
    struct peer peer;          /* the same, to count by and for nothing else */

    const struct route *route;    /* NULL until the address led to one */
    str values[ROUTE_PARAMETERS]; /* see request_parameter() */
    struct path path;
    struct form query;

    enum method method; /* GET when HEAD was asked */
    const struct header *headers;
    size_t header_count;
    str body;             /* BODY_JSON, BODY_BYTES, BODY_LONG: as it was sent */
    struct form form;     /* BODY_FORM and BODY_UPLOAD: its fields */
    struct upload upload; /* BODY_UPLOAD: its files, too */
};

/* The value of parameter `name` of the route's pattern. */
str request_parameter(const struct request *rq, str name);

/* An arena in which `bytes` of the answer have room: the request's own where
 * they are few, or nobody serves it.  Once a request.  ERR_BUSY "http.uploads":
 * no room is left now. [RQ3] */
err request_arena_for(struct request *rq, size_t bytes, struct arena **out);

/* The value of header `name`, whatever the case of its letters; the first if
 * it came twice, empty if it did not come. */
str request_header(const struct request *rq, str name);

#endif
