#ifndef RECORDS_CELLS_H
#define RECORDS_CELLS_H

/*
 * cells -- the rows of a part of a table, one after the other, and where each
 * of their cells lies.
 *
 *   [CE1] Empty lines are no rows.
 *   [CE2] A cell is what stands between two ends, without the quotes around it
 *         and without blanks at its ends; quotes inside of it stay doubled.
 *
 * 4 bytes of memory for each byte of the largest part.
 */

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct heap;

struct cells {
    struct heap *heap; /* borrowed */
    char separator;
    bool quotes;

    str text;  /* of the part, borrowed */
    bool open; /* a quote is, where it ends */

    /* The row that was found last: its cells end at ends[0 .. n - 1], offsets
     * in `text`. */
    size_t start;
    const uint32_t *ends;
    size_t n;

    uint32_t *all; /* the ends of the part */
    size_t all_n;
    size_t room;
    size_t next; /* in `all`, the first of the next row */
};

/* Nothing read yet; `quotes` as in codec/fields.h. */
void cells_init(struct cells *c, struct heap *h, char separator, bool quotes);
void cells_end(struct cells *c);

/* Begin with a part, which starts with a row and has fewer than FIELDS_PART_MAX
 * bytes.  False when there is no memory. */
[[nodiscard]] bool cells_begin(struct cells *c, str part);

/* The next row; false after the last. */
bool cells_next(struct cells *c);

/* The cell of a column of this row, empty in a row that is too short; *doubled
 * says whether quotes in it are doubled. [CE2] */
str cells_get(const struct cells *c, size_t column, bool *doubled);

/* The whole row, without its line end. */
str cells_row(const struct cells *c);

#endif
