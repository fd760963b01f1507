#ifndef WEB_CASE_RISK_H
#define WEB_CASE_RISK_H

/*
 * case_risk -- inside web: notes of rows to draw, beside the toss over
 * customers: what auditors see before they plan a sample. [M9] [M15] [M16]
 *
 *   [WR1] The enterprise sees none of it, not even that there is a note: the
 *         case it loads has no working papers (cases.h [CA7]).
 *   [WR2] The newest note is shown with its rows; older ones are named.
 *   [WR3] A form is of the version its page was made from, and carries the id
 *         of its command: sent twice, it is noted once.
 *   [WR4] Who plans the audit sees the newest note where they plan, and whoever
 *         fills in the checklist is led to it.
 */

#include "web/case_page.h"

/* The part of the page; `problem` of the form, which was sent; empty: none. */
err case_risk_show(const struct case_view *v, str problem,
                   struct page_case_risk *out);

/* The same under a heading of another page, to be read only; empty where there
 * is no note. [WR4] */
err case_risk_under(const struct case_view *v, struct page_case_risk *out);

/* How many screens the newest note has that were raised; 0 for who may not read
 * working papers. */
int64_t case_risk_raised(const struct case_view *v);

#endif
