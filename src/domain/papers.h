#ifndef DOMAIN_PAPERS_H
#define DOMAIN_PAPERS_H

/*
 * papers -- the working papers of a site audit: whom the team asked, what it
 * saw, and every call to a drawn customer. [M15] [M16] [17065 7.4]
 *
 *   [PA1] They are written between the opening meeting and the closing one.
 *   [PA2] Interviews and observations take place at a site the plan visits, and
 *         name the indicators they are about; they are numbered 1, 2, 3 .. in
 *         the case, so that a finding can cite them as evidence.
 *   [PA3] Who was asked is said by what they do there: no field takes a name.
 *   [PA4] The enterprise does not read them (journey.md, "Who acts"):
 *         papers_is_one() says which events are meant.
 *   [PA5] A drawn customer counts as unreached after as many calls as the
 *         package says, each later than the one before, or at once when they
 *         refuse or the number is wrong; then the next of the sequence takes
 *         their place [SA4].
 */

#include "base/day.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

enum { PAPER_MAX = 1000 }; /* interviews and observations in a case */

/* interview.recorded; the command's `number` is not asked */
struct interview {
    int64_t number;
    str site;
    str role;               /* "维修工", what they do */
    int64_t people;         /* how many were asked together */
    struct list indicators; /* of str: leaves */
    str note;               /* what was asked and answered */
};

/* observation.recorded */
struct observation {
    int64_t number;
    str site;
    str place;              /* "备件库" */
    struct list indicators; /* of str: leaves */
    str note;               /* what was seen */
    struct list evidence;   /* of str: photos, files, numbers of records */
};

enum call {
    CALL_NO_ANSWER,
    CALL_BUSY,
    CALL_REFUSED, /* does not want to answer */
    CALL_WRONG_NUMBER,
};

/* sample.called: a call that brought no answer; one that did is sample.asked */
struct sample_call {
    int64_t position; /* in the drawn sequence */
    day on;
    str time;    /* "14:30", at +08:00 */
    int outcome; /* enum call */
};

struct event_kind;

/* Is this kind of event a working paper, or else one the enterprise does not
 * read: which of its customers said what, how a panel voted, and what reviewer,
 * team and head ask each other? [PA4] */
bool papers_is_one(const struct event_kind *k);

/* Minutes since midnight of "00:00" .. "23:59", or -1. */
int32_t clock_minutes(str text);

#endif
