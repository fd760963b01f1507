#ifndef RECORDS_ROWS_PARTS_H
#define RECORDS_ROWS_PARTS_H

/*
 * rows_parts -- what the files of rows share: rows.c finds rows, rows_ticket.c
 * makes tickets of them, rows_meaning.c says what a cell means.  Everyone else
 * includes records/rows.h.
 */

#include "records/columns.h"
#include "records/rows.h"

/* A ticket being made of it. */
struct making {
    struct rows *r;
    const struct cells *row; /* the one found last */
    struct ticket t;         /* `at` is where the row begins */
    bool good;               /* not refused */
    bool memory;             /* enough of it */
};

/* Something was wrong with the row, or with the cell of a column. */
void row_note(struct making *m, enum row_fault fault, size_t column);
void row_refuse(struct making *m, enum row_fault fault, size_t column);

/* The row's fields are as many as the table's: read them. */
void row_read(struct making *m);

/* Bits of the number that a kind means. */
enum { KIND_COMPLAINT = 1, KIND_REPAIR = 2, KIND_VOID = 4 };

/* A satisfaction means so many of its scale's hundredths. */
enum { ROW_HUNDREDTHS = 100 };

/* What the text of a cell, which says something, means in a role that is not a
 * moment; m->memory is false when a word was new and there was none. */
struct row_meaning row_meaning(struct making *m, enum column_role role,
                               str text);

#endif
