#ifndef WEB_COMMAND_FORM_H
#define WEB_COMMAND_FORM_H

/*
 * command_form -- inside web: what the form of a command carries besides what
 * is typed into it.
 *
 *   [FM1] The id of its command: sent twice, it is done once.
 *   [FM2] The version its page was made from: what changed since is a conflict.
 *   [FM3] A form without them is none of ours: ERR_DENIED "visit.token".
 */

#include "base/id.h"
#include "web/answer.h"

struct command_form {
    id id;           /* of the command [FM1] */
    int64_t version; /* of the case or the entry; -1: of none [FM2] */
};

/* A new one.  What the machine says of its random bits. */
err command_form_new(struct request *rq, int64_t version,
                     struct command_form *out);

/* As the form that was sent has it. [FM3] */
err command_form_read(struct request *rq, struct command_form *out);

/* The same of a form that is of no version, and names its command's id in this
 * field.  [FM3] */
err command_form_read_id(struct request *rq, str field, id *out);

/* An id as a page puts it into its form.  ERR_MEMORY. */
err command_form_text(struct request *rq, id command, str *out);

/* A new one so: of a form that nothing is known of but that. */
err command_form_new_text(struct request *rq, str *out);

#endif
