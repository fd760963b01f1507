#ifndef RECORDS_HOURS_H
#define RECORDS_HOURS_H

/*
 * hours -- time in working hours, by the hours of a week and the calendar.
 *
 *   [HR1] A day's hours are those of its weekday.  A holiday of the calendar
 *         has none; a make-up day (调休上班) has Monday's.
 *   [HR2] Moments are cut to their minute before they are subtracted.
 *   [HR3] Minutes between two moments are one subtraction: a table holds the
 *         working minutes before each day, 1970 to 2199.
 *
 * Pure, and may be shared between threads once built.
 */

#include "base/day.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Working hours of a weekday: minutes since midnight, 0 <= from <= to <= 1440;
 * from == to: none. */
struct opening {
    int16_t from;
    int16_t to;
};

struct week {
    struct opening days[7]; /* 0 = Monday */
    bool holidays;          /* works on holidays as on other days */
};

struct hours;

enum { WEEK_TEXT_MAX = 200 };

/*
 * Hours as people give them: "1-5 9:00-18:00, 6 9:00-12:00" with Monday as 1
 * and Sunday as 7, a day at most once; or "always".  Days that are not named
 * have none.  false, *out untouched, when it is nothing of that.
 */
bool week_parse(str text, struct week *out);

/* Monday to Friday, 9:00 to 18:00. */
extern const struct week week_usual;

/* Every minute of every day: time as the clock has it. */
extern const struct week week_always;

/* `c` may be NULL: then weekdays are all there is.  ERR_MEMORY. */
err hours_new(struct arena *a, const struct week *w, const struct calendar *c,
              struct hours **out);

/* Working minutes between two minutes since 1970 (UTC+8), from <= to.  Minutes
 * outside of 1970..2199 are taken to the nearest end. */
uint32_t hours_between(const struct hours *h, int64_t from, int64_t to);

#endif
