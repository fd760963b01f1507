#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

/*
 * http -- the server: connections in, answers out.  Knows no product.
 *
 *   [HT1] Deadlines are absolute (http/conn.h): who sends or reads slowly is
 *         cut, however steadily.
 *   [HT2] Every limit below is enforced before memory is spent beyond it.
 *   [HT3] A request is read in one way only (http/head.h) or refused.
 *   [HT4] server_stop() answers what is under way; nothing is lost but what
 *         has not come to its deadline.
 *   [HT5] The access log holds no path, no query and no full address: the
 *         route's pattern says what was asked.
 *   [HT6] A body beyond what every request may have is read only when it says
 *         its length, is a form with files or plain bytes (BODY_UPLOAD,
 *         BODY_BYTES), the site admits who sends it by the head alone, and
 *         there is room for it beside all others of its kind.  Its deadline is
 *         by its length.
 *
 * A thread a core serves connections with epoll and runs handlers; one more
 * accepts connections and watches deadlines.  A handler that takes long holds
 * up the connections of its thread.
 *
 * What is too broken to be called a request (no request line, a line without
 * a colon, a length that is no number, a head beyond any limit) is answered by
 * libmicrohttpd: 400, 413, 414 or 431 with a line of text, and the connection
 * closed.
 */

#include "base/err.h"
#include "base/str.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "http/site.h"

#include <stdint.h>

struct arena;
struct clock;
struct entropy;
struct heap;
struct log;
struct server;

struct server_limits {
    size_t head;                  /* bytes of request line and header: 431 */
    size_t target;                /* bytes of the request target: 414 */
    size_t body;                  /* bytes: 413 */
    size_t upload;                /* bytes of a form with files [HT6]: 413 */
    size_t uploads;               /* bytes of all those at once: 503 */
    size_t memory;                /* bytes of a request's arena */
    unsigned connections;         /* more wait to be accepted */
    unsigned connections_of_peer; /* of one address, more are closed; 0: as
                                   * many as there are, for behind a proxy */

    /* Microseconds. */
    int64_t head_time;   /* from the connection or the last answer on */
    int64_t body_time;   /* from the end of the header on */
    int64_t upload_time; /* for each 64 KiB more of a long body [HT6] */
    int64_t answer_time; /* from its first byte to its last */
    int64_t stop_time;   /* that server_stop() waits for the others */
};

extern const struct server_limits server_limits_default;

/* All borrowed, and outliving the server. */
struct server_options {
    struct heap *heap; /* used from several threads at once */
    struct clock *clock;
    struct entropy *entropy;
    struct log *log;    /* NULL: no access log */
    const char *listen; /* "127.0.0.1:8010", "[::1]:0"; http/listen.h */
    unsigned threads;   /* 0: as many as there are cores */
    struct server_limits limits;
    /* Told the port before anything is served; NULL: nobody is.  What it fails
     * with server_open() fails with. */
    err (*listening)(void *context, uint16_t port);
    void *context;
};

/*
 * Serve `site`.  Errors: those of listen_open(); "worker.keys"; ERR_IO
 * "http.start" (number) when the system gives no threads; ERR_MEMORY.
 */
err server_open(struct arena *a, const struct server_options *o,
                const struct web_site *site, struct server **out);

/* The port it listens on. */
uint16_t server_port(const struct server *s);

/* How many connections are open. */
unsigned server_connections(struct server *s);

/* Look at the clock now, not when the next deadline is due: for a clock that
 * was moved by hand. */
void server_wake(struct server *s);

/* [HT4]  Refuse new connections, close idle ones, wait, close the rest.
 * *s becomes NULL; a NULL server may be stopped. */
void server_stop(struct server **s);

#endif
