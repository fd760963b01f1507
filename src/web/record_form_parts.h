#ifndef WEB_RECORD_FORM_PARTS_H
#define WEB_RECORD_FORM_PARTS_H

/*
 * record_form_parts -- inside record_form: what was typed as a tree, and what
 * its parts share.
 *
 * The tree is JSON.  A record is an object; so is a list, its rows under their
 * numbers; a span has "n" and "unit"; a list of texts is an array; everything
 * else is the text that was typed.
 */

#include "codec/json.h"
#include "codec/record.h"
#include "web/record_form.h"

#include <stdint.h>

enum {
    RECORD_NAME = 400,       /* bytes of a part of a path, at most */
    RECORD_NAME_ROOM = 1600, /* and of all of it */
};

/* The field of this name, or NULL. */
const struct field *record_form_field(const struct record *r, str name);

/* "sites.0" and "name": "sites.0.name". */
err record_form_name(struct arena *a, str prefix, str name, str *out);

/* Row `i` of a list. */
err record_form_row(struct arena *a, str list, size_t i, str *out);

/* Member `key` of an object, made of this kind if it is not there. */
struct json *record_form_inner(struct arena *a, struct json *object, str key,
                               enum json_kind kind);

/* What was typed there; empty when nothing was. */
str record_form_text(const struct json *object, const char *name);

/* What an empty form has in this field: the first of an optional choice. */
str record_form_first(const struct field *f);

/* Was nothing entered? */
bool record_form_blank(const struct record *r, const struct json *typed);

/* --- the names a browser sends (record_form_post.c) ------------------- */

/* Rows are numbered from 0, in their order; a sent form loses blank ones. */
err record_form_tidy(struct arena *a, const struct record *r,
                     struct json *typed, bool drop);

/* --- values (record_form_value.c) ------------------------------------- */

/* The tree of what the table's JSON says. */
err record_form_typed(struct arena *a, const struct record *r,
                      const struct json *value, struct json *typed);

/* form->value of form->typed, or problems. */
err record_form_value(struct arena *a, struct record_form *form);

/* --- mistakes (record_form_wrong.c) ----------------------------------- */

err record_form_wrong(struct arena *a, struct record_form *form, str name,
                      err why);

/* What record_read() says of field `f`, in words for whoever fills in a form:
 * beside the field no path is needed, and numbers are as they are typed. */
err record_form_said(struct arena *a, const struct field *f, str typed,
                     err why);

/* What is missing when nothing was entered. */
err record_form_missing(struct arena *a, const struct field *f);

/* --- numbers (record_form_number.c) ----------------------------------- */

/* "1234.5" for 123450 fen: as few places as it takes, but money two or none. */
str record_form_number(int64_t n, enum field_unit unit,
                       char out[static TEXT_VALUE]);

/* What that reads; false, *out untouched, for anything else: other places,
 * signs, blanks, leading zeros, and what no int64_t holds. */
bool record_form_count(str s, enum field_unit unit, int64_t *out);

#endif
