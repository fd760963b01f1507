#ifndef SERVICE_STREAMS_H
#define SERVICE_STREAMS_H

/*
 * streams -- whatever is done with every stream there is: page by page, each
 * in an arena of its own, so that any number fits into memory.
 */

#include "domain/event.h"
#include "store/journal.h"

struct arena;
struct tx;

/* A piece of work in an arena of its own, which serves the tx meanwhile; the
 * error that it ends with is kept in `kept`. */
typedef err apart_work(struct arena *a, void *context);
err apart(struct tx *tx, struct arena *kept, apart_work *work, void *context);

/* What is done with one stream. */
typedef err streams_part(struct arena *a, struct stream_row *stream,
                         void *context);

struct streams {
    struct tx *tx;
    struct arena *kept; /* for the error that ends it, and for keys */
    streams_part *part;
    void *context;
    int64_t seen; /* so far, of every kind */
};

/* Those of one kind, by number; the first error ends it. */
err streams_each(struct streams *s, enum stream_kind kind);

#endif
