#ifndef WEB_CASE_WAYS_H
#define WEB_CASE_WAYS_H

/*
 * case_ways -- inside web: where to go on when a command on a case was refused.
 * [M4]
 *
 *   [CY1] Of the commands that the refusal names, those whoever reads may give
 *         now lead to where they are given.
 *   [CY2] Of a command that belongs to other stages, so do all by which the
 *         step at hand goes on: one of them comes first.
 *   [CY3] Nobody is led to what they may not do, nor back to what was refused.
 */

#include "web/case_page.h"

/* Of the refusal `why` of `command`, for the part case_ways: none is fine.
 * ERR_MEMORY, and what the store says. */
err case_ways(const struct case_view *v, const char *command, err why,
              struct page_case_ways *out);

#endif
