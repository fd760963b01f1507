#ifndef SERVICE_LOGGED_H
#define SERVICE_LOGGED_H

/*
 * logged -- is what goes into the log what the journals say?
 *
 *   [LO1] A leaf is one that an event makes, in the stream that its subject
 *         names, and that stream is unbroken.
 *   [LO2] A certificate's case is unbroken too and records the same.
 *   [LO3] What says that a credential was signed, is of one that is stored and
 *         that the body's key signed: no case tells of it.
 *   [LO4] Two events of one instant may make the same leaf, as two suspensions
 *         do with a restoration between them.  Each has a leaf of its own, and
 *         the first of them the first: leaves are taken in the order of events.
 */

#include "base/arena.h"
#include "base/err.h"
#include "domain/event.h"

struct app;
struct log_pending_row;
struct tx;

/*
 * Leaf after leaf, in one tx; what comes one after the other about the same is
 * read once:
 *
 *     scoped(logged_end) struct logged l;
 *     logged_begin(&l, app, tx);
 *     for (..)
 *         TRY(logged_check(&l, &pending[i]));
 */
struct logged {
    struct app *app;
    struct tx *tx;
    struct arena *kept; /* the tx's, for errors */
    struct arena arena; /* for the stream that was read last, */
    str subject;        /* which is this one's; empty: none */
    struct event_list events;
};

/* What an event leaves in the log. */
struct logged_leaf {
    str subject;
    str leaf; /* empty: nothing */
    int64_t at;
    int64_t index;  /* where it stands; LOG_INDEX_NONE: nowhere yet */
    int64_t before; /* it waits: so many of the same wait before it [LO4] */
};

/* Of `e`, one of the `events` of its stream. */
err logged_leaf_of(struct app *app, struct tx *tx, struct arena *a,
                   const struct event_list *events, const struct event *e,
                   struct logged_leaf *out);

void logged_begin(struct logged *l, struct app *app, struct tx *tx);
void logged_end(struct logged *l);

/* Of a leaf that waits: ERR_CORRUPT "journal.tampered" (stream, event),
 * "check.pending" (subject) [LO1], "check.certificate" (number) [LO2],
 * "check.credential" (number, serial) [LO3]. */
err logged_check(struct logged *l, const struct log_pending_row *p);

#endif
