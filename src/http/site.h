#ifndef HTTP_SITE_H
#define HTTP_SITE_H

/*
 * site -- what a server serves: routes, rights, and words for errors.
 *
 * The faces fill in a struct web_site; the server (http/http.h) brings requests
 * to site_answer() and carries its answers away.  Tests of faces call
 * site_answer() themselves, without a socket.
 *
 *   [SI1] Every request gets an answer.  When the handler fails, on_error()
 *         puts it into words; when that fails too, the answer is one line with
 *         the request's id.
 *   [SI2] No handler runs before permit() agreed.
 *   [SI3] HEAD is answered wherever GET is, OPTIONS everywhere; a wrong method
 *         is 405 and says which are right.
 *   [SI4] A long body is asked for only after admit() agreed.
 */

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"

struct web_site {
    void *app; /* handed to the functions below and to handlers */
    const struct router *router;

    /* May this visitor do what needs `right`?  Also the place to find out who
     * is asking (rq->visitor) and to check a form's token.  ERR_DENIED. */
    err (*permit)(struct request *rq, int right);

    /* May this visitor bring along a long body to what needs `right`?  Asked
     * with the head alone, before the body is read, and no substitute for
     * permit(), which comes after.  NULL: nobody may. */
    err (*admit)(struct request *rq, int right);

    /* Put `why` into words in `rs`, whose status is set to what HTTP calls it;
     * another status may be set, to send somebody to the log-in page. */
    err (*on_error)(struct request *rq, err why, struct response *rs);

    /* Say more of an address to who asks with OPTIONS, as which scripts of
     * other sites may ask; of the request there is its path.  May be NULL. */
    err (*options)(struct request *rq, struct response *rs);

    /* Each serving thread's own things, as a connection to the store; opened
     * when it gets its first request, closed when it ends.  Both may be NULL.
     * A thread that could not open answers with the error and tries again. */
    err (*thread_open)(void *app, struct arena *a, void **thread);
    void (*thread_close)(void *app, void *thread);
};

/* The methods of HTTP that have a meaning here, HEAD and OPTIONS included. */
enum asked { ASKED_METHOD, ASKED_HEAD, ASKED_OPTIONS, ASKED_UNKNOWN };

/* What came over the wire, for site_answer() to make a request of. */
struct incoming {
    enum asked asked;
    enum method method; /* ASKED_METHOD */
    str target;         /* as it stands in the request line */
    str body;
    /* Set when the request was refused before it was read to its end: then
     * only this is answered, with `status`. */
    err refused;
    int status;
};

/* What a method's name asks for. */
void incoming_method(struct incoming *in, str name);

/*
 * Of `rq`, of which there is only the head: does it lead to a form with files,
 * and does the site admit who sends it?  *admitted is false for what has no
 * need of a long body; a failure is the site's refusal.
 */
err site_admit(const struct web_site *site, struct request *rq,
               const struct incoming *in, bool *admitted);

/*
 * Answer `rq`, whose arena, id, thread and headers are set, in *rs.  With 304
 * and with HEAD the body stands in *rs all the same; it is not to be sent.
 *
 * There is always an answer.  What is returned is for the log: what made it a
 * 5xx, or why on_error() itself failed.
 */
err site_answer(const struct web_site *site, struct request *rq,
                const struct incoming *in, struct response *rs);

#endif
