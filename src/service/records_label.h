#ifndef SERVICE_RECORDS_LABEL_H
#define SERVICE_RECORDS_LABEL_H

/* records_label -- what a share of service records is called, by its name in a
 * sheet: for code that knows cases, and so not the room of records, whose
 * `enum answer` is another one. */

#include "base/str.h"

/* The id of a text, "records_report.first_time" say, of "first_time" (scheme.h,
 * scheme_record_names); "records_report.unsaid" of what is no share. */
const char *records_label(str name);

/* Likewise of a screen, "records.screen_round" of "round"; NULL: it is none. */
const char *records_screen_label(str word);

#endif
