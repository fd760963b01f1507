#ifndef WEB_REGISTER_DO_H
#define WEB_REGISTER_DO_H

/*
 * register_do -- inside web: commands of the registers by a form, and the links
 * that lead to them.
 *
 *   [WK1] The form is made of the command's record table, as in case_do.c; who
 *         may give it the service says.
 *   [WK2] A form is of the version its page was made from, and carries the id
 *         of its command: sent twice, it is done once.
 *   [WK3] What must be confirmed (domain/registers.h [RE6]) is shown once more,
 *         with the hash of what was sent, before it is done.
 *   [WK4] A list that needs more names than a form can have is not shown as
 *         one: it would come back cut short.
 */

#include "service/registers.h"
#include "web/answer.h"

/* What whoever visits may do about the entry "KIND:KEY", or "body" with an
 * empty key: nothing, where they may nothing. */
err register_acts(struct request *rq, const char *kind, str key,
                  struct page_register_acts *out);

#endif
