#ifndef EXCEL_XLSX_VALUE_H
#define EXCEL_XLSX_VALUE_H

/*
 * xlsx_value -- a number of a workbook as people write it: it is a date where
 * its format shows one.  The room's own; pure.
 *
 *   [XV1] A number is in its shortest form that reads back as the same one,
 *         without an exponent from 1e-10 to 1e30; digits alone stay as they
 *         are, however many.
 *   [XV2] Whole days are counted from 1899-12-30, before 1900-03-01 from
 *         1899-12-31: day 60 is the 1900-02-29 that never was.  In the other
 *         system they are counted from 1904-01-01 (ISO/IEC 29500-1, 18.17.4).
 *   [XV3] A date is "2026-11-24", with " 08:30:00" behind it when its format
 *         shows a time or it has one; below one day it is a time alone.
 *         Seconds are rounded.  What no date can be is a number.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum xlsx_format {
    FORMAT_NUMBER,
    FORMAT_DATE,    /* no hours, no seconds */
    FORMAT_TIME,    /* with or without a date */
    FORMAT_ELAPSED, /* hours beyond 24 */
};

enum {
    XLSX_FORMATS = 65536, /* numbers of formats that are known */
    XLSX_VALUE_TEXT = 80,
};

/* Of a number of a format without a text: those of the program's own. */
enum xlsx_format xlsx_format_built_in(uint32_t number);

/* Of a format's text: y, m, d, h or s, in its first section, outside of quotes,
 * brackets and what is escaped. */
enum xlsx_format xlsx_format_of(str code);

/*
 * A cell's number as text in `out`; `value` itself where it is no number or
 * needs no change.
 */
str xlsx_value(str value, enum xlsx_format format, bool from_1904,
               char out[static XLSX_VALUE_TEXT]);

/* The same of a date in the form of ISO 8601: "2026-11-24T08:30:00". */
str xlsx_value_iso(str value, char out[static XLSX_VALUE_TEXT]);

#endif
