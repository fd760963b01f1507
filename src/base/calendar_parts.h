#ifndef BASE_CALENDAR_PARTS_H
#define BASE_CALENDAR_PARTS_H

/*
 * calendar_parts -- what a calendar is made of, for calendar.c, which counts,
 * and calendar_read.c, which fills it.  Everyone else includes base/day.h.
 */

#include "base/day.h"

enum {
    YEAR_DAYS = 366,
    YEAR_WORDS = 6, /* 6 * 64 bits hold a year's days */
    CALENDAR_YEARS = YEAR_MAX - YEAR_MIN + 1,
};

/* Which days of a year are days of work: bit k % 64 of word k / 64 stands for
 * the day that comes k days after the first of January. */
struct workdays {
    uint64_t bits[YEAR_WORDS];
};

struct calendar_year {
    struct workdays work;
    str source;
    str names[YEAR_DAYS]; /* of holidays and make-up days, else empty */
};

struct calendar {
    struct calendar_year *years[CALENDAR_YEARS]; /* NULL: not known */
};

/* The first of January of a year in YEAR_MIN..YEAR_MAX. */
day calendar_year_start(int32_t year);

/* 365 or 366. */
int32_t calendar_year_length(int32_t year);

/* Monday to Friday of `year` ([DY4]). */
struct workdays calendar_plain_weeks(int32_t year);

#endif
