#ifndef EXCEL_XLSX_SHEET_H
#define EXCEL_XLSX_SHEET_H

/* xlsx_sheet -- rows of a sheet as they are parsed.  The room's own. */

#include "excel/xlsx_book.h"

struct buf;

/* What the `t` of a cell says. */
enum cell_type {
    CELL_NUMBER,
    CELL_SHARED,
    CELL_INLINE,
    CELL_FORMULA, /* a text that a formula gave */
    CELL_BOOLEAN,
    CELL_ERROR,
    CELL_ISO, /* a date */
};

struct sheet_reader {
    struct xlsx_book *b;
    str name;
    struct part part;
    struct buf *out; /* NULL: it only looks how wide the rows are */
    size_t width;    /* [XL2] */
    size_t out_from; /* what `out` held before this piece */
    int64_t dimension;
    struct xlsx_counts counts;
    bool only_dimension;

    bool data;         /* inside of the table */
    uint64_t row;      /* the last one, from 1; 0: none yet */
    uint64_t rows_out; /* ended in `out` */
    bool filled;       /* the row has something in it */
    size_t column;     /* the next cell's, from 0 */
    size_t commas;     /* of the row in `out` */
    bool cell;         /* inside of one */
    bool formula;      /* it has one */
    bool taken;        /* inside of what is its text */
    int phonetic;
    enum cell_type type;
    enum xlsx_format format;
    struct xlsx_text text;
};

extern const struct part_handler xlsx_sheet_handler;

/* Begin to read `sheet` of the book; errors of part_begin(). */
err xlsx_sheet_begin(struct sheet_reader *r, struct xlsx_book *b, size_t sheet);
void xlsx_sheet_end(struct sheet_reader *r);

#endif
