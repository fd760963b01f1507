#include "records/hours.h"

#include "base/arena.h"
#include "base/check.h"

enum {
    MINUTES_OF_DAY = 1440,
    DAYS = DAY_MAX + 1, /* from 1970 on */
};

const struct week week_usual = {
    .days = { { 540, 1080 },
              { 540, 1080 },
              { 540, 1080 },
              { 540, 1080 },
              { 540, 1080 } },
};

const struct week week_always = {
    .days = { { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY },
              { 0, MINUTES_OF_DAY } },
    .holidays = true,
};

/* --- as people give them --- */

/* A number of one or two digits at the front of *rest, at most `most`. */
static bool take_number(str *rest, int most, int *out)
{
    int n = 0;
    size_t i = 0;

    while (i < rest->n && i < 2 && rest->p[i] >= '0' && rest->p[i] <= '9')
        n = n * 10 + (rest->p[i++] - '0');
    if (i == 0 || n > most)
        return false;
    *rest = str_from(*rest, i);
    *out = n;
    return true;
}

static bool take_sign(str *rest, char sign)
{
    if (rest->n == 0 || rest->p[0] != sign)
        return false;
    *rest = str_from(*rest, 1);
    return true;
}

/* "9:00" as minutes since midnight, up to 24:00. */
static bool take_time(str *rest, int16_t *out)
{
    int hour;
    int minute;

    if (!take_number(rest, 24, &hour) || !take_sign(rest, ':') ||
        !take_number(rest, 59, &minute) || hour * 60 + minute > MINUTES_OF_DAY)
        return false;
    *out = (int16_t)(hour * 60 + minute);
    return true;
}

/* "1-5", or "6" alone, as 0..6. */
static bool take_weekdays(str *rest, int *first, int *last)
{
    if (!take_number(rest, 7, first) || *first == 0)
        return false;
    *last = *first;
    if (take_sign(rest, '-') && !take_number(rest, 7, last))
        return false;
    *first -= 1;
    *last -= 1;
    return *first <= *last;
}

/* "1-5 9:00-18:00" into the days it names. */
static bool parse_opening(str text, struct week *w)
{
    struct opening open;
    int first;
    int last;

    if (!take_weekdays(&text, &first, &last) || !take_sign(&text, ' '))
        return false;
    text = str_trim(text);
    if (!take_time(&text, &open.from) || !take_sign(&text, '-') ||
        !take_time(&text, &open.to) || text.n > 0 || open.from >= open.to)
        return false;
    for (int i = first; i <= last; i++) {
        if (w->days[i].to > 0)
            return false;
        w->days[i] = open;
    }
    return true;
}

bool week_parse(str text, struct week *out)
{
    struct week w = { 0 };

    text = str_trim(text);
    if (str_eq(text, S("always"))) {
        *out = week_always;
        return true;
    }
    if (text.n == 0 || text.n > WEEK_TEXT_MAX)
        return false;
    while (text.n > 0) {
        if (!parse_opening(str_trim(str_cut(&text, ',')), &w))
            return false;
    }
    *out = w;
    return true;
}

/* --- as they are asked for --- */

struct hours_day {
    uint32_t before; /* working minutes before this day */
    struct opening open;
};

struct hours {
    struct hours_day days[DAYS];
};

/* [HR1] */
static struct opening opening_of(const struct week *w, const struct calendar *c,
                                 day d)
{
    bool known;
    int weekday = day_weekday(d);
    bool works = calendar_workday(c, d, &known);

    if (w->holidays)
        return w->days[weekday];
    if (works)
        return w->days[weekday >= 5 ? 0 : weekday];
    if (weekday < 5 || calendar_name(c, d).n > 0)
        return (struct opening){ 0 };
    return w->days[weekday];
}

err hours_new(struct arena *a, const struct week *w, const struct calendar *c,
              struct hours **out)
{
    struct hours *h = arena_zero(a, sizeof *h);
    uint32_t before = 0;

    TRY_MEMORY(h);
    for (day d = 0; d < DAYS; d++) {
        struct opening open = opening_of(w, c, d);

        check(open.from >= 0 && open.from <= open.to &&
              open.to <= MINUTES_OF_DAY);
        h->days[d] = (struct hours_day){ before, open };
        before += (uint32_t)(open.to - open.from);
    }
    *out = h;
    return OK;
}

/* Working minutes before a minute. */
static uint32_t before_minute(const struct hours *h, int64_t minute)
{
    if (minute < 0)
        minute = 0;
    if (minute >= (int64_t)DAYS * MINUTES_OF_DAY)
        minute = (int64_t)DAYS * MINUTES_OF_DAY - 1;

    const struct hours_day *d = &h->days[minute / MINUTES_OF_DAY];
    int32_t at = (int32_t)(minute % MINUTES_OF_DAY);
    int32_t from = d->open.from;
    int32_t to = d->open.to;

    at = at < from ? from : at;
    return d->before + (uint32_t)((at > to ? to : at) - from);
}

uint32_t hours_between(const struct hours *h, int64_t from, int64_t to)
{
    check(from <= to);
    return before_minute(h, to) - before_minute(h, from);
}
