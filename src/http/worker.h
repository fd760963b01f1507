#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H

/*
 * worker -- what each serving thread has of its own: the site's things, such
 * as a connection to the store, and a stock of random bytes for request ids.
 *
 *   [WK1] A worker is made when its thread serves its first request and ended
 *         when the thread ends, which is before server_stop() returns.
 */

#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct entropy;
struct heap;
struct web_site;

/* What all workers of a server share; constant but for the key. */
struct workers {
    struct heap *heap;
    struct entropy *entropy;
    const struct web_site *site;
    pthread_key_t key;
};

struct worker {
    struct workers *of;
    bool open;    /* did the site open its things? */
    void *thread; /* these */
    id ids[32];   /* a stock, because asking the kernel costs */
    size_t left;
    struct arena spare; /* of the request before, reset; or zeroed */
};

/* ERR_LIMIT "worker.keys": the process has no thread key left. */
err workers_init(struct workers *ws, struct arena *a);
void workers_end(struct workers *ws);

/* This thread's; NULL when there is no memory to make it. */
struct worker *worker_here(struct workers *ws);

/* Open the site's things if they are not. */
err worker_open(struct worker *w, struct arena *a);

/* An arena for a request of this thread, of `limit` bytes, and back. */
void worker_lend(struct worker *w, size_t limit, struct arena *out);
void worker_take_back(struct worker *w, struct arena *a);

err worker_id(struct worker *w, id *out);

#endif
