#ifndef EXCEL_XLSX_TEXT_H
#define EXCEL_XLSX_TEXT_H

/*
 * xlsx_text -- texts of cells, one behind the other, as fields of delimited
 * text.  The room's own.
 */

#include "base/str.h"

#include <stddef.h>

struct heap;

struct xlsx_text {
    struct heap *heap; /* borrowed */
    char *p;
    size_t n;
    size_t room;
    size_t limit;
};

enum xlsx_text_outcome { TEXT_FITS, TEXT_LIMIT, TEXT_NO_MEMORY };

void xlsx_text_init(struct xlsx_text *t, struct heap *h, size_t limit);
void xlsx_text_end(struct xlsx_text *t);

enum xlsx_text_outcome xlsx_text_add(struct xlsx_text *t, str more);

/*
 * What was added from byte `from` on is the text of a cell: make a field of it.
 * "_x000A_" is the character U+000A (ISO/IEC 29500-1, 22.9.2.19); control
 * characters but LF and tab are left out; where a comma, a quote or an LF is in
 * it, quotes go around it and those inside are doubled.
 */
enum xlsx_text_outcome xlsx_text_field(struct xlsx_text *t, size_t from);

#endif
