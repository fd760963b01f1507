#ifndef EXCEL_EXCEL_H
#define EXCEL_EXCEL_H

/*
 * excel -- workbooks (.xlsx) out of texts, through libxlsxwriter.
 *
 *   [EX1] Every cell is a text, never a number or a date: "01" stays "01";
 *         unless its column says else, and below the head it is what the column
 *         says.
 *   [EX2] The same book gives the same bytes: the day it says it was made is an
 *         argument.
 *   [EX3] The workbook passes through memory; what the library keeps while it
 *         writes are files of its own without a name, readable by nobody else.
 *
 * Texts are UTF-8 without control characters.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct arena;

enum {
    EXCEL_SHEETS_MAX = 50,
    EXCEL_COLUMNS_MAX = 1000,
    EXCEL_ROWS_MAX = 1048576,
    EXCEL_CELL_MAX = 32767,      /* characters */
    EXCEL_BYTES_MAX = 200 << 20, /* of the file */
};

/* A block of cells shown as one; its text is that of the first. */
struct excel_merge {
    size_t first_row; /* from 0, all inclusive */
    size_t last_row;
    size_t first_column;
    size_t last_column;
};

/* What a column holds below the head.  A cell that is not so is a text. */
enum excel_kind {
    EXCEL_TEXT,
    EXCEL_WHOLE,   /* "-12": digits, at most 15 */
    EXCEL_DAY,     /* "2026-11-24" */
    EXCEL_PERCENT, /* basis points: "8731" is shown as 87.31 % */
};

struct excel_sheet {
    str name;         /* at most 31 characters, none of []:*?/\ */
    const str *cells; /* row by row, rows x columns; empty: no cell */
    size_t rows;
    size_t columns;
    const enum excel_kind *kinds; /* one each column; NULL: all are texts */
    size_t head; /* this many first rows are bold and stay in sight */
    const struct excel_merge *merges; /* in the head */
    size_t merge_count;
};

struct excel_book {
    const struct excel_sheet *sheets;
    size_t n; /* 1..EXCEL_SHEETS_MAX */
    str title;
    str author;
    day made; /* [EX2] */
};

/*
 * The file's bytes.  ERR_LIMIT "excel.cell" (sheet, row, column, most),
 * "excel.size" (sheet); ERR_INVALID "excel.name" (sheet); ERR_IO
 * "excel.library" (why), with the library's own words; ERR_MEMORY.
 */
err excel_write(struct arena *a, const struct excel_book *book, str *out);

#endif
