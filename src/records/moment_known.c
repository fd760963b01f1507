/*
 * Moments as programs mostly write them, "2025-03-04 10:11:12", with or without
 * seconds, and with the year behind: eight bytes at a time, and the day from
 * those that were read before.  Whatever looks otherwise goes the long way.
 */

#include "records/moment.h"

#include <string.h>

enum {
    DATE = 10,      /* bytes of a date */
    TIME = 11,      /* where a time begins */
    TO_MINUTE = 16, /* and with its time */
    TO_SECOND = 19, /**/
    SECONDS_OF_HOUR = 3600,
    DAYS_SHIFT = 64 - 6 /* for MOMENT_DAYS */
};

#define BYTE(i)     (UINT64_C(0xff) << (8 * (i)))
#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))
#define NO_SECONDS  UINT64_C(0x30303a0000000000) /* ":00" at their place */

/* The first byte lowest, on every machine. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static uint64_t load(const char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof w);
    return w;
}
#else
static uint64_t load(const char *p)
{
    uint64_t w = 0;

    for (unsigned i = 0; i < sizeof w; i++)
        w |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return w;
}
#endif

static uint64_t byte_of(uint64_t w, unsigned i)
{
    return w >> (8 * i) & 0xff;
}

static bool all_digits(uint64_t w)
{
    return (w & EVERY(0xf0)) == EVERY(0x30) &&
           ((w + EVERY(0x06)) & EVERY(0xf0)) == EVERY(0x30);
}

/* The digits of a date in one word, those of `second` where its signs stood;
 * 0 when it has no signs there, or others than digits elsewhere. */
static uint64_t date_digits(uint64_t first, uint64_t second, bool year_first)
{
    unsigned a = year_first ? 4 : 2; /* where the signs stand */
    unsigned b = year_first ? 7 : 5;
    uint64_t sign = byte_of(first, a);
    uint64_t digits = (first & ~(BYTE(a) | BYTE(b))) |
                      byte_of(second, 0) << (8 * a) |
                      byte_of(second, 1) << (8 * b);

    if ((sign != '-' && sign != '/') || byte_of(first, b) != sign)
        return 0;
    return all_digits(digits) ? digits : 0;
}

/* The seconds since midnight of "10:11:12"; -1 when it is none, or 24:00, or a
 * leap second. */
static int32_t time_of(uint64_t text)
{
    const uint64_t colons = BYTE(2) | BYTE(5);

    if ((text & colons) != (EVERY(':') & colons) ||
        !all_digits((text & ~colons) | (EVERY('0') & colons)))
        return -1;

    /* Two digits each: tens and ones meet where the tens are. */
    uint64_t digits = text & EVERY(0x0f);
    uint64_t pairs = digits * 10 + (digits >> 8);
    uint64_t hour = byte_of(pairs, 0);
    uint64_t minute = byte_of(pairs, 3);
    uint64_t second = byte_of(pairs, 6);

    if (hour > 23 || minute > 59 || second > 59)
        return -1;
    return (int32_t)(hour * SECONDS_OF_HOUR + minute * 60 + second);
}

/* The midnight of a date. */
static bool midnight(struct moment_days *days, uint64_t digits, str date,
                     enum moment_order order, int64_t *out)
{
    size_t at = (size_t)(digits * UINT64_C(0x9e3779b97f4a7c15) >> DAYS_SHIFT);
    struct moment_known *k =
        &days->known[order == MOMENT_MDY ? 2 : order - 1U][at];
    struct moment m = { 0 };

    if (k->date != digits) {
        if (!moment_read(date, order, &m))
            return false;
        *k = (struct moment_known){ digits, m.seconds };
    }
    *out = k->seconds;
    return true;
}

static bool read_known(struct moment_days *days, str s, enum moment_order order,
                       int64_t *out)
{
    if ((s.n != TO_MINUTE && s.n != TO_SECOND) || order == 0)
        return false;

    uint64_t second = load(s.p + 8); /* "04 10:11" */
    uint64_t time =
        s.n == TO_SECOND ? load(s.p + TIME) : second >> 24 | NO_SECONDS;
    uint64_t digits = date_digits(load(s.p), second, order == MOMENT_YMD);
    int32_t seconds = byte_of(second, 2) == ' ' ? time_of(time) : -1;
    int64_t from = 0;

    if (digits == 0 || seconds < 0 ||
        !midnight(days, digits, (str){ s.p, DATE }, order, &from))
        return false;
    *out = from + seconds;
    return true;
}

bool moment_read_known(struct moment_days *days, str s, enum moment_order order,
                       int64_t *out)
{
    struct moment m = { 0 };

    if (read_known(days, s, order, out))
        return true;
    if (!moment_read(s, order, &m))
        return false;
    *out = m.seconds;
    return true;
}
