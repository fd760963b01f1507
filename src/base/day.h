#ifndef BASE_DAY_H
#define BASE_DAY_H

/*
 * day -- dates, and working days in the official Chinese calendar.
 *
 * A day is a count of days since 1970-01-01 in the proleptic Gregorian
 * calendar.  The trade counts days at UTC+8 all year round (decisions.md), so
 * no time-zone data is needed.
 *
 *   [DY1] Day 0 of a limit is the day of the event; counting starts with the
 *        next day.
 *   [DY2] "N working days" counts days of work, make-up days (调休上班)
 *        included, holidays not.
 *   [DY3] "N days" are calendar days and are not shifted when they end on a day
 *        off.  "N months" keep the day of the month, clamped to the month's
 *        end.
 *   [DY4] A year that the calendar does not know counts plain weekends, and
 *        whatever is counted over it is provisional (暂定).
 *
 * Functions take days in DAY_MIN..DAY_MAX; another day is a bug of the caller,
 * except DAY_NEVER where it is said to be welcome.  Nothing here keeps state,
 * and a calendar that is no longer read into may be shared between threads.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct calendar;

typedef int32_t day;

/* A day that does not come: the largest, so "today >= never" is false. */
#define DAY_NEVER INT32_MAX

/* What we accept as a date: 1900-01-01 to 2199-12-31. */
#define DAY_MIN (-25567)
#define DAY_MAX 84005
enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };

struct date {
    int32_t year;  /* 1900..2199 */
    int32_t month; /* 1..12 */
    int32_t mday;  /* 1..31 */
};

struct date date_of_day(day d);               /* d in DAY_MIN..DAY_MAX */
bool day_of_date(struct date date, day *out); /* false: no such date */

/* "2026-11-24", exactly; false, *out untouched, when it is not a date. */
bool day_parse(str s, day *out);

/* 10 characters and a NUL into out, or "never" and a NUL for DAY_NEVER.  The
 * result points into `out` and leaves the NUL out. */
#define DAY_TEXT 11
str day_text(day d, char out[static DAY_TEXT]);

/* 0 = Monday .. 6 = Sunday. */
int day_weekday(day d);

/* The day at UTC+8 that holds this instant (microseconds since 1970, UTC).
 * Instants before DAY_MIN or after DAY_MAX clamp there. */
day day_of_micros(int64_t micros);

/* 00:00 at UTC+8 of day `d`, in microseconds UTC; INT64_MAX for DAY_NEVER. */
int64_t day_start_micros(day d);

enum span_unit { SPAN_DAYS, SPAN_WORKDAYS, SPAN_MONTHS };

/* A limit such as "5wd", "30d", "3m". */
struct span {
    int32_t n; /* 0..9999 */
    enum span_unit unit;
};

/* "5wd", "30d", "3m": a whole number without leading zeros or sign, and its
 * unit; false, *out untouched, when it is none of these. */
bool span_parse(str s, struct span *out);

/* What span_parse() reads, and a NUL, into out. */
#define SPAN_TEXT 12
str span_text(struct span s, char out[static SPAN_TEXT]);

/* A day that was counted, and whether a year without official calendar was
 * crossed on the way ([DY4]). */
struct deadline {
    day on;
    bool provisional;
};

/*
 * The last day of limit `s` that began on `from` ([DY1]-[DY4]).  `c` may be
 * NULL: then every working-day count is provisional.  "0wd" counts no day, so
 * it ends on `from` and is never provisional.  Results beyond DAY_MAX clamp
 * there; from DAY_NEVER on it never ends.
 */
struct deadline span_end(const struct calendar *c, day from, struct span s);

/* Is `d` a day of work?  *known says whether the year's calendar is known.  `c`
 * may be NULL here and below: a calendar that knows no year. */
bool calendar_workday(const struct calendar *c, day d, bool *known);

/* The name of the holiday or make-up day, or an empty str. */
str calendar_name(const struct calendar *c, day d);

/* First and last year known; both 0 when none is. */
void calendar_years(const struct calendar *c, int32_t *first, int32_t *last);

/* Where the facts of `year` are from, in the words of its text; an empty str
 * when the year is not known. */
str calendar_source(const struct calendar *c, int32_t year);

/* A calendar that knows no year yet; it lives as long as `a`.  ERR_MEMORY. */
err calendar_new(struct arena *a, struct calendar **out);

/*
 * Read one or more years in the text form of calendar/README.md: a line
 * "year 2026 SOURCE", then a line a day, "2026-01-01 off 元旦" or
 * "2026-01-04 work 元旦".  Later texts replace whole years of earlier ones.
 * `text` is UTF-8, which the caller has checked, and need not outlive the call;
 * `a` must live as long as `c`.
 *
 * ERR_INVALID "calendar.*" gives `name` (what the text is called, a file name
 * say), `line` counted from 1 and, where there is one, the offending `text`.
 * On failure `c` is what it was before, also ERR_MEMORY.
 */
err calendar_read(struct calendar *c, struct arena *a, str name, str text);

/* The calendar that is built into the program, made from calendar/.  It can be
 * read into, to add the years it does not know yet.  ERR_MEMORY. */
err calendar_official(struct arena *a, struct calendar **out);

#endif
