#ifndef RECORDS_FIGURES_H
#define RECORDS_FIGURES_H

/*
 * figures -- the figures of service in a period, as docs/kpi.md defines them,
 * from one pass over the tickets.
 *
 *   [FG1] Partial results merge, and however the tickets were cut and in
 *         whatever order they came, the figures are the same.
 *   [FG2] A share is two whole numbers; a median or 90th percentile is one of
 *         the values themselves (nearest rank), never of a sketch.
 *   [FG3] Nothing that happened after the period counts: a ticket resolved
 *         later is an open one.
 *   [FG4] What a ticket does not say leaves it out of the figures that need it
 *         and of no other.
 *
 * 16 bytes a ticket of the period for its row, 8 more for its subject until
 * figures_close().  Threads: one struct, one thread; after figures_close() all
 * may read.
 */

#include "base/day.h"
#include "records/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;
struct hours;
struct figures;

/* What is counted: k of n. */
enum figure_share {
    SHARE_RESOLVED,          /* of all tickets */
    SHARE_COMPLAINTS,        /* of tickets that say whether they are one */
    SHARE_SATISFIED,         /* of valid answers */
    SHARE_ANSWERED,          /* valid answers, of resolved tickets */
    SHARE_RESPONDED_IN_TIME, /* of those promised */
    SHARE_ARRIVED_IN_TIME,   /* of those promised */
    SHARE_RESOLVED_IN_TIME,  /* of those promised */
    SHARE_REOPENED,          /* of resolved tickets that tell */
    SHARE_SECOND_VISIT,      /* of resolved tickets that tell */
    SHARE_FIRST_TIME,        /* of those judged */
    SHARE_RETURNED,          /* repairs repeated, of repairs judged */
    SHARE_COMPLAINT_CLOSED,  /* of complaints due */
    SHARE_COMPLAINT_IN_TIME, /* of complaints due */
    SHARE_CALLED_BACK,       /* of resolved tickets that tell */
    SHARE_REACHED,           /* of those called back that tell */
    SHARE_PARTS_FILLED,      /* all from stock, of tickets that asked */
    SHARE_SAID_IN_TIME,      /* by the enterprise's own word, of those that
                                tell: beside what is computed, not for it */
    SHARE_COUNT,
};

/* What is measured, in working minutes from the opening on. */
enum figure_time { TIME_RESPONSE, TIME_RESOLUTION, TIME_COUNT };

/* By what.  A group's index is the word's number, the month counted from the
 * period's first as 0, outlet * months + month, or 0 for the whole. */
enum figure_group {
    GROUP_WHOLE,
    GROUP_MONTH,
    GROUP_OUTLET,
    GROUP_OUTLET_MONTH,
    GROUP_PRODUCT,
    GROUP_PERSON,
    GROUP_TRADE,
    GROUP_COUNT,
};

/* Why a ticket, or a moment of one, does not count. */
enum figure_left_out {
    LEFT_EXCLUDED, /* test, duplicate, cancelled by the customer */
    LEFT_UNDATED,  /* it does not say when it was opened */
    LEFT_OUTSIDE,  /* opened outside of the period */
    LEFT_NEGATIVE, /* a moment that lies before the opening; the ticket counts
                      without it */
    LEFT_SCALE,    /* a satisfaction outside of the scale, likewise */
    LEFT_COUNT,
};

enum {
    FIGURES_MONTHS_MAX = 240,
    FIGURES_TRADES_MAX = 127,       /* the greatest number of a trade */
    FIGURES_GROUPS_MAX = 1 << 20,   /* groups of a kind */
    FIGURES_ROWS_MAX = 1 << 27,     /* tickets of the period */
    FIGURES_ELAPSED_MAX = 4194302,  /* minutes by the clock: almost 8 years;
                                       longer ones count as this long */
    FIGURES_RESPONSE_MAX = 2097150, /* and almost 4 */
    REPEAT_DAYS_USUAL = 30,
};

struct figures_terms {
    day first; /* of the period, from 1970 on */
    day last;
    int32_t repeat_days; /* W, 0..3650 */
    int16_t scale_low;   /* the scale of satisfaction, and from where on a */
    int16_t scale_high;  /* customer is satisfied */
    int16_t satisfied;
    bool scale_words; /* its numbers stand for words: they have no mean */
    uint32_t response_promise;   /* working minutes, where a ticket names no */
    uint32_t resolution_promise; /* moment; 0: nothing was promised */
    const struct hours *hours;   /* borrowed */
};

struct share {
    uint32_t k;
    uint32_t n;
};

struct tally {
    struct share shares[SHARE_COUNT];
    uint64_t score; /* the valid answers, n of SHARE_SATISFIED, added up in
                       hundredths of the scale */
};

/* Of n values; both 0 when n is. */
struct spread {
    uint32_t n;
    uint32_t median;
    uint32_t p90;
};

/* How work lies on people. */
struct load {
    uint32_t persons; /* with one ticket at least */
    uint64_t tickets; /* that name a person */
    uint32_t most;    /* tickets of the busiest */
};

/* How it lies on the persons of a month: those with one ticket at least. */
struct load_month {
    uint32_t persons;
    uint32_t tickets;
    uint32_t median; /* tickets of a person, nearest rank */
    uint32_t most;
    uint32_t above; /* persons with more than twice the median */
};

/* The numbers here of another's words, by its numbers; NULL: the same. */
struct figures_map {
    const uint32_t *outlet;
    const uint32_t *product;
    const uint32_t *person;
    const uint32_t *trade;
    const uint32_t *part;
};

/* The month of the calendar that a day lies in: the next month has the next
 * number. */
int32_t period_month(day d);

/* Months of the calendar that a period has a day of; first <= last. */
uint32_t period_months(day first, day last);

/* Nothing counted yet.  first <= last, at most FIGURES_MONTHS_MAX months.
 * NULL when there is no memory. */
struct figures *figures_new(struct heap *h, const struct figures_terms *t);
void figures_free(struct figures **f);

/* Count a ticket.  False when there is no memory, or more than
 * FIGURES_GROUPS_MAX groups or FIGURES_ROWS_MAX tickets; `f` is then fit for
 * figures_free() only. */
[[nodiscard]] bool figures_add(struct figures *f, const struct ticket *t);

/* This part, 0 when nobody says which, was below its least stock on the day of
 * this moment.  False as figures_add(). */
[[nodiscard]] bool figures_low_stock(struct figures *f, int64_t moment,
                                     uint32_t part);

/* Take over all of `other`, which was made with the same terms and is fit for
 * figures_free() only then.  False as figures_add(). */
[[nodiscard]] bool figures_merge(struct figures *f, struct figures *other,
                                 const struct figures_map *map);

/* All is counted: find what was repeated.  Before it, SHARE_FIRST_TIME and
 * SHARE_RETURNED say nothing; after it nothing is added or merged.  False when
 * there is no memory. */
[[nodiscard]] bool figures_close(struct figures *f);

/* Groups of a kind: indices are below it.  Some of them may be empty. */
uint32_t figures_groups(const struct figures *f, enum figure_group kind);

/* The shares of a group; an index nobody counted has zeros. */
struct tally figures_of(const struct figures *f, enum figure_group kind,
                        uint32_t index);

/* The spread of a time in every group of a kind, into out[figures_groups()],
 * after figures_close().  Takes 4 bytes a value for as long as it works. False,
 * `out` unspecified, when there is no memory. */
[[nodiscard]] bool figures_times(const struct figures *f, struct heap *h,
                                 enum figure_group kind, enum figure_time time,
                                 struct spread *out);

/* Tickets open at the end of each day, into out[figures_days()]; those opened
 * before the period too. */
void figures_backlog(const struct figures *f, int64_t *out);
uint32_t figures_days(const struct figures *f);

/* The sum of the answers as a mean in hundredths of the scale, half rounded up;
 * n > 0 of SHARE_SATISFIED. */
int64_t tally_mean(const struct tally *t);

/* Days of the period on which a part was low, whichever; and on how many each
 * was, into out[figures_parts()], after figures_close(). */
uint32_t figures_low_days(const struct figures *f);
uint32_t figures_parts(const struct figures *f);
void figures_low_by_part(const struct figures *f, uint32_t *out);

struct load figures_load(const struct figures *f);

/* The load of each month into out[figures_months()], and the tickets that each
 * person has in each, into tickets[figures_groups(f, GROUP_PERSON) *
 * figures_months()], by person, then month.  `out` may be NULL. */
uint32_t figures_months(const struct figures *f);
void figures_load_months(const struct figures *f, uint32_t *tickets,
                         struct load_month *out);
/* Has this person of that month more than twice its median? */
bool load_above(const struct load_month *m, uint32_t tickets);

uint64_t figures_left_out(const struct figures *f, enum figure_left_out why);

#endif
