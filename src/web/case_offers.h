#ifndef WEB_CASE_OFFERS_H
#define WEB_CASE_OFFERS_H

/*
 * case_offers -- inside web: what the form of a command on a case offers to
 * choose from, so that nobody types the id of what is there.
 *
 *   [CO1] One table says which field is chosen from what; a field's choices are
 *         made of the case as its reader may read it.
 *   [CO2] An offer helps and forbids nothing: what else was given is shown
 *         beside it, and the rules judge it.
 *   [CO3] Where there is nothing to choose, nothing is offered: the field is
 *         typed.
 *   [CO4] What cannot be meant any more is not offered: a nonconformity that is
 *         closed, an invoice that is paid, a site that left.
 */

#include "web/case_page.h"
#include "web/record_form.h"

struct command_kind;

/* The offers for `k`'s form, in the arena of the request. */
err case_offers(const struct case_view *v, const struct command_kind *k,
                const struct record_offer **out, size_t *n);

/* Has the field at `path` ("answers.indicator") a source of choices?  Whether
 * or not there is something to choose in a case. */
bool case_offers_has(const char *command, const char *path);

#endif
