#ifndef WEB_CASE_ASSESS_H
#define WEB_CASE_ASSESS_H

/* case_assess -- inside web: a self-assessment of a case on its way
 * (case_assess.c). */

#include "service/drafts.h"
#include "web/case_page.h"
#include "web/selfcheck.h"

struct assessing {
    struct case_view view;
    struct draft_of draft;
    struct form given;    /* what was answered, as a self-check's address */
    struct request asked; /* the request as if it had said all of it */
    struct check check;   /* of that */
};

/* The case of the address and what the visitor answered, or else what is on
 * record.  What right_check() refuses of assessment.record. */
err assess_open(struct request *rq, struct assessing *x);

/* The check of what was answered, at a page: a number or "result".  `x` stays
 * where it is while its check is used. */
err assess_take(struct assessing *x, str page);

/* Where it is: "" or "/record" after it. */
err assess_way(const struct assessing *x, const char *more, str *out);

/* The page of the result, and recording it (case_assess_result.c). */
err assess_result_page(struct assessing *x, struct response *rs);
err assess_record_post(struct request *rq, struct response *rs);

#endif
