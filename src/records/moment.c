#include "records/moment.h"

#include "base/size.h"

enum {
    SECONDS_OF_DAY = 86400,
    SECONDS_OF_HOUR = 3600,
    ZONE = 8 * SECONDS_OF_HOUR, /* of this trade */
    PIVOT = 70,                 /* two digits below it are of this century */
};

/* rules: allow han because these are signs of a grammar, not texts to show */
static const struct {
    str year, month, mday, hour, hour_spoken, minute, second, colon;
} han = {
    S_INIT("年"), S_INIT("月"), S_INIT("日"), S_INIT("时"),
    S_INIT("点"), S_INIT("分"), S_INIT("秒"), S_INIT("："),
};

/* A text and how far it was read. */
struct cursor {
    str s;
    size_t at;
};

/* --- words -------------------------------------------------------------- */

static bool at_end(const struct cursor *c)
{
    return c->at == c->s.n;
}

static char peek(const struct cursor *c)
{
    return at_end(c) ? '\0' : c->s.p[c->at];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool take(struct cursor *c, str word)
{
    if (!str_begins(str_from(c->s, c->at), word))
        return false;
    c->at += word.n;
    return true;
}

static void blanks(struct cursor *c)
{
    while (peek(c) == ' ')
        c->at++;
}

/* A number of at most `most` digits, how many there were; 0: none, or more. */
static size_t number(struct cursor *c, size_t most, int64_t *out)
{
    size_t n = 0;
    int64_t value = 0;

    while (n <= most && c->at + n < c->s.n && is_digit(c->s.p[c->at + n]))
        value = value * 10 + (c->s.p[c->at + n++] - '0');
    if (n == 0 || n > most)
        return 0;
    c->at += n;
    *out = value;
    return n;
}

static bool same_letters(str a, const char *small)
{
    for (size_t i = 0; i < a.n; i++) {
        char c = a.p[i];

        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != small[i])
            return false;
    }
    return true;
}

/* "Mar", "MARCH": 3; 0: no month begins so. */
static int64_t month_name(struct cursor *c)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december",
    };
    size_t n = 0;

    while (c->at + n < c->s.n && is_letter(c->s.p[c->at + n]))
        n++;

    str word = str_first(str_from(c->s, c->at), n);
    for (size_t i = 0; i < COUNT(names) && n >= 3; i++) {
        size_t whole = strlen(names[i]);

        if ((n != 3 && n != whole) || !same_letters(word, names[i]))
            continue;
        c->at += n;
        (void)take(c, S("."));
        return (int64_t)i + 1;
    }
    return 0;
}

/* --- a date --------------------------------------------------------------- */

struct parts {
    int64_t value[3];
    size_t digits[3]; /* 0: the name of a month */
};

/* Blanks around a sign are passed over; a blank alone is one too. */
static bool separator(struct cursor *c)
{
    size_t from = c->at;

    blanks(c);
    if (take(c, S("-")) || take(c, S("/")) || take(c, S(".")) ||
        take(c, S(",")) || take(c, han.year) || take(c, han.month)) {
        blanks(c);
        return true;
    }
    return c->at > from;
}

static bool part(struct cursor *c, struct parts *p, size_t i)
{
    if (is_letter(peek(c))) {
        p->digits[i] = 0;
        p->value[i] = month_name(c);
        return p->value[i] != 0;
    }
    p->digits[i] = number(c, 4, &p->value[i]);
    return p->digits[i] != 0 && p->digits[i] != 3;
}

static bool compact(struct cursor *c, struct parts *p)
{
    int64_t all;

    if (number(c, 8, &all) != 8)
        return false;
    *p = (struct parts){ { all / 10000, all / 100 % 100, all % 100 },
                         { 4, 2, 2 } };
    return true;
}

static bool read_parts(struct cursor *c, struct parts *p)
{
    struct cursor was = *c;

    if (compact(c, p))
        return true;
    *c = was;
    for (size_t i = 0; i < COUNT(p->value); i++) {
        if ((i > 0 && !separator(c)) || !part(c, p, i))
            return false;
    }
    (void)take(c, han.mday);
    return true;
}

/* Which part is the year, the month and the day. */
struct places {
    size_t year;
    size_t month;
    size_t mday;
};

static struct places places_of(const struct parts *p, enum moment_order order)
{
    /* A name is the month wherever it stands, so only the year is open. */
    if (order == MOMENT_DMY && p->digits[0] == 0)
        return (struct places){ 2, 0, 1 };
    if (order == MOMENT_YMD)
        return (struct places){ 0, 1, 2 };
    if (order == MOMENT_MDY)
        return (struct places){ 2, 0, 1 };
    return (struct places){ 2, 1, 0 };
}

/* [MO2] */
static bool may_be(const struct parts *p, enum moment_order order)
{
    struct places at = places_of(p, order);
    bool named = p->digits[0] == 0 || p->digits[1] == 0 || p->digits[2] == 0;

    if (named && (p->digits[at.month] != 0 || order == MOMENT_MDY))
        return false;
    if (named && order == MOMENT_YMD && p->digits[at.year] != 4)
        return false;
    return (p->digits[at.year] == 4 || p->digits[at.year] == 2) &&
           p->digits[at.month] <= 2 && p->digits[at.mday] <= 2 &&
           p->digits[at.mday] != 0;
}

static bool date_in(const struct parts *p, enum moment_order order, day *out)
{
    struct places at = places_of(p, order);
    int64_t year = p->value[at.year];

    if (!may_be(p, order))
        return false;
    if (p->digits[at.year] == 2)
        year += year < PIVOT ? 2000 : 1900;
    return day_of_date((struct date){ (int32_t)year,
                                      (int32_t)p->value[at.month],
                                      (int32_t)p->value[at.mday] },
                       out);
}

/* --- a time -------------------------------------------------------------- */

enum half { NO_HALF, MORNING, AFTERNOON };

static enum half half_of_day(struct cursor *c)
{
    /* rules: allow han because these are signs of a grammar */
    static const struct {
        str word;
        enum half half;
    } words[] = {
        { S_INIT("上午"), MORNING },   { S_INIT("下午"), AFTERNOON },
        { S_INIT("AM"), MORNING },     { S_INIT("PM"), AFTERNOON },
        { S_INIT("am"), MORNING },     { S_INIT("pm"), AFTERNOON },
        { S_INIT("a.m."), MORNING },   { S_INIT("p.m."), AFTERNOON },
        { S_INIT("凌晨"), MORNING },   { S_INIT("早上"), MORNING },
        { S_INIT("晚上"), AFTERNOON },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (take(c, words[i].word))
            return words[i].half;
    }
    return NO_HALF;
}

static bool hour_in_half(enum half half, int64_t *hour)
{
    if (half == NO_HALF)
        return true;
    if (*hour > 12 || *hour == 0)
        return half == AFTERNOON ? *hour >= 12 && *hour < 24 : *hour == 0;
    *hour = *hour % 12 + (half == AFTERNOON ? 12 : 0);
    return true;
}

/* Whether a sign between hours and minutes follows, or between minutes and
 * seconds. */
static bool clock_sign(struct cursor *c, str chinese, str other)
{
    return take(c, S(":")) || take(c, han.colon) || take(c, chinese) ||
           (other.n > 0 && take(c, other));
}

static void fraction(struct cursor *c)
{
    if (peek(c) != '.' && peek(c) != ',')
        return;
    c->at++;
    while (is_digit(peek(c)))
        c->at++;
}

struct clock {
    int64_t hour;
    int64_t minute;
    int64_t second;
    enum moment_unit unit;
};

static bool read_clock(struct cursor *c, struct clock *t)
{
    if (number(c, 2, &t->hour) == 0 ||
        !clock_sign(c, han.hour, han.hour_spoken))
        return false;
    if (number(c, 2, &t->minute) == 0)
        return false;
    t->unit = MOMENT_MINUTE;
    if (clock_sign(c, han.minute, S("")) && number(c, 2, &t->second) != 0) {
        t->unit = MOMENT_SECOND;
        fraction(c);
        (void)take(c, han.second);
    }
    return true;
}

/* "101112" and "1011", as they follow 8 digits of a date. */
static bool compact_clock(struct cursor *c, struct clock *t)
{
    int64_t all = 0;
    size_t n = number(c, 6, &all);

    if (n != 4 && n != 6)
        return false;
    if (n == 4)
        all *= 100;
    *t = (struct clock){ all / 10000, all / 100 % 100, all % 100,
                         n == 4 ? MOMENT_MINUTE : MOMENT_SECOND };
    return true;
}

/* "Z", "+08:00", "+0800", "+08"; without one, UTC+8. [MO4] */
static bool read_zone(struct cursor *c, int64_t *east)
{
    int64_t hours = 0;
    int64_t minutes = 0;

    *east = ZONE;
    if (take(c, S("Z"))) {
        *east = 0;
        return true;
    }
    if (peek(c) != '+' && peek(c) != '-')
        return true;

    bool west = peek(c) == '-';
    c->at++;
    size_t n = number(c, 4, &hours);
    if (n == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (n != 2 || (take(c, S(":")) && number(c, 2, &minutes) != 2)) {
        return false;
    }
    *east = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
    return hours <= 14 && minutes <= 59;
}

static bool clock_seconds(const struct clock *t, int64_t *out)
{
    bool midnight = t->hour == 24 && t->minute == 0 && t->second == 0;

    if ((t->hour > 23 && !midnight) || t->minute > 59 || t->second > 60)
        return false;
    *out = t->hour * SECONDS_OF_HOUR + t->minute * 60 + t->second;
    return true;
}

/* The seconds since midnight that a time tells, moved to UTC+8. */
static bool read_time(struct cursor *c, int64_t *out, enum moment_unit *unit)
{
    struct clock t = { 0 };
    int64_t east;
    struct cursor was;

    enum half half = half_of_day(c);
    blanks(c);
    was = *c;
    if (!read_clock(c, &t)) {
        *c = was;
        if (!compact_clock(c, &t))
            return false;
    }
    blanks(c);
    if (half == NO_HALF)
        half = half_of_day(c);
    if (!hour_in_half(half, &t.hour) || !clock_seconds(&t, out))
        return false;
    if (!read_zone(c, &east))
        return false;
    *out += ZONE - east;
    *unit = t.unit;
    return true;
}

/* --- whole --------------------------------------------------------------- */

/* What parts a time from its date; a sign or 日 may be enough. */
static void gap(struct cursor *c)
{
    blanks(c);
    if (peek(c) == 'T' || peek(c) == 't' || peek(c) == ',')
        c->at++;
    blanks(c);
}

/* [MO5] */
static bool since_1970(str s, struct moment *out)
{
    struct cursor c = { s, 0 };
    int64_t all;
    size_t n = number(&c, 13, &all);

    if (!at_end(&c) || (n != 10 && n != 13) || s.p[0] == '0')
        return false;
    *out =
        (struct moment){ (n == 13 ? all / 1000 : all) + ZONE, MOMENT_SECOND };
    return true;
}

static bool all_digits(str s)
{
    size_t n = 0;

    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n == s.n;
}

/* The date as parts, and what its time adds. */
struct reading {
    struct parts parts;
    int64_t seconds;
    enum moment_unit unit;
};

static bool read_text(str s, struct reading *r)
{
    struct cursor c = { s, 0 };

    *r = (struct reading){ .unit = MOMENT_DAY };
    if ((s.n == 14 || s.n == 12) && all_digits(s))
        c.s = str_first(s, 8);
    if (!read_parts(&c, &r->parts))
        return false;
    c.s = s;
    if (at_end(&c))
        return true;
    gap(&c);
    return read_time(&c, &r->seconds, &r->unit) && at_end(&c);
}

/* "2025-03-04 10:11:12", as most of them are, without a detour. */
static bool plain_shape(str s)
{
    static const char shape[] = "0000-00-00 00:00:00";

    if (s.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (shape[i] == '0' ? !is_digit(s.p[i]) : s.p[i] != shape[i])
            return false;
    }
    return true;
}

static int32_t two(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool read_plain(str s, struct moment *out)
{
    struct clock t = { two(s.p + 11), two(s.p + 14), two(s.p + 17),
                       MOMENT_SECOND };
    int64_t seconds;
    day d;

    if (!day_of_date((struct date){ two(s.p) * 100 + two(s.p + 2), two(s.p + 5),
                                    two(s.p + 8) },
                     &d) ||
        !clock_seconds(&t, &seconds))
        return false;
    *out =
        (struct moment){ (int64_t)d * SECONDS_OF_DAY + seconds, MOMENT_SECOND };
    return true;
}

bool moment_read(str s, enum moment_order order, struct moment *out)
{
    struct reading r;
    day d;

    s = str_trim(s);
    if (order == MOMENT_YMD && plain_shape(s))
        return read_plain(s, out);
    if (order == MOMENT_YMD && since_1970(s, out))
        return true;
    if (!read_text(s, &r) || !date_in(&r.parts, order, &d))
        return false;
    *out = (struct moment){ (int64_t)d * SECONDS_OF_DAY + r.seconds, r.unit };
    return true;
}

unsigned moment_orders(str s)
{
    unsigned found = 0;
    struct moment m;

    for (unsigned order = MOMENT_YMD; order <= MOMENT_MDY; order *= 2) {
        if (moment_read(s, (enum moment_order)order, &m))
            found |= order;
    }
    return found;
}

day moment_day(struct moment m)
{
    int64_t d = m.seconds / SECONDS_OF_DAY;

    return (day)(m.seconds % SECONDS_OF_DAY < 0 ? d - 1 : d);
}

int32_t moment_minute(struct moment m)
{
    int64_t rest = m.seconds % SECONDS_OF_DAY;

    return (int32_t)((rest < 0 ? rest + SECONDS_OF_DAY : rest) / 60);
}
