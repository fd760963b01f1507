#ifndef CODEC_CSV_H
#define CODEC_CSV_H

/*
 * csv -- tables as text: comma-separated values (RFC 4180), the same with other
 * signs between them, or with tabs, row by row.
 *
 *   [CS1] Rows end with LF or CRLF, the last one also with the text.  A byte
 *         order mark at the start and empty lines are passed over.
 *   [CS2] Without tabs, a field that begins with a double quote ends with one
 *         and may hold separators, line ends and doubled quotes; in other
 * fields no quote may stand.  With a tab, quotes are like other characters.
 *   [CS3] Every row knows the line it begins on, counted from 1.
 *   [CS4] A row that is refused is passed over: the next call reads the row
 *         after the line where it went wrong.  So one run finds every bad row.
 *         Of a quote that is never closed, and of a row that is too long, only
 *         the first line is passed over.
 *
 *   [CS5] Written, every field stands in quotes and every row ends with CRLF,
 *         as RFC 4180 has it.  A field that a spreadsheet would take for a
 *         formula (it begins with "=", "+", "-", "@", a tab or a CR) gets a "'"
 *         before it, so that it stays a text.
 *
 * The text is borrowed and may be any bytes.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum {
    CSV_FIELDS_MAX = 200,        /* of a row */
    CSV_ROW_BYTES_MAX = 1 << 20, /* of a row, quotes and line end included */
};

struct csv {
    str text;
    size_t at;      /* where the next row begins */
    int64_t line;   /* and its line */
    char separator; /* ',', ';', '|' or '\t' */
};

struct csv_row {
    int64_t line;
    const str *fields; /* slices of the text; copies in the arena where quotes
                          are doubled; well-formed UTF-8 */
    size_t n;          /* 1..CSV_FIELDS_MAX */
};

void csv_init(struct csv *c, str text, char separator);

/*
 * The next row; *found is false, *out untouched, after the last.  ERR_INVALID
 * with `line`, and `field` counted from 1:
 *   "csv.quote" (a quote inside of a field that has none around it),
 *   "csv.after_quote" (more follows the closing quote), "csv.open_quote" (it is
 *   never closed), "csv.line_end" (CR without LF), "csv.utf8";
 *   "csv.fields" and "csv.row" without `field`, with `max`: too many fields,
 *   or bytes.
 */
err csv_next(struct csv *c, struct arena *a, struct csv_row *out, bool *found);

/* The place of the column called `name` in a header row, or header->n. */
size_t csv_column(const struct csv_row *header, str name);

/* The field in that place, or an empty str in a row that is too short. */
str csv_field(const struct csv_row *row, size_t column);

/* Append `n` fields, which are UTF-8, as a row. [CS5] */
void csv_put_row(struct buf *b, const str *fields, size_t n);

#endif
