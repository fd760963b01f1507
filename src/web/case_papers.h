#ifndef WEB_CASE_PAPERS_H
#define WEB_CASE_PAPERS_H

/*
 * case_papers -- inside web: the tab of a case's documents, and the forms by
 * which they come in (case_evidence.c). [M8] [M12]
 *
 *   [PD3] Who may add a document now finds a form beside each requirement that
 *         one may be added to; nobody else finds any.
 *   [PD4] How old a document is and whether it is of the right time the domain
 *         says, of the day of the application, or of today while there is
 *         none.
 */

#include "web/case_page.h"

/* A form that was sent and refused: it is shown again, with what was typed. */
struct papers_sent {
    str requirement;
    str title;
    str from;
    str to;
    str problem; /* in words */
};

/* `sent` may be NULL. */
err case_papers_show(const struct case_view *v, struct response *rs, int status,
                     const struct papers_sent *sent);

#endif
