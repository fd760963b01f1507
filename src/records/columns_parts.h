#ifndef RECORDS_COLUMNS_PARTS_H
#define RECORDS_COLUMNS_PARTS_H

/* columns_parts -- what the files of columns share; only they include it. */

#include "records/columns.h"

/* What the cells of a role have to be. */
enum column_want {
    WANT_ANY,    /* nothing is asked */
    WANT_TEXT,   /* no dates */
    WANT_MOMENT, /**/
    WANT_COUNT,  /* whole numbers */
    WANT_PART,   /* whole numbers, or yes or no */
    WANT_YES_NO, /**/
    WANT_SCORE,  /* numbers to 100, or words of satisfaction */
    WANT_PHONE,  /**/
};
enum column_want column_role_want(enum column_role role);

/* Catalogue id of what is wanted, "records.want_moment". */
const char *column_want_text(enum column_want want);

/* How many of the filled cells are what is wanted. */
int64_t column_fit(const struct column_content *c, enum column_want want);

/* How well a folded name suits a role, and by which word; 0: not at all. */
enum { NAME_WHOLE = 1000, NAME_PART = 500 };
int64_t column_book_match(const struct column_book *b, str folded,
                          enum column_role role, str *word);

/* Count what stands in the sample's rows in column `at`. */
err column_look(struct arena *a, const struct column_book *b,
                const struct csv_row *rows, size_t count, size_t at,
                struct column_content *out);

/* The orders that the most cells allow; 0 when they hold no dates. */
unsigned column_orders(const struct column_content *c);

/* Decide the orders of all columns. [CO3] */
void columns_decide_orders(struct columns *c, const struct csv_row *rows,
                           size_t count, const struct column_given *given);

/* Without capitals, blanks, signs, full width and what stands in brackets at
 * the end, in `a`; false: no memory. */
bool column_fold(struct arena *a, str s, str *out);

#endif
