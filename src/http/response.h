#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

/*
 * response -- what a handler answers.
 *
 *   [RS1] The headers that protect the reader are always sent; a handler
 *         chooses a policy, it cannot forget one.
 *   [RS2] Nothing from outside can end a header and begin another: a value
 *         with a line end in it is a bug and stops the program.
 *   [RS3] An answer is not kept by anybody unless the handler says so.
 *   [RS4] The body is borrowed until the answer has been sent; it is best in
 *         the request's arena or in something that outlives the server.
 */

#include "base/err.h"
#include "base/str.h"
#include "http/syntax.h"

struct arena;
struct cookie;

/* The headers that tell a browser what our answer may do: NUL-ended, or NULL
 * where they mean nothing.  X-Content-Type-Options goes with each. */
struct policy {
    const char *content;     /* Content-Security-Policy */
    const char *referrer;    /* Referrer-Policy */
    const char *opener;      /* Cross-Origin-Opener-Policy */
    const char *resource;    /* Cross-Origin-Resource-Policy */
    const char *permissions; /* Permissions-Policy */
};

/* For data and downloads: the answer may do nothing at all. */
extern const struct policy policy_data;

/* For our pages: styles, scripts, images and forms of this server only, nobody
 * may frame them. */
extern const struct policy policy_page;

enum { RESPONSE_HEADERS = 16 };

struct response {
    struct arena *arena;
    int status; /* 200 until something else is said */
    str type;   /* Content-Type, NUL-ended; empty without a body */
    str body;
    str etag;                    /* with its quotes, NUL-ended; empty: none */
    str cache;                   /* Cache-Control, NUL-ended [RS3] */
    const struct policy *policy; /* never NULL */
    struct header headers[RESPONSE_HEADERS]; /* NUL-ended */
    size_t header_count;
};

/* An empty answer, 200, "no-store", policy_data. */
void response_init(struct response *rs, struct arena *a);

#define TYPE_HTML S("text/html; charset=utf-8")
#define TYPE_JSON S("application/json")
#define TYPE_TEXT S("text/plain; charset=utf-8")

/* The body and what it is; `type` is a literal.  Pages get policy_page, all
 * else policy_data; set rs->policy after this to choose another. */
void respond(struct response *rs, int status, str type, str body);

/*
 * "Look there": 303 after a form was carried out, 302 for now, 308 for good.
 * `to` is a path of ours with its query, encoded ("/c/71223SC0002R0S").
 * ERR_INVALID "http.redirect" when it could lead to another server or is no
 * address: it may come from a request.
 */
err respond_redirect(struct response *rs, int status, str to);

/* One more header.  A name that is no token, that the server sets itself or
 * that is there already, and a bad value, are bugs [RS2].  err_memory(). */
err response_header(struct response *rs, str name, str value);

err response_cookie(struct response *rs, const struct cookie *c);

/* `tag` names the body's content: letters, digits and marks.  Who asks again
 * and has it already is answered 304. */
err response_etag(struct response *rs, str tag);

/* How long others may keep the answer: a literal such as "public, max-age=60";
 * see [RS3]. */
void response_cache(struct response *rs, str rule);

/* Does the list in an If-None-Match header name `etag`?  Weak tags count. */
bool etag_matches(str list, str etag);

#endif
