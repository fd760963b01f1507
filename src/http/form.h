#ifndef HTTP_FORM_H
#define HTTP_FORM_H

/*
 * form -- named values, as a form sends them and as a query holds them
 * (application/x-www-form-urlencoded).
 *
 *   name=%E6%98%9F&reason=two+words&reason=again
 *
 *   [FO1] Names and values are UTF-8 without control characters other than
 *         tabs and line ends.
 *   [FO2] Order and repetition are kept; the caller says which it wants.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { FORM_FIELDS = 1000 };

struct form_field {
    str name;
    str value;
};

struct form {
    const struct form_field *at;
    size_t n;
};

/* ERR_INVALID "form.percent" (field, counted from 1), "form.text" (field)
 * [FO1]; ERR_LIMIT "form.many" (limit) for more than FORM_FIELDS. */
err form_parse(struct arena *a, str bytes, struct form *out);

/* The value of the only field `name`.  false, *out untouched, when there is
 * none or more than one: a form that says two things has said nothing. */
bool form_get(const struct form *f, str name, str *out);

#endif
