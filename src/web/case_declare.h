#ifndef WEB_CASE_DECLARE_H
#define WEB_CASE_DECLARE_H

/*
 * case_declare -- inside web: that an enterprise meets what its application
 * takes, declared by one press. [M6]
 *
 *   [ED1] The press answers what was left open, each item as the package wants
 *         it; what was answered, with yes or no, stays as it was answered.
 */

#include "http/form.h"
#include "web/case_page.h"

/* Has the form of this command the button? */
bool case_declare_offers(const char *command);

/* What was sent, and the answers that the press stands for, in *out, in the
 * request's arena. [ED1]  ERR_MEMORY. */
err case_declare_rest(const struct case_view *v, const struct form *sent,
                      struct form *out);

#endif
