#ifndef EXCEL_XLSX_BOOK_H
#define EXCEL_XLSX_BOOK_H

/*
 * xlsx_book -- what is around the sheets of a workbook: where its parts lie,
 * its styles, the texts that cells share.  The room's own.
 */

#include "base/err.h"
#include "base/str.h"
#include "excel/xlsx.h"
#include "excel/xlsx_part.h"
#include "excel/xlsx_text.h"
#include "excel/xlsx_value.h"

/* A sheet as the workbook lists it. */
struct book_sheet {
    str id;   /* of its relation */
    str part; /* its name in the archive; empty: it is no table */
    bool hidden;
};

struct xlsx_book {
    struct part_archive in;
    struct heap *heap;
    str main;    /* the name of the workbook's part */
    str styles;  /* empty: there is none */
    str strings; /* likewise */
    bool from_1904;
    struct xlsx_sheet *shown; /* XLSX_SHEETS_MAX */
    struct book_sheet *sheets;
    size_t n;

    enum xlsx_format *formats; /* by number, XLSX_FORMATS of them */
    enum xlsx_format *looks;   /* by a cell's style, likewise */
    size_t looks_n;

    struct xlsx_text text; /* the shared texts, as fields */
    uint32_t *ends;        /* where each of them ends */
    size_t ends_n;
    size_t ends_room;
};

/* Where things are: b->shown and b->sheets become those that can be read.
 * Errors of xlsx_open(). */
err book_find(struct xlsx_book *b);

/* Styles and texts, which sheets need.  Errors of xlsx_begin(). */
err book_styles(struct xlsx_book *b);
err book_strings(struct xlsx_book *b);

/* How style `number` shows a number. */
enum xlsx_format book_look(const struct xlsx_book *b, size_t number);

/* Shared text `number` as a field into *out; false when there is none. */
bool book_string(const struct xlsx_book *b, size_t number, str *out);

/* A cell's text went wrong: ERR_LIMIT "xlsx.cell" (part, line, most), or no
 * memory; OK when it did not. */
err book_text(const struct xlsx_book *b, const struct part *p,
              enum xlsx_text_outcome o);

/* Digits alone, into *out; false, *out untouched, else. */
bool book_number(str digits, uint64_t most, uint64_t *out);

#endif
