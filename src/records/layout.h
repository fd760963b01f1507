#ifndef RECORDS_LAYOUT_H
#define RECORDS_LAYOUT_H

/*
 * layout -- how a delimited text is written, by its first bytes.
 *
 *   [LA1] A byte order mark decides the encoding.  Without one a text is UTF-8
 *         where it is well-formed so, else GB18030 where it is well-formed so,
 *         else unknown; so is whatever holds a NUL.
 *   [LA2] The separator is the one by which the most of the first rows have
 *         the same number of fields, two at least; of equal ones that with the
 *         more fields.
 *   [LA3] Rows of title above the table are such that have another number of
 *         fields than most, or nothing in half of them or more.
 *   [LA4] The first row of the table is a header unless one of its cells is a
 *         number or a moment.
 *
 * Pure, and asks for no memory.
 */

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum layout_charset {
    CHARSET_UTF8, /* also ASCII */
    CHARSET_GB18030,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_UNKNOWN,
};

enum {
    LAYOUT_BYTES = 1 << 18, /* more of a text is not looked at */
    LAYOUT_ROWS = 60,       /* nor are more rows */
    LAYOUT_TITLES = 20,     /* rows of title at most */
};

struct layout {
    char separator; /* ',', ';', '\t' or '|'; ',' too where there is none */
    bool quotes;    /* whether double quotes are signs (codec/fields.h) */
    bool header;    /* whether there is one */
    size_t fields;  /* of most rows; 1 where no separator was found */
    size_t table;   /* offset of the header, or else of the first row of data */
    int64_t table_line; /* its line, from 1 */
    size_t data;        /* offset of the first row below the header */
    int64_t data_line;  /* its line */
};

/*
 * The encoding of the text that begins with `first`, of which `whole` says
 * whether it is all: a character may be cut at the end of a part.  *mark gets
 * the length of the byte order mark, 0 without one. [LA1]
 */
enum layout_charset layout_charset(str first, bool whole, size_t *mark);

/*
 * The layout of the UTF-8 text that begins with `first`, its mark left out;
 * of a part, the row that the end cuts is not looked at.  false, *out
 * untouched, when there is no row with anything in it.
 */
bool layout_find(str first, bool whole, struct layout *out);

#endif
