#ifndef WEB_CASE_CODES_H
#define WEB_CASE_CODES_H

/*
 * case_codes -- inside web: codes of trades and places in a form, found by
 * their names. [M11]
 *
 *   [CD1] A field of such a code is typed, and a list of the page's helps:
 *         whoever types a piece of a name is shown the codes.  What the code is
 *         called that stands there, stands beside it.
 *   [CD2] Every province and prefecture is listed, and the counties of the
 *         provinces that matter: where the enterprise is registered, which its
 *         own code says, and whatever was typed.
 *   [CD3] Of trades the divisions are listed, two digits of four
 *         (domain/places.h [PN2]).
 */

#include "web/case_page.h"
#include "web/record_form.h"

struct page_code_lists;

enum { CASE_CODES = 2 };

/* For record_form_of.codes: with lists, and without. */
extern const struct record_codes case_codes_listed[CASE_CODES];
extern const struct record_codes case_codes_named[CASE_CODES];

/* The lists that this form asks for; of none nothing. */
err case_codes(const struct case_view *v, const struct record_form *form,
               struct page_code_lists *out);

#endif
