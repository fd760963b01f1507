#ifndef SERVICE_RECORDS_HELD_MASK_H
#define SERVICE_RECORDS_HELD_MASK_H

/*
 * records_held_mask -- cells of an enterprise's rows without who its customers
 * are.
 *
 *   [HM1] Of a customer's name the first character is shown, "张*"; of their
 *         telephone the first three and the last four digits, "138****0001",
 *         of a shorter one less.
 *   [HM2] What looks like a mobile telephone of China (1, 3 to 9, nine digits
 *         more, none before or behind) is masked in every other cell, too.
 *   [HM3] Bytes that are no UTF-8 are shown as U+FFFD.
 */

#include "base/str.h"
#include "records/columns.h"

struct buf;

enum { HELD_MASK_ROOM = 16 }; /* bytes beyond four times the cell's */

void held_mask(struct buf *out, str cell, enum column_role role);

#endif
