#ifndef WEB_CASE_APPLY_H
#define WEB_CASE_APPLY_H

/* case_apply -- inside web: an application on its way, in steps
 * (case_apply.c). */

#include "service/drafts.h"
#include "web/case_page.h"
#include "web/record_form.h"

enum apply_step {
    APPLY_COMPANY,
    APPLY_SITES,
    APPLY_SCOPE,
    APPLY_STAFF,
    APPLY_HELD,
    APPLY_STEPS,
};

struct applying {
    struct case_view view;
    const struct record *record; /* of the command */
    struct draft_of draft;
    struct json *typed; /* the draft: as a form's */
    bool fresh;         /* nobody typed any of it yet */
};

/* The case of the address and the visitor's draft in it.  What right_check()
 * refuses of application.submit. */
err apply_open(struct request *rq, struct applying *x);

/* In which step a field of the record is asked: each in one [AP2]. */
enum apply_step apply_step_of(const char *field);

/* The id of what a step is called. */
const char *apply_step_name(enum apply_step step);

/* Where a step is; APPLY_STEPS: where all of it is looked through and sent. */
err apply_way(const struct applying *x, enum apply_step step, str *out);

/* What stands over every step. */
err apply_head(const struct applying *x, enum apply_step at,
               struct page_apply_head *out);

/* The whole form, judged by the record's table. */
err apply_form(const struct applying *x, struct record_form *out);

/* The page on which all of it is looked through (case_apply_check.c). */
err apply_check_get(struct request *rq, struct response *rs);
err apply_check_post(struct request *rq, struct response *rs);

#endif
