#include "sys/clock.h"

#include "base/check.h"
#include "base/day.h"

#include <string.h>
#include <time.h>

enum { MICROS = 1000000 };

static int64_t read_clock(clockid_t which)
{
    struct timespec t;

    /* Fails only for a clock that Linux does not have. */
    check(clock_gettime(which, &t) == 0);
    return (int64_t)t.tv_sec * MICROS + t.tv_nsec / 1000;
}

int64_t clock_system_now(struct clock *)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_system_ticks(struct clock *)
{
    return read_clock(CLOCK_MONOTONIC);
}

static int64_t set_read(struct clock *c)
{
    return atomic_load(&((struct clock_set *)c)->micros);
}

void clock_set_init(struct clock_set *c, int64_t micros)
{
    c->clock = (struct clock){ set_read, set_read };
    atomic_init(&c->micros, micros);
}

void clock_set_forward(struct clock_set *c, int64_t by)
{
    check(by >= 0);
    atomic_fetch_add(&c->micros, by);
}

static int64_t within(int64_t n, int64_t low, int64_t high)
{
    if (n < low)
        return low;
    return n > high ? high : n;
}

/* `n` digits of `value`, the last one at p[n - 1]. */
static void put_digits(char *p, int n, int64_t value)
{
    for (int i = n - 1; i >= 0; i--) {
        p[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

str clock_text(int64_t micros, char out[static CLOCK_TEXT])
{
    static const int64_t in_day = INT64_C(86400) * MICROS;
    static const int64_t first = DAY_MIN * INT64_C(86400) * MICROS;
    static const int64_t last = (DAY_MAX + 1) * INT64_C(86400) * MICROS - 1;
    int64_t at = within(micros, first, last) - first;
    int64_t second = at % in_day / MICROS;
    struct date date = date_of_day((day)(DAY_MIN + at / in_day));

    memcpy(out, "0000-00-00T00:00:00.000000Z", CLOCK_TEXT);
    put_digits(out, 4, date.year);
    put_digits(out + 5, 2, date.month);
    put_digits(out + 8, 2, date.mday);
    put_digits(out + 11, 2, second / 3600);
    put_digits(out + 14, 2, second / 60 % 60);
    put_digits(out + 17, 2, second % 60);
    put_digits(out + 20, 6, at % MICROS);
    return (str){ out, CLOCK_TEXT - 1 };
}
