#ifndef FILING_CHECK_PARTS_H
#define FILING_CHECK_PARTS_H

/* check_parts -- inside the filing room: one cell being checked. */

#include "filing/filing.h"

struct checking {
    struct arena *a;
    const struct dictionary *d;
    day today;
    /* of a row; NULL for a particular by itself */
    const struct dictionary_sheet *sheet;
    struct filing_row *row;
    /* of a cell */
    const struct dictionary_field *f;
    str value;
    struct filing_problem *first;
    struct filing_problem *last;
    int32_t n;
};

/* Report that the cell is wrong. */
#define WRONG(c, id, ...)                                                      \
    check_problem((c), err_new((c)->a, ERR_INVALID,                            \
                               (id)__VA_OPT__(, ) __VA_ARGS__))
err check_problem(struct checking *c, err what);

/* The same, when another's particular would mend it. */
err check_problem_of(struct checking *c, str subject, str code, err what);

/* A value as messages show it. */
str check_shown(const struct checking *c, str value);

/* Does `value`, one of the cell's, look as the column's form wants it? */
err check_form(struct checking *c, str value);

/* Cut the piece before the full-width separator off the front of *rest, as
 * str_cut() does. */
str check_cut(str *rest, str separator);

#endif
