#ifndef EXCEL_TEST_XLSX_H
#define EXCEL_TEST_XLSX_H

/* test_xlsx -- workbooks written by hand, and how they are read. */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

struct test_part {
    const char *name;
    str text;
};

enum { TEST_PARTS_MAX = 12 };

/* A workbook of one sheet "Sheet1"; what is NULL is usual, or not there. */
struct test_book {
    const char *sheet;    /* what stands in <worksheet> */
    const char *strings;  /* in <sst> */
    const char *styles;   /* in <styleSheet> */
    const char *workbook; /* in <workbook>, instead of its usual sheet */
    const char *relations;
};

/* The archive of these parts, deflated. */
str test_archive(struct arena *a, const struct test_part *parts, size_t n);
/* The same with a password on each. */
str test_locked(struct arena *a, const struct test_part *parts, size_t n);
str test_workbook(struct arena *a, const struct test_book *book);

/* The first sheet, or that of this name, of the workbook as text. */
err test_read(struct arena *a, str workbook, str sheet, str *out);

/* The text of a sheet whose <sheetData> is this. */
str test_rows(struct arena *a, const char *rows);

#endif
