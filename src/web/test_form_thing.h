#ifndef WEB_TEST_FORM_THING_H
#define WEB_TEST_FORM_THING_H

/* test_form_thing -- a record with a field of every kind, and its form; tests
 * only. */

#include "web/test_form.h"

enum { BYTES = 4 << 20, TEXT_MOST = 1 << 16 };

/* Nearly all may be left out; nothing may. */
extern const struct record_form_of test_thing;
extern const struct record_form_of test_needed;

/* Names that are the page's. */
extern const char *const test_own[];

/* Post "a=1&b=2"; false, the test failed, when that cannot be done. */
bool test_form_post(struct arena *a, const struct record_form_of *of,
                    const char *bytes, struct record_form *out);

/* Show it in English; likewise. */
bool test_form_show(struct arena *a, const struct record_form *form,
                    struct page_form_fields *out);

/* Canonical JSON; "none" of none. */
str test_form_json(struct arena *a, const struct json *j);

#endif
