#ifndef SERVICE_CUSTOMER_TEXT_H
#define SERVICE_CUSTOMER_TEXT_H

/* customer_text -- inside the service room: a table's bytes as UTF-8, in
 * whatever of the three encodings an office saved it. [KL1] */

#include "service/customer_list.h"

/* Is it a workbook, of a kind that is read or of one that is refused with a
 * reason (excel/xlsx_apart.h)? */
bool customer_is_workbook(str file);

/* UTF-8 where all of it is; UTF-16 where a mark at its beginning says so; else
 * GB18030.  ERR_INVALID "customers.encoding"; ERR_IO "charset.missing"
 * (sys/charset.h). */
err customer_text(struct arena *a, str file, enum customer_encoding *encoding,
                  str *out);

#endif
