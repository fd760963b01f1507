#ifndef DOMAIN_BODY_FACTS_H
#define DOMAIN_BODY_FACTS_H

/*
 * body_facts -- what the body is, day by day: its names, its approval and the
 * fields it is approved for, where it has its seat. [条例 9] [17065 4.1.1]
 *
 *   [BF1] A change says all facts as they are from a day on.  What holds on a
 *         day is the newest that was said of those that have begun by then.
 *   [BF2] None begins before one that has begun; one that has not is replaced
 *         by the next.
 *   [BF3] What was made is made anew as it was: facts are asked for a day as
 *         they were known at a moment, so a change that is entered later, from
 *         whatever day, does not reach it.
 *   [BF4] A field that is taken away has its reason.  Cases that run in it go
 *         on; none begins.
 *   [BF5] Folding is total, and reads what was on record before there were
 *         such changes: fields that were set hold from the day they were.
 */

#include "domain/actor.h"
#include "domain/event.h"
#include "domain/events.h"

struct arena;

#define BODY_KNOWN_ALL INT64_MAX

/* The facts as one event left them. */
struct body_stand {
    struct body body;
    day from;
    int64_t at; /* when it was said, microseconds UTC */
    id actor;   /* zero: it was founded so */
    str document;
    str reason;
    day settled; /* that of the newest one before it that had begun when it
                    was said */
};

/* Events that are none of these leave it as it is. */
bool body_stand_apply(struct body_stand *s, const struct event *e);

/* Could `e` follow `now` by body_change_judge(), on the day it was said?  True
 * of events that are no change. */
bool body_stand_follows(struct arena *a, const struct body_stand *now,
                        const struct event *e);

/* All there were, the oldest first. */
struct body_history {
    const struct body_stand *stands;
    size_t n;
};

/* Of the body's stream, in `a`; texts are the events'. */
err body_history_of(struct arena *a, const struct event_list *events,
                    struct body_history *out);

/* What holds on `on`, as known at moment `known`, or BODY_KNOWN_ALL; of a time
 * before it was founded, what it was founded with.  NULL: there are none. */
const struct body_stand *body_history_on(const struct body_history *h, day on,
                                         int64_t known);

/* Is the body approved for `field`? */
bool body_has_field(const struct body *b, str field);

/* Those of `before` that `after` does not have, joined by blanks, in `a`. */
err body_fields_lost(struct arena *a, const struct body *before,
                     const struct list *after, str *out);

/* Facts as a founding or a change may say them, whatever was before:
 * ERR_INVALID "register.approval" (approval), "body.field" (field),
 * "body.field_twice" (field), "body.uscc" (uscc), "body.blank" (field),
 * "contact.phone".  `wish->from` and the texts of a change are not looked at.
 */
err body_facts_check(struct arena *a, const struct body_changed *wish);

/*
 * May this change follow `now` on day `today`?  What body_facts_check()
 * refuses; ERR_INVALID "body.before" (from, last) [BF2], "body.far" (from,
 * most), "body.reason" (fields) [BF4]; ERR_CONFLICT "body.same" when it changes
 * nothing.  *out is the wish as it is kept: texts trimmed, the code as it is
 * printed.
 */
err body_change_judge(struct arena *a, const struct body_stand *now,
                      const struct body_changed *wish, day today,
                      struct body_changed *out);

#endif
