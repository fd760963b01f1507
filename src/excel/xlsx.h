#ifndef EXCEL_XLSX_H
#define EXCEL_XLSX_H

/*
 * xlsx -- workbooks of any size, read as a stream: one sheet becomes delimited
 * text in UTF-8, with commas, quotes where a field needs them, and LF.
 *
 *   [XL1] A row of the sheet is a row of the text, an empty line where the
 *         sheet leaves one out or has nothing in it, up to the last row with
 *         something in it: without line breaks in cells, line numbers are the
 *         sheet's.
 *   [XL2] Rows have the same number of fields, that of the widest of the first
 *         XLSX_LOOK rows; a row with something further right has more.
 *   [XL3] A cell is what its formula gave when it was saved, without its
 *         looks: numbers and dates as xlsx_value.h says, TRUE and FALSE, and
 *         nothing where it holds an error or was never calculated, which are
 *         counted.  Merged cells have their value at the top left only.
 *   [XL4] Hidden sheets, charts and readings of Chinese and Japanese words
 *         (phonetic runs) are not there.
 *   [XL5] Memory is bounded: a piece of the sheet, and the workbook's texts
 *         once each.
 *   [XL6] What strangers wrote is refused before it takes memory or time
 *         without end (xlsx_part.h [XP2] [XP3]; XLSX_.. below).
 *
 * The file is read from bytes or from a descriptor that somebody opened: a
 * process without files and network can do it.  Threads: one struct, one
 * thread.  libzip and libxml2 take memory of their own.
 */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct heap;
struct xlsx;

/* Bytes: of a sheet, of the texts that cells share, of a cell, of what one
 * xlsx_read() gives. */
#define XLSX_SHEET_BYTES   ((uint64_t)4 << 30)
#define XLSX_STRINGS_BYTES ((uint64_t)1 << 30)
enum {
    XLSX_SMALL_BYTES = 64 << 20, /* of the workbook's other parts, each */
    XLSX_CELL_BYTES = 1 << 20,
    XLSX_READ_BYTES = 64 << 20,
    XLSX_SHEETS_MAX = 1000,
    XLSX_ROWS_MAX = 1048576,
    XLSX_COLUMNS_MAX = 16384,
    XLSX_LOOK = 1000, /* rows */
};

struct xlsx_source {
    str bytes; /* the file, borrowed until xlsx_close(); or, without them, */
    int fd;    /* a descriptor that can seek, borrowed likewise */
};

struct xlsx_sheet {
    str name;
    int64_t rows;   /* by what the sheet says of itself; 0: it does not */
    uint64_t bytes; /* of its XML */
};

/* What was met in the sheet that is read. */
struct xlsx_counts {
    int64_t rows;         /* with something in it */
    int64_t errors;       /* cells with #N/A and the like [XL3] */
    int64_t uncalculated; /* formulas without a value [XL3] */
};

/*
 * Open a workbook; small things are in `a`, what grows comes from `h`, both
 * outlive it.  Close it with xlsx_close(), also by `scoped`; NULL may be.
 *
 * ERR_INVALID "xlsx.not_zip", "xlsx.cut", "xlsx.old" (OLE: .xls, or a
 * password), "xlsx.binary" (.xlsb), "xlsx.not_workbook", "xlsx.no_sheet",
 * and as part_read() (xlsx_part.h); ERR_LIMIT "xlsx.sheets" (most); ERR_MEMORY;
 * ERR_IO "xlsx.read".
 */
err xlsx_open(struct arena *a, struct heap *h, const struct xlsx_source *from,
              struct xlsx **out);
void xlsx_close(struct xlsx **x);

/* The sheets that are not hidden, one at least, in their order; they live as
 * long as the workbook's arena. */
const struct xlsx_sheet *xlsx_sheets(const struct xlsx *x, size_t *n);

/*
 * Which one to read: that of this name; without a name the first of those with
 * the most rows, or, where one does not say how many it has, with the most
 * XML.  ERR_NOT_FOUND "xlsx.no_such_sheet" (name, known).
 */
err xlsx_choose(struct xlsx *x, str name, size_t *out);

/*
 * Begin to read a sheet, from the front if it was begun before.  Errors of
 * part_read(); ERR_INVALID "xlsx.order" (sheet, row: rows or cells out of
 * order, or beyond the last), "xlsx.string" (sheet, row: a text that is not
 * there); ERR_LIMIT "xlsx.cell" (part, line, most: bytes).
 */
err xlsx_begin(struct xlsx *x, size_t sheet);

/*
 * Append the next rows to `out`, whose limit is XLSX_READ_BYTES or more beyond
 * what it holds; perhaps none, and perhaps a part of the last one.  *more:
 * there may be further ones.  Errors of xlsx_begin(), and of buf_done();
 * ERR_LIMIT "xlsx.bomb" (part): more than XLSX_READ_BYTES out of one piece.
 * After a failure only xlsx_begin() and xlsx_close() are called.
 */
err xlsx_read(struct xlsx *x, struct buf *out, bool *more);

struct xlsx_counts xlsx_counts(const struct xlsx *x);

#endif
