#ifndef EXCEL_TEST_WORKBOOK_H
#define EXCEL_TEST_WORKBOOK_H

/*
 * test_workbook -- what a workbook holds, read with libzip and libxml2, which
 * know nothing of the library that wrote it.
 */

#include "base/str.h"

#include <stddef.h>

struct arena;

struct workbook_reader;

/* NULL, and the test fails, when the bytes are no workbook. */
struct workbook_reader *workbook_read(struct arena *a, str bytes);
void workbook_end(struct workbook_reader **r);

/* Sheet names in order, "a|b|c". */
str workbook_sheets(struct workbook_reader *r);

/* The cell at "B7" of sheet `i` from 0, or an empty str. */
str workbook_cell(struct workbook_reader *r, int i, const char *at);

/* How many cells the sheet has, and how many of them are texts. */
size_t workbook_cells(struct workbook_reader *r, int i);
size_t workbook_texts(struct workbook_reader *r, int i);

/* Merged ranges in order, "A2:A4|A5:A7". */
str workbook_merges(struct workbook_reader *r, int i);

/* A file of the archive as it is. */
str workbook_part(struct workbook_reader *r, const char *name);

#endif
