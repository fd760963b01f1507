#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

/*
 * server -- the parts of a server that its two files share: server.c opens and
 * stops it, keeper.c is the thread that accepts connections and watches
 * deadlines.
 *
 * Each serving thread is a libmicrohttpd daemon of its own, without a listening
 * socket: the keeper hands connections to them in turn.  The library's own way
 * to stop listening can abort the program when a connection comes at the wrong
 * moment.
 */

#include "http/exchange.h"

struct server {
    struct exchanges ex;
    struct MHD_Daemon **daemons;
    unsigned threads;
    unsigned turn; /* which daemon gets the next connection */
    int listen_fd; /* -1: closed; the keeper's while it runs */
    int wake_fd;   /* an eventfd that ends the keeper's sleep */
    uint16_t port;
    pthread_t keeper;
    bool kept; /* is the keeper running? */
    _Atomic bool stopping;
    _Atomic bool full; /* the keeper waits for a connection to end */
};

/* The keeper's thread: `server` is a struct server.  Ends when stopping and
 * every connection is closed, or the time for that is over. */
void *keeper_run(void *server);

#endif
