#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

/*
 * answer -- inside web: what handlers of forms have in common.
 *
 *   [AN1] What somebody can put right is said beside the form, with all that
 *         they typed but secrets; what only we can put right is a page of its
 *         own (web_error).
 *   [AN2] Whoever is led on after a form is led to a place of ours.
 */

#include "base/buf.h"
#include "domain/todo.h"
#include "web/parts.h"
#include "web/visit.h"

/* Can whoever sent it do something about it? [AN1] */
bool answer_is_theirs(err e);

/* `e` in the reader's language. */
err answer_words(struct request *rq, err e, str *out);

/* The status that goes with it: a delay is 429. */
int answer_status(err e);

/* A field of the form, its blanks at both ends taken away; empty, when it is
 * not there once. */
str answer_field(const struct request *rq, str name);

/* The same, as it was typed: of secrets. */
str answer_secret(const struct request *rq, str name);

/* Browsers end lines with CR and LF; a text has LF. */
err answer_lines(struct arena *a, str typed, str *out);

/* To `to` with 303, or to `otherwise` where that is no place here. [AN2] */
err answer_go(struct response *rs, str to, str otherwise);

/* "task." and "apply": the id of a text, which must be there. */
err answer_id(struct request *rq, const char *family, str name,
              const char **out);

/* What is to be done, in the words of whoever is to do it: of what both sides
 * share, the enterprise cures what the body then verifies.  The id of a text;
 * `body`: a reader of the body's. */
err answer_task(struct request *rq, enum task_kind kind, bool body,
                const char **out);

/* The names of roles, ROLE_BIT()s, one after the other. */
err answer_roles(struct request *rq, unsigned roles, str *out);

/* A file to keep, by the name it is called: it lives as long as the answer.
 * `type` is NUL-ended. */
err answer_file(struct request *rq, struct response *rs, str name, str type,
                str bytes);

/* What every page begins with: an empty buf. */
void answer_buf(struct request *rq, struct buf *b);

#endif
