#ifndef WEB_CASE_REVIEW_H
#define WEB_CASE_REVIEW_H

/*
 * case_review -- inside web: the whole file on one screen, for whoever decides
 * a case or signs its decision. [17065 7.5] [17065 7.6] [M19]
 *
 *   [RR1] The score is computed anew from what the journal says, at the report
 *         and now; what the report and the decision say stands beside it.
 *   [RR2] Whether its reader may have a part in the decision is said in words
 *         [17065 7.6.2], as domain/rights judges it.
 *   [RR3] The enterprise has no such room: it holds working papers.
 */

#include "web/case_page.h"

/* Is there one now, for this reader? [RR3] */
bool case_review_is_open(const struct case_view *v);

/* Of a view whose file has the working papers. */
err case_review_show(const struct case_view *v, struct page_case_review *out);

/* The parts of it: case_review_score.c .. */
err case_review_score(const struct case_view *v, struct page_case_review *out);
/* .. and case_review_file.c. */
err case_review_file(const struct case_view *v, struct page_case_review *out);

#endif
