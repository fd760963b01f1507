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
