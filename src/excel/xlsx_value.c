#include "excel/xlsx_value.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    DIGITS_SAFE = 15, /* that a double keeps, whatever they are */
    DIGITS_MOST = 17, /* that tell any two doubles apart */
    EXPONENT_LEAST = -10,
    EXPONENT_MOST = 30,
    SECONDS_A_DAY = 86400,
    SERIAL_END = 2958466,     /* 10000-01-01 */
    SERIAL_LEAP = 60,         /* [XV2] */
    SERIAL_1904 = 1462,       /* 1904-01-01 in the usual system */
    EPOCH_FROM_1899 = 693899, /* 1899-12-30, in days from 0000-03-01 */
    DAYS_400 = 146097,
};

/* --- formats ------------------------------------------------------------- */

/* ISO/IEC 29500-1, 18.8.30, with those of the Chinese edition. */
enum xlsx_format xlsx_format_built_in(uint32_t n)
{
    if (n == 46)
        return FORMAT_ELAPSED;
    if ((n >= 18 && n <= 22) || (n >= 32 && n <= 35) || n == 45 || n == 47 ||
        n == 55 || n == 56)
        return FORMAT_TIME;
    if ((n >= 14 && n <= 17) || (n >= 27 && n <= 36) || (n >= 50 && n <= 58))
        return FORMAT_DATE;
    return FORMAT_NUMBER;
}

/* Where what begins at `at` with a quote, a bracket or an escape ends. */
static size_t skip(str code, size_t at)
{
    char c = code.p[at];

    if (c == '\\' || c == '_' || c == '*')
        return at + 2;
    if (c != '"' && c != '[')
        return at + 1;
    return at + 2 + str_index(str_from(code, at + 1), c == '"' ? '"' : ']');
}

/* [h], [mm], [ss]: hours, minutes or seconds beyond their usual end. */
static bool is_elapsed(str token)
{
    if (token.n < 3 || token.p[0] != '[')
        return false;
    for (size_t i = 1; i + 1 < token.n; i++) {
        if (strchr("hHmMsS", token.p[i]) == NULL)
            return false;
    }
    return true;
}

static enum xlsx_format later(enum xlsx_format a, enum xlsx_format b)
{
    return a > b ? a : b;
}

static enum xlsx_format of_letter(char c)
{
    if (strchr("hHsS", c) != NULL)
        return FORMAT_TIME;
    return strchr("yYmMdD", c) != NULL ? FORMAT_DATE : FORMAT_NUMBER;
}

enum xlsx_format xlsx_format_of(str code)
{
    enum xlsx_format found = FORMAT_NUMBER;
    size_t at = 0;

    while (at < code.n && code.p[at] != ';') {
        size_t next = skip(code, at);
        str token = str_first(str_from(code, at), next - at);

        if (is_elapsed(token))
            return FORMAT_ELAPSED;
        if (next == at + 1 && token.p[0] != '\0')
            found = later(found, of_letter(token.p[0]));
        at = next;
    }
    return found;
}

/* --- numbers ------------------------------------------------------------- */

static bool same(double a, double b)
{
    return !(a < b) && !(a > b);
}

/* Digits, perhaps with a minus before them and a point between? */
static bool is_plain(str s, size_t *digits, bool *point)
{
    size_t from = s.n > 0 && s.p[0] == '-' ? 1 : 0;

    *digits = 0;
    *point = false;
    for (size_t i = from; i < s.n; i++) {
        if (s.p[i] == '.' && !*point && i > from)
            *point = true;
        else if (s.p[i] >= '0' && s.p[i] <= '9')
            ++*digits;
        else
            return false;
    }
    return *digits > 0;
}

static bool read_number(str s, double *out)
{
    char z[XLSX_VALUE_TEXT];
    char *end;

    if (s.n == 0 || s.n >= sizeof z)
        return false;
    memcpy(z, s.p, s.n);
    z[s.n] = '\0';
    if (strspn(z, "0123456789+-.eE") != s.n)
        return false;
    /* rules: allow strtod because a cell's number is a double by its standard,
     * and its letters were looked at */
    double d = strtod(z, &end);
    if (end != z + s.n || !(d > -1e300 && d < 1e300))
        return false;
    *out = d;
    return true;
}

/* The fewest digits that read back, as "-1.2345e+07"; how long it is. */
static size_t shortest(double d, char out[static XLSX_VALUE_TEXT])
{
    int n = 0;

    for (int digits = DIGITS_SAFE; digits <= DIGITS_MOST; digits++) {
        double back = 0;

        n = snprintf(out, XLSX_VALUE_TEXT, "%.*e", digits - 1, d);
        if (read_number((str){ out, (size_t)n }, &back) && same(back, d))
            break;
    }
    return (size_t)n;
}

static size_t put(char *to, size_t n, char c)
{
    to[n] = c;
    return n + 1;
}

/* Digits d1 d2 .. with the point behind the first, moved by `exponent`. */
static size_t place(char *to, size_t n, str digits, int exponent)
{
    int whole = exponent + 1; /* digits before the point */

    if (whole <= 0)
        n = put(to, n, '0');
    for (int i = 0; i < whole; i++)
        n = put(to, n, i < (int)digits.n ? digits.p[i] : '0');
    if ((int)digits.n <= whole)
        return n;
    n = put(to, n, '.');
    for (int i = whole; i < 0; i++)
        n = put(to, n, '0');
    for (size_t i = whole > 0 ? (size_t)whole : 0; i < digits.n; i++)
        n = put(to, n, digits.p[i]);
    return n;
}

/* "-1.2345e+07" is written out. [XV1] */
static str spell(double d, char out[static XLSX_VALUE_TEXT])
{
    char made[XLSX_VALUE_TEXT];
    char digits[DIGITS_MOST] = { 0 };
    size_t digit_n = 0;
    size_t made_n = shortest(d, made);
    size_t e = str_index((str){ made, made_n }, 'e');
    int exponent = 0;

    for (size_t i = 0; i < e; i++) {
        if (made[i] >= '0' && made[i] <= '9' && digit_n < sizeof digits)
            digits[digit_n++] = made[i];
    }
    for (size_t i = e + 2; i < made_n; i++)
        exponent = exponent * 10 + (made[i] - '0');
    if (e + 1 < made_n && made[e + 1] == '-')
        exponent = -exponent;
    while (digit_n > 1 && digits[digit_n - 1] == '0')
        digit_n--;
    if (exponent < EXPONENT_LEAST || exponent > EXPONENT_MOST) {
        memcpy(out, made, made_n);
        return (str){ out, made_n };
    }
    size_t n = made[0] == '-' && digits[0] != '0' ? put(out, 0, '-') : 0;
    return (str){ out, place(out, n, (str){ digits, digit_n }, exponent) };
}

static str number(str value, char out[static XLSX_VALUE_TEXT])
{
    size_t digits;
    bool point;
    double d;

    if (is_plain(value, &digits, &point)) {
        if (!point)
            return value;
        if (digits <= DIGITS_SAFE)
            return str_trim_end(str_trim_end(value, '0'), '.');
    }
    return read_number(value, &d) ? spell(d, out) : value;
}

/* --- dates --------------------------------------------------------------- */

static void put_two(char *to, int64_t n)
{
    to[0] = (char)('0' + n / 10 % 10);
    to[1] = (char)('0' + n % 10);
}

/* After H. Hinnant, "chrono-compatible low-level date algorithms", civil from
 * days: `z` counts from 0000-03-01. */
static void put_date(char to[static 10], int64_t z)
{
    int64_t era = z / DAYS_400;
    int64_t in_era = z % DAYS_400;
    int64_t year =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153; /* from March */

    year += era * 400 + (month >= 10);
    put_two(to, year / 100);
    put_two(to + 2, year);
    to[4] = '-';
    put_two(to + 5, month < 10 ? month + 3 : month - 9);
    to[7] = '-';
    put_two(to + 8, in_year - (153 * month + 2) / 5 + 1);
}

static void put_time(char to[static 8], int64_t seconds)
{
    put_two(to, seconds / 3600);
    to[2] = ':';
    put_two(to + 3, seconds / 60 % 60);
    to[5] = ':';
    put_two(to + 6, seconds % 60);
}

static str elapsed(int64_t seconds, char out[static XLSX_VALUE_TEXT])
{
    int n = snprintf(out, XLSX_VALUE_TEXT, "%lld:%02lld:%02lld",
                     (long long)(seconds / 3600),
                     (long long)(seconds / 60 % 60), (long long)(seconds % 60));

    return (str){ out, (size_t)n };
}

/* [XV2] [XV3] */
static str date(int64_t serial, int64_t seconds, bool time,
                char out[static XLSX_VALUE_TEXT])
{
    static const char leap[] = "1900-02-29";

    if (serial == SERIAL_LEAP)
        memcpy(out, leap, sizeof leap - 1);
    else
        put_date(out, serial + EPOCH_FROM_1899 + (serial < SERIAL_LEAP));
    if (!time && seconds == 0)
        return (str){ out, 10 };
    out[10] = ' ';
    put_time(out + 11, seconds);
    return (str){ out, 19 };
}

static str moment(str value, double serial, enum xlsx_format format,
                  bool from_1904, char out[static XLSX_VALUE_TEXT])
{
    if (!(serial >= 0 && serial < SERIAL_END))
        return number(value, out);

    int64_t all = (int64_t)(serial * SECONDS_A_DAY + 0.5);
    int64_t days = all / SECONDS_A_DAY;
    int64_t seconds = all % SECONDS_A_DAY;

    if (format == FORMAT_ELAPSED)
        return elapsed(all, out);
    if (days == 0 && (!from_1904 || format == FORMAT_TIME)) {
        put_time(out, seconds);
        return (str){ out, 8 };
    }
    if (from_1904)
        days += SERIAL_1904;
    if (days >= SERIAL_END)
        return number(value, out);
    return date(days, seconds, format == FORMAT_TIME, out);
}

str xlsx_value(str value, enum xlsx_format format, bool from_1904,
               char out[static XLSX_VALUE_TEXT])
{
    double serial;

    value = str_trim(value);
    if (format == FORMAT_NUMBER || !read_number(value, &serial))
        return number(value, out);
    return moment(value, serial, format, from_1904, out);
}

str xlsx_value_iso(str value, char out[static XLSX_VALUE_TEXT])
{
    value = str_trim(value);
    if (value.n <= 10 || value.n >= XLSX_VALUE_TEXT || value.p[10] != 'T')
        return value;
    memcpy(out, value.p, value.n);
    out[10] = ' ';
    return (str){ out, value.n };
}
