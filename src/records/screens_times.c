/* Screens of the moments of each ticket by itself. */

#include "records/screens_parts.h"

#include <string.h>

/* --- columns of moments --- */

enum column { OPENED, RESPONDED, ARRIVED, RESOLVED, COLUMNS };

static const char *const column_names[COLUMNS] = {
    "records.role_opened",
    "records.role_answered",
    "records.role_arrived",
    "records.role_resolved",
};

static int64_t moment_of(const struct mark *m, enum column column)
{
    switch (column) {
    case RESPONDED: return mark_moment(m, m->responded);
    case ARRIVED: return mark_moment(m, m->arrived);
    case RESOLVED: return mark_moment(m, m->resolved);
    case OPENED:
    case COLUMNS: break;
    }
    return m->opened;
}

/* The minute of the day, or -1 when there is no moment or it is a date alone,
 * which is read as midnight. */
static int32_t minute_of(const struct mark *m, enum column column)
{
    int64_t moment = moment_of(m, column);

    if (moment < 0 || moment % SECONDS_OF_DAY == 0)
        return -1;
    return (int32_t)(moment % SECONDS_OF_DAY / 60);
}

/* --- order --- */

static bool comes_before(int32_t first, int32_t then)
{
    return first != MARK_SECONDS_NONE && then != MARK_SECONDS_NONE &&
           then < first;
}

static bool is_before_opening(int32_t after)
{
    return after != MARK_SECONDS_NONE && after < 0;
}

static bool is_impossible(const struct mark *m)
{
    return is_before_opening(m->responded) || is_before_opening(m->arrived) ||
           is_before_opening(m->resolved) ||
           comes_before(m->arrived, m->resolved);
}

/* Slips of the hand: at most one ticket in 200. */
void look_order(struct screening *s, struct screen_result *out)
{
    struct finding f = { NULL, { 0 }, { 1, 200 }, 1 };

    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];

        f.seen.n += m->responded != MARK_SECONDS_NONE ||
                    m->arrived != MARK_SECONDS_NONE ||
                    m->resolved != MARK_SECONDS_NONE;
        if (!is_impossible(m))
            continue;
        f.seen.k++;
        concern(s, i);
    }
    screen_judge(out, &f);
}

/* --- round minutes --- */

enum { HALF_HOUR = 30 };

static struct finding round_of(const struct screening *s, enum column column)
{
    struct finding f = { column_names[column], { 0 }, { 3, 20 }, COLUMNS };

    for (size_t i = 0; i < s->n; i++) {
        int32_t minute = minute_of(&s->marks[i], column);

        f.seen.n += minute >= 0;
        f.seen.k += minute >= 0 && minute % HALF_HOUR == 0;
    }
    return f;
}

/* One minute in 30 is that of an hour or half hour; people who write times by
 * hand round to it, but for 3 times in 20 at the most. */
void look_round(struct screening *s, struct screen_result *out)
{
    enum column worst = OPENED;
    struct finding f = round_of(s, OPENED);

    for (unsigned c = RESPONDED; c < COLUMNS; c++) {
        struct finding other = round_of(s, (enum column)c);

        if (!finding_is_worse(&other, &f))
            continue;
        f = other;
        worst = (enum column)c;
    }
    for (size_t i = 0; i < s->n; i++) {
        int32_t minute = minute_of(&s->marks[i], worst);

        if (minute >= 0 && minute % HALF_HOUR == 0)
            concern(s, i);
    }
    screen_judge(out, &f);
}

/* --- last digits --- */

enum {
    DIGITS = 10,
    DURATION = COLUMNS, /* minutes until resolved; after the columns */
    DIGIT_SOURCES = COLUMNS + 1,
    DURATION_LEAST = 20, /* shorter ones have digits of their own */
    PAIRS = 28,          /* of the eight digits that are neither 0 nor 5 */
};

/* The last digit of the minutes, or -1 where nothing is said by it: there is
 * none, or it is one that people round to. */
static int digit_of(const struct mark *m, unsigned source)
{
    int32_t minutes;

    if (source < COLUMNS) {
        minutes = minute_of(m, (enum column)source);
    } else {
        minutes =
            m->resolved == MARK_SECONDS_NONE
                ? -1
                : (int32_t)(mark_moment(m, m->resolved) / 60 - m->opened / 60);
        if (minutes < DURATION_LEAST)
            minutes = -1;
    }
    return minutes < 0 || minutes % 5 == 0 ? -1 : minutes % DIGITS;
}

/* The two digits that come most often: true. */
static void favourites(const uint64_t counts[static DIGITS],
                       bool is_one[static DIGITS])
{
    for (int round = 0; round < 2; round++) {
        int best = -1;

        for (int d = 0; d < DIGITS; d++) {
            if (!is_one[d] && (best < 0 || counts[d] > counts[best]))
                best = d;
        }
        is_one[best] = true;
    }
}

/* Two of eight digits: 1 in 4; 28 of 100 are let pass, for clocks that do not
 * show every minute. */
static struct finding digits_of(const struct screening *s, unsigned source,
                                bool is_one[static DIGITS])
{
    uint64_t counts[DIGITS] = { 0 };
    struct finding f = { source == DURATION ? "records.screen_duration"
                                            : column_names[source],
                         { 0 },
                         { 7, 25 },
                         PAIRS * DIGIT_SOURCES };

    for (size_t i = 0; i < s->n; i++) {
        int digit = digit_of(&s->marks[i], source);

        if (digit < 0)
            continue;
        counts[digit]++;
        f.seen.n++;
    }
    memset(is_one, 0, DIGITS * sizeof *is_one);
    favourites(counts, is_one);
    for (int d = 0; d < DIGITS; d++)
        f.seen.k += is_one[d] ? counts[d] : 0;
    return f;
}

void look_digits(struct screening *s, struct screen_result *out)
{
    bool is_one[DIGITS];
    bool other_is_one[DIGITS];
    unsigned worst = 0;
    struct finding f = digits_of(s, 0, is_one);

    for (unsigned source = 1; source < DIGIT_SOURCES; source++) {
        struct finding other = digits_of(s, source, other_is_one);

        if (!finding_is_worse(&other, &f))
            continue;
        f = other;
        worst = source;
        memcpy(is_one, other_is_one, sizeof is_one);
    }
    for (size_t i = 0; i < s->n; i++) {
        int digit = digit_of(&s->marks[i], worst);

        if (digit >= 0 && is_one[digit])
            concern(s, i);
    }
    screen_judge(out, &f);
}

/* --- one duration --- */

enum {
    SAME_LEAST = 10,  /* minutes: what is solved on the telephone is no sign */
    SAME_MOST = 65535 /* longer durations seldom are the same */
};

/* Minutes until resolved, or -1; none where only dates are written. */
static int32_t duration_of(const struct mark *m)
{
    int64_t minutes;

    if (m->resolved == MARK_SECONDS_NONE ||
        mark_moment(m, m->resolved) % SECONDS_OF_DAY == 0)
        return -1;
    minutes = mark_moment(m, m->resolved) / 60 - m->opened / 60;
    return minutes < SAME_LEAST || minutes > SAME_MOST ? -1 : (int32_t)minutes;
}

/* The commonest of honest durations makes up 1 in 10 at the most. */
void look_same_duration(struct screening *s, struct screen_result *out)
{
    uint32_t *counts = s->tallies[0];
    struct finding f = { "records.screen_duration", { 0 }, { 1, 10 }, 64 };
    int32_t commonest = 0;

    memset(counts, 0, WORDS_MAX * sizeof *counts);
    for (size_t i = 0; i < s->n; i++) {
        int32_t minutes = duration_of(&s->marks[i]);

        if (minutes < 0)
            continue;
        f.seen.n++;
        counts[minutes]++;
        if (counts[minutes] > counts[commonest])
            commonest = minutes;
    }
    f.seen.k = counts[commonest];
    for (size_t i = 0; i < s->n; i++) {
        if (commonest > 0 && duration_of(&s->marks[i]) == commonest)
            concern(s, i);
    }
    screen_judge(out, &f);
}
