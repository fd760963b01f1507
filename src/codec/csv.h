#ifndef CODEC_CSV_H
#define CODEC_CSV_H

/*
 * csv -- tables as text: comma-separated values (RFC 4180) and the same with
 * tabs, row by row.
 *
 *   [CS1] Rows end with LF or CRLF; a byte order mark at the start is passed
 *         over; empty lines are passed over.
 *   [CS2] With a comma, a field in double quotes may hold separators, line
 *         ends and doubled quotes.  With a tab, quotes are ordinary.
 *   [CS3] Every row knows the line it begins on, counted from 1.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum { CSV_FIELDS_MAX = 200, CSV_FIELD_BYTES_MAX = 1 << 20 };

struct csv {
    str rest;
    char separator; /* ',' or '\t' */
    int64_t line;   /* of the next row */
};

struct csv_row {
    int64_t line;
    const str *fields; /* borrowed from the text, or unquoted in the arena */
    size_t n;
};

void csv_init(struct csv *c, str text, char separator);

/*
 * The next row; *found is false after the last.  ERR_INVALID "csv.quote"
 * (line), "csv.fields" (line, most), "csv.field" (line, most), "csv.utf8"
 * (line): the row is passed over, so that reading can go on with the next.
 */
err csv_next(struct csv *c, struct arena *a, struct csv_row *out, bool *found);

/* The place of the column called `name` in a header row, or row->n. */
size_t csv_column(const struct csv_row *header, str name);

#endif
