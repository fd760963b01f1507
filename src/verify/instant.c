#include "verify/instant.h"

enum { SECONDS_A_DAY = 86400 };
static const int64_t second = 1000000;

/* Two digits and what follows them. */
static void put(char *out, int64_t n, char after)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
    out[2] = after;
}

str instant_text(int64_t micros, char out[static INSTANT_TEXT])
{
    int64_t seconds = micros / second - (micros % second < 0);
    int64_t of_day = seconds % SECONDS_A_DAY;
    char date[DAY_TEXT];

    of_day += of_day < 0 ? SECONDS_A_DAY : 0;
    (void)day_text((day)((seconds - of_day) / SECONDS_A_DAY), date);
    memcpy(out, date, DAY_TEXT - 1);
    out[10] = 'T';
    put(out + 11, of_day / 3600, ':');
    put(out + 14, of_day / 60 % 60, ':');
    put(out + 17, of_day % 60, 'Z');
    out[20] = '\0';
    return (str){ out, INSTANT_TEXT - 1 };
}

/* The two digits at s.p[at], below `end`. */
static bool two_digits(str s, size_t at, int end, int *out)
{
    char tens = s.p[at];
    char ones = s.p[at + 1];

    if (tens < '0' || tens > '9' || ones < '0' || ones > '9')
        return false;
    *out = 10 * (tens - '0') + (ones - '0');
    return *out < end;
}

bool instant_parse(str s, int64_t *out)
{
    int hour = 0;
    int minute = 0;
    int sec = 0;
    day on = 0;

    if (s.n != INSTANT_TEXT - 1 || s.p[10] != 'T' || s.p[13] != ':' ||
        s.p[16] != ':' || s.p[19] != 'Z')
        return false;
    if (!day_parse(str_first(s, 10), &on) || !two_digits(s, 11, 24, &hour) ||
        !two_digits(s, 14, 60, &minute) || !two_digits(s, 17, 60, &sec))
        return false;
    int64_t of_day = (int64_t)hour * 3600 + (int64_t)minute * 60 + sec;
    *out = ((int64_t)on * SECONDS_A_DAY + of_day) * second;
    return true;
}

int64_t instant_day_begin(day d)
{
    return day_start_micros(d);
}

int64_t instant_day_end(day d)
{
    return day_start_micros(d) + (SECONDS_A_DAY - 1) * second;
}
