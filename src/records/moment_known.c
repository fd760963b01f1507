/*
 * Moments as programs mostly write them, "2025-03-04 10:11:12", with or without
 * seconds, and with the year behind: eight bytes at a time, and the day from
 * those that were read before.  Whatever looks otherwise goes the long way.
 */

#include "records/moment.h"

enum {
    DATE = 10,      /* bytes of a date */
    TO_MINUTE = 16, /* and with its time */
    TO_SECOND = 19, /**/
    SECONDS_OF_HOUR = 3600,
    DAYS_SHIFT = 64 - 6 /* for MOMENT_DAYS */
};

#define BYTE(i)     (UINT64_C(0xff) << (8 * (i)))
#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The first byte lowest, on every machine. */
static uint64_t load(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

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

/* Two digits below `end` as a number; `end` when they are none. */
static unsigned below(uint64_t tens, uint64_t ones, unsigned end)
{
    uint64_t n = (tens - '0') * 10 + (ones - '0');

    return tens - '0' <= 9 && ones - '0' <= 9 && n < end ? (unsigned)n : end;
}

/* The seconds since midnight of " 10:11", the last of `word`, and ":12"; -1
 * when they are none, or 24:00, or a leap second. */
static int32_t time_of(uint64_t word, str seconds)
{
    unsigned hour = below(byte_of(word, 3), byte_of(word, 4), 24);
    unsigned minute = below(byte_of(word, 6), byte_of(word, 7), 60);
    unsigned second = 0;

    if (seconds.n > 0) {
        if (seconds.p[0] != ':')
            return -1;
        second =
            below((unsigned char)seconds.p[1], (unsigned char)seconds.p[2], 60);
    }
    if (hour == 24 || minute == 60 || second == 60 || byte_of(word, 2) != ' ' ||
        byte_of(word, 5) != ':')
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

    uint64_t second = load(s.p + 8);
    uint64_t digits = date_digits(load(s.p), second, order == MOMENT_YMD);
    int32_t seconds =
        time_of(second, (str){ s.p + TO_MINUTE, s.n - TO_MINUTE });
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
