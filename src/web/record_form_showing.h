#ifndef WEB_RECORD_FORM_SHOWING_H
#define WEB_RECORD_FORM_SHOWING_H

/* record_form_showing -- inside record_form: where in a form we are while it is
 * shown, and what is wrong there. */

#include "web/record_form_parts.h"

enum { RECORD_TEXT = 1 << 16 }; /* bytes of what is said about a field */

/* What is being shown, and where in it. */
struct showing {
    struct arena *arena;
    const struct record_form *form;
    enum lang lang;
    str prefix; /* of names */
    str path;   /* the same without row numbers */
    bool in_row;
    bool fresh;                      /* this row was added just now */
    const struct record_offer *each; /* heads the rows [RF9]; NULL: nothing */
    struct page_form_fields_wrongs *wrongs;
    size_t *wrong_count;
};

/* What is wrong with the field of this name, into it and into the list. */
err record_form_add_wrong(const struct showing *s, struct page_form_field *f);

/* What is beside no field that was shown. */
err record_form_why_else(const struct showing *s, str *out);

/* The ids of all that is said about a field. */
err record_form_tell(const struct showing *s, struct page_form_field *f);

#endif
