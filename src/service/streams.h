#ifndef SERVICE_STREAMS_H
#define SERVICE_STREAMS_H

/*
 * streams -- whatever is done with every stream there is: page by page, each
 * by tx_apart(), so that any number fits into memory.
 */

#include "domain/event.h"
#include "store/journal.h"

struct arena;
struct tx;

/* What is done with one stream, in an arena of its own. */
typedef err streams_part(struct arena *a, struct stream_row *stream,
                         void *context);

struct streams {
    struct tx *tx;
    streams_part *part;
    void *context;
    int64_t seen; /* so far, of every kind */
};

/* Those of one kind, by number; the first error ends it. */
err streams_each(struct streams *s, enum stream_kind kind);

#endif
