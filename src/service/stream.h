#ifndef SERVICE_STREAM_H
#define SERVICE_STREAM_H

/*
 * stream -- events of the domain in the journal of the store.
 *
 *   [SM1] A stream is read whole and its chain of hashes verified; one byte
 *         changed anywhere, and an event that is gone, moved or of another
 *         kind of stream, and a first one that opens none, is ERR_CORRUPT
 *         "journal.tampered" (stream, event: the first that does not fit).  A
 *         stream without any is one that was opened a moment ago in this tx;
 *         on record there is none.
 *   [SM2] Events that are entered in the transparency log get there in the
 *         same transaction (see tlog/leaf.h for which).
 */

#include "domain/event.h"
#include "store/journal.h"

struct app;
struct arena;
struct facts;

/* [SM1] Every event of the stream, in order, into `a`. */
err stream_events(struct tx *tx, struct arena *a, const struct stream_row *row,
                  struct event_list *out);

/* The same of a stream that may not be in the journal: none then. */
err stream_events_known(struct tx *tx, struct arena *a, id stream,
                        struct event_list *out);

/* Seal `events` after version `version` with head `head`, and append them. */
err stream_append(struct tx *tx, id stream, int64_t version,
                  const struct hash *head, struct event_list *events);

/* [SM2] Enter what belongs in the log, of events that were sealed. */
err stream_enter_log(struct tx *tx, const struct app *app,
                     const struct event_list *events);

/* The same by a command on a case, which has verified the journals they come
 * from: kept.h [KP5]. */
err stream_enter_log_known(struct tx *tx, const struct app *app,
                           const struct event_list *events);

/* A new stream with one event. */
struct new_stream {
    enum stream_kind kind;
    id id;
    str number; /* unique in its kind */
};
err stream_begin(struct tx *tx, const struct new_stream *stream,
                 const char *event, const struct facts *f, const void *data);

#endif
