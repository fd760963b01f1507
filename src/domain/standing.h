#ifndef DOMAIN_STANDING_H
#define DOMAIN_STANDING_H

/*
 * standing -- a certificate as it stands: the fold of its own stream, which
 * holds what the public may know and nothing else (domain.md 3.7).
 *
 *   [SD1] standing_apply() is total and never allocates; it keeps pointers to
 *         the events' data.
 *   [SD2] A certificate is valid from its issue on; suspended and valid again
 *         any number of times; withdrawn, cancelled or expired once, for good.
 *   [SD3] Expiry needs no event: the day after the last valid one is enough;
 *         status.h, stand_on().
 *   [SD4] A sub-certificate stands as the main one does, unless it ended alone
 *         or its own last day has passed; status.h, sub_stand().
 *   [SD5] A former name is one that stood on it and does no more, each once and
 *         at most FORMER_MAX of them.
 */

#include "domain/event.h"
#include "domain/events.h"
#include "domain/status.h"
#include "domain/sub.h"

enum { SUB_MAX = 200, FORMER_MAX = 50 }; /* of one certificate */

struct standing_sub {
    const struct sub_certificate *sub;
    day ended; /* alone; DAY_NEVER: it did not */
};

struct standing {
    const struct certificate *certificate; /* newest wording; NULL: no event */
    day worded;                            /* since this day, .. */
    int64_t worded_at;                     /* .. said at this moment */
    str scope; /* as reduced, or as on the certificate */
    str scope_en;
    enum certificate_status status;
    day since;
    day until; /* suspended: at the longest; else DAY_NEVER */
    int64_t version;
    struct standing_sub subs[SUB_MAX];
    int32_t sub_count;
    str formers[FORMER_MAX]; /* holders, the first first [SD5] */
    int32_t former_count;
};

/* Fold an event of a certificate's stream in; `e` must outlive `s`.  [SD1] */
void standing_apply(struct standing *s, const struct event *e);

#endif
