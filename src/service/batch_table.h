#ifndef SERVICE_BATCH_TABLE_H
#define SERVICE_BATCH_TABLE_H

/*
 * batch_table -- the list of certificates that somebody wants checked, out of
 * whatever their office keeps it in. [M24]
 *
 *   [BT1] It is text (UTF-8, UTF-16 or GB18030; a number a line, or fields
 *         apart by commas, semicolons, bars or tabs) or a workbook (.xlsx).
 *   [BT2] The column of numbers is the one that was named; else the one that is
 *         called so, in Chinese or English, in one of the first
 *         BATCH_HEAD_LOOK rows, titles above it passed over; else the one whose
 *         cells look most like numbers.  Holder and code are found likewise,
 *         by their look in a column without a heading alone.
 *   [BT3] Every row with something in it below the head becomes a row, also one
 *         that cannot be read or has no number: none is left out silently.
 *   [BT4] What stood in a cell is kept without control characters, as far as
 *         BATCH_CELL characters of it; of a number, what has full width has
 *         half, and signs that nobody sees are gone.
 *   [BT5] Of a workbook's sheets it is the first whose columns are called
 *         something, beginning with that which has most rows; else the first
 *         that can be read.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum {
    BATCH_HEAD_LOOK = 20, /* rows */
    BATCH_CELL = 100,     /* characters */
    BATCH_FILE_MAX = 64 << 20,
    BATCH_ROWS_MAX = 200000,
};

enum batch_column {
    BATCH_NUMBER,
    BATCH_HOLDER,
    BATCH_USCC,
    BATCH_COLUMNS,
};

struct batch_row {
    int64_t line;             /* of the text, or the sheet's row; from 1 */
    str cells[BATCH_COLUMNS]; /* trimmed; empty: nothing stood there */
    err bad;                  /* why it could not be read, else OK */
};

/* How to read it. */
struct batch_reading {
    str sheet;                /* of a workbook; empty: to be found [BT5] */
    str named[BATCH_COLUMNS]; /* what columns are called, or their place from 1;
                                 empty: to be found */
    int64_t most;             /* rows, at most BATCH_ROWS_MAX */
};

struct batch_table {
    str sheet;                 /* that was read; empty: it was text */
    bool has[BATCH_COLUMNS];   /* is there such a column? */
    str called[BATCH_COLUMNS]; /* as it is called; empty: without a head */
    struct batch_row *rows;
    size_t n;
    str text; /* all of it in UTF-8, which reads the same again */
};

/*
 * Read `file` into `a`.  ERR_INVALID
 * "batch.encoding", "batch.no_numbers" (no column of them), "batch.no_column"
 * (column, known: as they are called), "batch.empty"; ERR_LIMIT "batch.size"
 * (most: MB), "batch.rows" (most); errors of xlsx_apart_open() ..
 * xlsx_apart_read().
 */
err batch_table_read(struct arena *a, str file, const struct batch_reading *how,
                     struct batch_table *out);

/* What is kept of a cell [BT4], for rows that come by other ways. */
err batch_cell(struct arena *a, str cell, enum batch_column of, str *out);

#endif
