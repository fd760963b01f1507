#ifndef WEB_CASE_RECORDS_H
#define WEB_CASE_RECORDS_H

/*
 * case_records -- inside web: the room of a case in which files of service
 * records are handed in, counted, and looked into. [M3] [M14] [M26] [M27]
 *
 *   [WR1] The enterprise and those who may read the working papers of its case
 *         find the room; its address says to others what it says of no page.
 *         What each of them may do in it the service says
 *         (service/records_held.h).
 *   [WR2] Names, numbers and verdicts of figures are those of the report
 *         (service/records_report.h): a page makes none of its own.
 *   [WR3] Nobody waits: a page of a file that is not counted says how far it
 *         is, and goes on by itself (case_records_wait.c).
 *   [WR4] Groups of fewer than REPORT_LEAST tickets are shown to these readers,
 *         and marked as too small to judge.
 */

#include "service/records_held.h"
#include "service/records_report.h"
#include "web/case_page.h"

/* A file of the case, for whoever looks at it. */
struct records_view {
    struct case_view v;
    struct held_of of;     /* of `v`, so it stays where it is */
    struct held_file held; /* of no file on the list of them */
    str id;                /* of the file, as its address has it; or empty */
};

/* The case of the address, for whoever may see its records. [WR1]
 * ERR_NOT_FOUND "case.missing". */
err records_view_case(struct request *rq, struct records_view *x);

/* And the file. */
err records_view_file(struct request *rq, struct records_view *x);

/* An address of the room, or of the file, with `more` behind it: "/rows". */
err records_way(const struct records_view *x, const char *more, str *out);

/* What is counted, until the scope ends. */
struct records_counted {
    struct app *app;
    const struct held_counted *c; /* NULL: it is not counted */
};
void records_counted_end(struct records_counted *c);

/* What the file came to.  Where it is not counted yet, *out is empty and the
 * answer leads to the file's page, which says how far it is. [WR3] */
err records_counted(const struct records_view *x, struct response *rs,
                    struct records_counted *out);

/* --- the parts of a file's pages ----------------------------------------- */

enum records_tab {
    RECORDS_OVERVIEW,
    RECORDS_GROUPS, /* of a kind */
    RECORDS_SCREENS,
    RECORDS_COLUMNS,
};

/* Where a page of a file stands. */
struct records_at {
    enum records_tab tab;
    enum figure_group kind; /* of RECORDS_GROUPS */
};

/* What stands over every page of a file; `c` is NULL while it is not counted.
 */
err records_head(const struct records_view *x, const struct held_counted *c,
                 struct records_at at, struct page_case_records_head *out);

/* The list of files, with a form that was refused where `problem` is not
 * empty. */
err records_list_show(const struct records_view *x, struct response *rs,
                      int status, str problem);

/* A page of a file that says how far it is, or why it cannot be counted. */
err records_wait_show(const struct records_view *x, struct response *rs);

/* Why a file cannot be counted; what a mapping mends, in words of this room. */
err records_say_why(struct request *rq, const struct held_file *f, str *out);

/* Rows of a group, or that a screen points at (case_records_rows.c). */
err records_rows_get(struct request *rq, struct response *rs);

/* --- figures (case_records_gather.c) ------------------------------------- */

/* Is a group of this kind told apart in the file? */
bool records_has(const struct held_counted *c, enum figure_group kind);

/* A kind by its word in addresses, "outlet". */
bool records_kind_of(str word, enum figure_group *out);

/* The whole: shares, times, what was left out, load, backlog; no groups. */
err records_whole(const struct records_view *x, const struct held_counted *c,
                  struct records_report *out);

/* Groups of a kind, in the order of lists: the most tickets first, months by
 * the calendar. */
struct records_order {
    const uint32_t *indices; /* of figures */
    size_t n;
};
void records_order(const struct held_counted *c, enum figure_group kind,
                   struct records_order *out);

/* Those of a part of that order, with shares and times. */
err records_some(const struct records_view *x, const struct held_counted *c,
                 enum figure_group kind, const struct records_order *part,
                 struct list *out);

/* What the level that the case wants asks of shares. [WR2] */
void records_wanted(const struct records_view *x, int32_t out[SHARE_COUNT]);

/* --- words (case_records_words.c) ---------------------------------------- */

/* A share in words. */
struct records_said {
    bool known; /* else there is nothing to say */
    str percent;
    str interval;
    str wanted;          /* empty: nothing is wanted of it */
    const char *verdict; /* the id of a text, where something is wanted */
    const char *style;   /* the class of its badge */
};
err records_say_share(struct request *rq, const struct records_report *r,
                      enum figure_share which, struct share of,
                      struct records_said *out);

/* "87.3%" of basis points: a tenth is more than any interval tells. */
err records_percent(struct request *rq, int64_t basis_points, str *out);

/* "3 h 20 min" of working minutes. */
err records_duration(struct request *rq, uint32_t minutes, str *out);

/* The name of a text, in the reader's language. */
str records_name(struct request *rq, const char *message);

/* --- charts (case_records_charts.c) -------------------------------------- */

/* A share of groups as bars with their intervals, or of months as a line;
 * empty where none of them tells it. */
err records_chart(struct request *rq, const struct records_report *r,
                  enum figure_group kind, enum figure_share which, str *svg,
                  int64_t *height);

/* Tickets that were open at the end of each day; empty where there are too many
 * days. */
err records_backlog(struct request *rq, const struct records_report *r,
                    str *svg);

#endif
