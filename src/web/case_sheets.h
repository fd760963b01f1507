#ifndef WEB_CASE_SHEETS_H
#define WEB_CASE_SHEETS_H

/*
 * case_sheets -- inside web: what the sheets of service records in a case say,
 * where somebody records a figure or judges a sampled indicator. [M3] [M27]
 * (service/records_case.h)
 *
 *   [WS1] A form of figure.record begins with k, n and source of the sheet that
 *         the figure is taken from; whoever records may write others.
 *   [WS2] What records say stands beside a finding and is never its answer: an
 *         auditor judges the sample that they drew.
 */

#include "service/records_case_words.h"
#include "web/case_page.h"

/* The sheets of the case, as records_case(). */
err case_sheets_of(const struct case_view *v, struct list *out);

/* What they say of the leaf, in the reader's words; empty: nothing. */
err case_sheets_leaf(const struct case_view *v, const struct list *sheets,
                     int32_t leaf, str *out);

/* Does the scheme have a leaf among these, one a leaf, that records say
 * something of?  Else nothing has to be read. */
bool case_sheets_asked(const struct scheme *s, const bool *leaves);

#endif
