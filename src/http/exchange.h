#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

/*
 * exchange -- one request and its answer, on a connection of libmicrohttpd.
 *
 * The library calls, on the connection's thread and in this order: begin with
 * the request line, head once with the header, body for each piece, finish
 * once, end.  After begin there is always an end; anything between may be
 * missing.
 *
 *   [EX1] An answer is given in finish, when the body is here, so that the
 *         connection can go on; or in head, when the body is not wanted, and
 *         then the connection is closed after it.
 *   [EX2] Everything of a request is in its arena, but for a long body, which
 *         has one of its own; both end with it.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "http/conn.h"
#include "http/http.h"
#include "http/worker.h"

#include <microhttpd.h>

/* What exchanges need of their server; constant while there are any. */
struct exchanges {
    struct server_options options;
    const struct web_site *site;
    struct conns conns;
    struct workers workers;
    _Atomic size_t uploads; /* bytes of long bodies under way [HT6] */
};

struct exchange {
    struct conn conn;
    struct exchanges *of;
    char network[PEER_TEXT]; /* the peer's, for the log */

    /* Of the request under way. */
    bool begun;
    bool headed;      /* head was called */
    bool close;       /* this answer is the last on its connection */
    int64_t start;    /* ticks at the end of the header */
    str uri;          /* where the target stands, for head; read only there */
    size_t most;      /* bytes that its body may have */
    size_t held;      /* of exchanges.uploads; zero: it has nothing long */
    size_t droppable; /* bytes of a body that are read to answer at its end */
    size_t dropped;   /* so far */
    char id[ID_TEXT];
    struct arena arena;
    struct arena long_body; /* its own [HT6], or its answer's [RQ3] */
    struct request_room room;
    struct incoming in;
    struct request rq;
    struct response rs;
    struct buf body;
    struct worker *worker;
};

void exchange_begin(struct exchange *x, const char *uri);
enum MHD_Result exchange_head(struct exchange *x, struct MHD_Connection *c,
                              const char *method, const char *version);
enum MHD_Result exchange_body(struct exchange *x, str piece);
enum MHD_Result exchange_finish(struct exchange *x, struct MHD_Connection *c);
void exchange_end(struct exchange *x, struct MHD_Connection *c,
                  enum MHD_RequestTerminationCode how);

/* Every header of the answer, and the answer itself, to the library; MHD_NO
 * when there is no memory.  (send.c) */
enum MHD_Result exchange_send(struct exchange *x, struct MHD_Connection *c);

#endif
