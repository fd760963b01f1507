#ifndef SERVICE_RECORDS_REPORT_H
#define SERVICE_RECORDS_REPORT_H

/*
 * records_report -- the figures of service records as a report: a document with
 * charts, and a workbook. [M3] [M14] [M26] [M27]
 *
 *   [RR1] What is reported is a value: figures, groups with their names, terms.
 *         Nothing is looked up while it is written, so the same report gives
 *         the same bytes.
 *   [RR2] A share is shown with k, n and its interval; against what is wanted
 *         it says met, not met, or that it cannot tell (base/statistics.h).
 *   [RR3] For the public no person is named, and nothing is said of fewer than
 *         REPORT_LEAST tickets: groups below it are folded together, the
 *         smallest first and as many as it takes to reach it, so that none
 *         comes out as what is missing from the sum; a share of fewer is left
 *         out in the same way, and a time.
 *   [RR4] What was left out of the figures is shown with its number.
 *   [RR5] Groups come with the most tickets first, months by the calendar; in
 *         the document the first REPORT_SHOWN of them, in the workbook the
 *         first REPORT_GROUPS.
 *   [RR6] Held against another period, shares say how they stand to those of
 *         then (service/records_against.h).  For the public that is told of the
 *         whole only: of groups, what is left out would come out of the sum.
 *   [RR7] A grouping that no ticket names a group of is not there: it would be
 *         the whole once more.
 */

#include "base/day.h"
#include "base/err.h"
#include "codec/record.h"
#include "records/figures.h"
#include "service/records_against.h"
#include "text/text.h"

struct arena;
struct body;
struct heap;
struct paint_document;
struct words;

enum {
    REPORT_LEAST = 10,
    REPORT_SHOWN = 25,
    REPORT_CHANGES = 60, /* rows that rose or fell, of outlets */
    REPORT_GROUPS = 20000,
};

/* Tickets of one month, outlet, product .. */
struct report_group {
    str label;   /* empty: they do not say, or `others` */
    bool others; /* several, folded together [RR3]: no times */
    uint32_t tickets;
    struct tally tally;
    struct tally then; /* of the period before; zeros where there is none */
    struct spread times[TIME_COUNT];
};

/* A person who has more than twice the median of a month. */
struct report_busy {
    uint32_t month; /* of the period, from 0 */
    str person;
    uint32_t tickets;
    uint32_t median;
};

/* A part that was low on so many days. */
struct report_part {
    str label; /* empty: the records do not say which */
    uint32_t days;
};

struct records_report {
    str enterprise; /* whose service it is; may be empty */
    struct figures_terms terms;
    day made;
    bool public; /* [RR3] */
    struct report_group whole;
    struct list groups[GROUP_COUNT]; /* of struct report_group; none of
                                        GROUP_WHOLE and GROUP_OUTLET_MONTH */
    struct list backlog; /* of int64_t, a day each; none where nobody
                            knows what was resolved */
    uint64_t left_out[LEFT_COUNT];
    uint32_t low_days;
    struct list low_parts; /* of struct report_part, the most days first */
    struct load load;
    struct list load_months; /* of struct load_month, of each month; none where
                                nobody is named */
    struct list busy;        /* of struct report_busy; none for the public */
    bool compared;           /* with the period from here to here [RR6] */
    day then_first;
    day then_last;
    int32_t wanted[SHARE_COUNT]; /* at least, in basis points; 0: nothing */
};

/* What the figures were counted with. */
struct report_source {
    const struct figures *figures; /* closed */
    struct figures_terms terms;
    const struct words *words[GROUP_COUNT]; /* of those kinds that have some */
    const struct words *parts;              /* NULL: none */
    const struct figures *then; /* closed, of the same words; NULL: none */
    struct figures_terms then_terms;
    const bool *untold; /* SHARE_COUNT of them, as in struct records_figures;
                           NULL: all are told */
};

/* Names, shares and times of every group; what the figures do not know
 * (enterprise, made, wanted, public) stays empty.  Labels are copied.
 * ERR_MEMORY. */
err report_gather(struct arena *a, struct heap *h,
                  const struct report_source *from, struct records_report *out);

/* The same report for the public. [RR3]  ERR_MEMORY. */
err report_for_public(struct arena *a, const struct records_report *r,
                      struct records_report *out);

/* May a share, or a time, of so many be shown? [RR3] */
bool report_shows(const struct records_report *r, uint32_t n);

/* As a document to paint.  ERR_MEMORY; ERR_LIMIT "buf.limit". */
err report_document(struct arena *a, const struct records_report *r,
                    enum lang lang, const struct body *body,
                    struct paint_document *out);

/* As a workbook: a sheet for the whole, each grouping, the backlog, what was
 * left out.  Errors of excel_write(). */
err report_workbook(struct arena *a, const struct records_report *r,
                    enum lang lang, const struct body *body, str *out);

/* What a figure, a time, a grouping and a reason is called: ids of texts. */
const char *report_share_name(enum figure_share share);
const char *report_time_name(enum figure_time time);
const char *report_group_name(enum figure_group group);
const char *report_left_name(enum figure_left_out why);

/* How `k` of `n` stand to what is wanted of it: the id of a text; NULL when
 * nothing is wanted. [RR2] */
const char *report_share_verdict(const struct records_report *r,
                                 enum figure_share share, struct share of);

/* How a share stands to that of then [RR6]; false where there is nothing to
 * say. */
bool report_share_change(const struct records_report *r,
                         const struct report_group *g, enum figure_share share,
                         struct share_change *out);

/* May the mean of its answers be shown?  Words have none. */
bool report_shows_mean(const struct records_report *r,
                       const struct report_group *g);

/* "2026-03": a month of the period, from 0.  ERR_MEMORY. */
err report_month_name(struct arena *a, const struct records_report *r,
                      uint32_t month, str *out);

/* The name of a group in that language. */
str report_label(const struct report_group *g, enum lang lang);

#endif
