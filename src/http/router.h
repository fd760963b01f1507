#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

/*
 * router -- which function answers which address.
 *
 * Routes stand in constant tables beside their handlers:
 *
 *   static const struct route certificate_routes[] = {
 *       { METHOD_GET, "/c/{number}", RIGHT_PUBLIC, BODY_NONE, show },
 *       { METHOD_GET, "/tile/{level}/{rest...}", RIGHT_PUBLIC, BODY_NONE, tile
 * },
 *   };
 *
 *   [RT1] A pattern is "/" or segments after slashes.  A segment is a literal
 *         (letters, digits and -._~), a parameter "{name}", which takes one
 *         segment that is not empty, or, at the end, "{name...}", which takes
 *         one or more, joined by their slashes.
 *   [RT2] At each segment a literal goes before a parameter, and that before a
 *         rest; a way that leads nowhere is taken back.
 *   [RT3] No two routes with the same method and the same shape: the router is
 *         not made.
 *   [RT4] Finding allocates nothing and does not depend on how many routes
 *         there are but on how deep the path is.
 *
 * Threads: a router is constant once made.
 */

#include "base/err.h"
#include "base/str.h"
#include "http/path.h"

struct arena;
struct request;
struct response;
struct router;

enum method {
    METHOD_GET, /* answers HEAD as well */
    METHOD_POST,
    METHOD_PUT,
    METHOD_DELETE,
    METHOD_COUNT,
};

/* "GET" */
str method_name(enum method m);

/* What a request may bring along; anything else is answered 415. */
enum body_kind {
    BODY_NONE,   /* a body is refused */
    BODY_FORM,   /* application/x-www-form-urlencoded, parsed before the call */
    BODY_UPLOAD, /* multipart/form-data, parsed before the call (upload.h) */
    BODY_JSON,   /* application/json, as bytes */
    BODY_BYTES,  /* any type, as bytes */
    BODY_LONG,   /* the same, as long as a form with files (http.h [HT6]) */
};

/* Answers `rq` in `rs`.  What it returns as a failure is put into words by
 * the site's on_error (http/site.h). */
typedef err handler(struct request *rq, struct response *rs);

struct route {
    enum method method;
    const char *pattern; /* [RT1] */
    int right;           /* opaque here; the site's permit() checks it */
    enum body_kind body;
    handler *run;
};

struct route_table {
    const struct route *at; /* constant for as long as the router lives */
    size_t n;
};

enum { ROUTE_PARAMETERS = 8 };

/* ERR_INVALID "router.pattern" (pattern) [RT1], "router.conflict" (one, other)
 * [RT3]. */
err router_new(struct arena *a, const struct route_table *tables, size_t n,
               struct router **out);

/* Every route, in the order of the tables: for the description of the API and
 * for the matrix of rights. */
size_t router_count(const struct router *r);
const struct route *router_route(const struct router *r, size_t i);

/* What a path leads to. */
struct found {
    bool any;                                 /* is there such an address? */
    const struct route *routes[METHOD_COUNT]; /* NULL: not by this method */
    str values[ROUTE_PARAMETERS]; /* of the parameters, slices of the path */
    size_t n;
};

void router_find(const struct router *r, const struct path *p,
                 struct found *out);

/* Which of found.values is that of parameter `name` of this route; a name
 * that is not in its pattern is a bug. */
size_t route_parameter(const struct route *route, str name);

#endif
