#ifndef RECORDS_MOMENT_H
#define RECORDS_MOMENT_H

/*
 * moment -- a date, perhaps with a time, in any of the forms that programs for
 * service write.
 *
 *   [MO1] A date is three numbers with "-", "/", ".", or 年 月 日 between them,
 *         or two numbers and the English name of a month, or 8 digits in a row.
 *         A year of two digits is one of 1970..2069.
 *   [MO2] Which of three numbers is the year, the month and the day may be
 * open: moment_orders() tells which orders a text may have, and a column is
 *         read in one that all of its texts may have (columns.h).  A year of
 *         four digits at the front, and the name of a month, leave one only.
 *   [MO3] A time follows a blank, "T", a comma or 日: hours, minutes, perhaps
 *         seconds and a part of one, which is cut off; with ":" or 时 分 秒;
 * with 上午, 下午, AM or PM, in front or behind.  24:00 is the next day's 0:00.
 *   [MO4] A time with a zone ("Z", "+08:00", "+0800") is moved to UTC+8; one
 *         without is taken to be of UTC+8, as everything in this trade.
 *   [MO5] 10 digits are seconds since 1970 in UTC, 13 are milliseconds: no
 * other moment is written so, and none before 2001-09-09.
 *
 * Pure: nothing here knows today.
 */

#include "base/day.h"
#include "base/str.h"

#include <stdint.h>

/* The order of the numbers of a date; together, a set. */
enum moment_order {
    MOMENT_YMD = 1,
    MOMENT_DMY = 2,
    MOMENT_MDY = 4,
    MOMENT_ANY = MOMENT_YMD | MOMENT_DMY | MOMENT_MDY,
};

/* How far a text goes. */
enum moment_unit { MOMENT_DAY, MOMENT_MINUTE, MOMENT_SECOND };

struct moment {
    int64_t seconds; /* since 1970-01-01 00:00 at UTC+8 */
    enum moment_unit unit;
};

/* The set of orders in which `s` is a moment, blanks around it or not; 0 when
 * it is none. */
unsigned moment_orders(str s);

/* Read `s` in one order; false, *out untouched, when it is no moment in it. */
bool moment_read(str s, enum moment_order order, struct moment *out);

/* Days that were read before: all zero at first.  Moments of a table fall on
 * few days, so that most of them cost their time only. */
enum { MOMENT_DAYS = 64, MOMENT_ORDERS = 3 };
struct moment_days {
    struct moment_known {
        uint64_t date;   /* its eight digits, as they are written */
        int64_t seconds; /* its midnight */
    } known[MOMENT_ORDERS][MOMENT_DAYS];
};

/* The seconds of moment_read(), found sooner where `s` is written as
 * "2025-03-04 10:11:12" or "04/03/2025 10:11". */
bool moment_read_known(struct moment_days *days, str s, enum moment_order order,
                       int64_t *out);

/* The day of a moment, and the minutes since its midnight, 0..1439. */
day moment_day(struct moment m);
int32_t moment_minute(struct moment m);

#endif
