#ifndef WEB_TEST_FORM_H
#define WEB_TEST_FORM_H

/*
 * test_form -- what a browser sends of a form that was shown, and what people
 * do to it on the way; tests only.
 */

#include "web/record_form.h"

/* All that a browser sends when nothing was touched, its lines ended as
 * browsers end them. */
err test_form_sent(struct arena *a, const struct page_form_fields *shown,
                   struct form *out);

/* The field of this name, wherever it nests; NULL: none was shown. */
const struct page_form_field *test_form_find(
    const struct page_form_field *fields, size_t n, str name);

/* "a=1&b=2" as a form; the text lives in `a`. */
err test_form_of(struct arena *a, const char *bytes, struct form *out);

#endif
