#ifndef WEB_CASE_FIRST_H
#define WEB_CASE_FIRST_H

/*
 * case_first -- inside web: what already stands in the form of a command when
 * it opens.
 *
 *   [FV1] What the case knows: what was said before and may be said anew, what
 *         rules work out, what the task that led here is about.
 *   [FV2] Where one thing only can be meant, it is that one.
 *   [FV3] Nothing that somebody has to judge: no verdict, no reason, no yes.
 *   [FV4] Only what a form shows may stand there, and it is sent like what was
 *         typed: nothing hidden, and the rules judge it all the same.
 */

#include "web/case_page.h"
#include "web/record_form.h"

struct json;

/* The value for record_form_begin(); `number` is that of a task
 * (domain/todo.h), 0: none. */
err case_first(const struct case_view *v, const struct record_form_of *of,
               int64_t number, struct json **out);

#endif
