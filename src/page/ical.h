#ifndef PAGE_ICAL_H
#define PAGE_ICAL_H

/*
 * ical -- an iCalendar stream (RFC 5545), as calendar programs subscribe to it.
 *
 *   [IC1] Lines end in CR LF and are folded before they have more than 75
 *         octets, never within a character of UTF-8. [RFC 5545 3.1]
 *   [IC2] In texts a backslash, a semicolon, a comma and the end of a line are
 *         escaped, and other control characters are left out.
 *         [RFC 5545 3.3.11]
 *   [IC3] Days are dates without a time: they are the same wherever they are
 *         read.  The last day of an event is inclusive here, and exclusive in
 *         the stream. [RFC 5545 3.6.1]
 *   [IC4] Whoever gives the same item the same uid again replaces it.
 */

#include "base/day.h"
#include "base/str.h"

#include <stdint.h>

struct buf;

enum ical_kind {
    ICAL_EVENT, /* whole days, from .. to */
    ICAL_TODO,  /* something to do, due on a day or not */
};

struct ical_item {
    enum ical_kind kind;
    str uid; /* the same for good, unique in the world: "x@host" */
    str summary;
    str description; /* may be empty */
    str categories;  /* one word; may be empty */
    day from;        /* ICAL_EVENT: first day .. */
    day to;          /* .. and last */
    day due;         /* ICAL_TODO: DAY_NEVER: no day */
    bool pressing;   /* ICAL_TODO: of the highest priority */
};

/* The stream's head, in the language that its product identifier names ("ZH",
 * "EN"), items in between, its foot.  `at` is when it was made,
 * microseconds UTC.  Check buf_done() afterwards. */
void ical_begin(struct buf *out, str lang, str name);
void ical_put(struct buf *out, const struct ical_item *item, int64_t at);
void ical_end(struct buf *out);

#endif
