#ifndef BASE_DAY_H
#define BASE_DAY_H

/*
 * day -- dates, and working days in the official Chinese calendar.
 *
 * A day is a count of days since 1970-01-01 in the proleptic Gregorian
 * calendar.  The trade counts days at UTC+8 all year round (decisions.md), so
 * no time-zone data is needed.
 *
 *   [D1] Day 0 of a limit is the day of the event; counting starts with the
 *        next day.
 *   [D2] "N working days" counts days of work, make-up days (调休上班)
 *        included, holidays not.
 *   [D3] "N days" are calendar days and are not shifted when they end on a day
 *        off.  "N months" keep the day of the month, clamped to the month's
 *        end.
 *   [D4] A year that the calendar does not know counts plain weekends, and
 *        whatever is counted over it is provisional (暂定).
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct calendar;

typedef int32_t day;

/* A day that does not come: the largest, so "today >= never" is false. */
#define DAY_NEVER INT32_MAX

/* 1900-01-01 and 2199-12-31: what we accept as a date. */
#define DAY_MIN (-25567)
#define DAY_MAX 84005

struct date {
    int32_t year;  /* 1900..2199 */
    int32_t month; /* 1..12 */
    int32_t mday;  /* 1..31 */
};

struct date date_of_day(day d);               /* d in DAY_MIN..DAY_MAX */
bool day_of_date(struct date date, day *out); /* false: no such date */

/* "2026-11-24", exactly; false, *out untouched, when it is not a date. */
bool day_parse(str s, day *out);

/* 10 characters and a NUL into out; "never" for DAY_NEVER. */
#define DAY_TEXT 11
str day_text(day d, char out[static DAY_TEXT]);

/* 0 = Monday .. 6 = Sunday. */
int day_weekday(day d);

/* The day at UTC+8 that holds this instant (microseconds since 1970, UTC). */
day day_of_micros(int64_t micros);

/* 00:00 at UTC+8 of day `d`, in microseconds UTC. */
int64_t day_start_micros(day d);

enum span_unit { SPAN_DAYS, SPAN_WORKDAYS, SPAN_MONTHS };

/* A limit such as "5wd", "30d", "3m". */
struct span {
    int32_t n; /* 0..9999 */
    enum span_unit unit;
};

/* "5wd", "30d", "3m"; false, *out untouched, when it is none of these. */
bool span_parse(str s, struct span *out);
#define SPAN_TEXT 12
str span_text(struct span s, char out[static SPAN_TEXT]);

/* A day that was counted, and whether a year without official calendar was
 * crossed on the way ([D4]). */
struct deadline {
    day on;
    bool provisional;
};

/* The last day of limit `s` that began on `from` ([D1]-[D4]).  `c` may be NULL:
 * then every working-day count is provisional.  Results beyond DAY_MAX clamp
 * there. */
struct deadline span_end(const struct calendar *c, day from, struct span s);

/* Is `d` a day of work?  *known says whether the year's calendar is known. */
bool calendar_workday(const struct calendar *c, day d, bool *known);

/* The name of the holiday or make-up day, or an empty str. */
str calendar_name(const struct calendar *c, day d);

/* First and last year known; both 0 when none is. */
void calendar_years(const struct calendar *c, int32_t *first, int32_t *last);

/*
 * Read one or more years in the text form of calendar/README.md: a line
 * "year 2026" with its source, then a line a day, "2026-01-01 off 元旦" or
 * "2026-01-04 work 元旦".  Later texts replace whole years of earlier ones.
 * ERR_INVALID ("calendar.*") names `name`, line and reason; *out untouched.
 */
err calendar_new(struct arena *a, struct calendar **out);
err calendar_read(struct calendar *c, struct arena *a, str name, str text);

#endif
