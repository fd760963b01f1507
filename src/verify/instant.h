#ifndef VERIFY_INSTANT_H
#define VERIFY_INSTANT_H

/*
 * instant -- a moment as credentials write it: "2026-11-27T16:00:00Z".
 *
 *   [IN1] UTC, whole seconds, nothing else: one moment has one text.
 *   [IN2] A certificate is valid by days at UTC+8 (base/day.h).  Its first
 *         moment is 00:00:00 there, its last 23:59:59 of the last day: 16:00:00
 *         and 15:59:59 in UTC.
 */

#include "base/day.h"

/* 20 characters and a NUL into out; microseconds since 1970 of a moment in
 * DAY_MIN..DAY_MAX, its fraction of a second cut off. */
#define INSTANT_TEXT 21
str instant_text(int64_t micros, char out[static INSTANT_TEXT]);

/* [IN1]; false, *out untouched, when it is no moment written so. */
bool instant_parse(str s, int64_t *out);

/* First and last second of day `d` at UTC+8 [IN2]; d in DAY_MIN..DAY_MAX. */
int64_t instant_day_begin(day d);
int64_t instant_day_end(day d);

#endif
