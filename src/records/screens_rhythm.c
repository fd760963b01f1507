/* Screens of when work is done: nights, days off, intervals, the last week. */

#include "records/screens_parts.h"

#include "records/hours.h"

#include <string.h>

/* --- nights --- */

/* Seconds of the day, from 1 to 5: midnight itself is a date without a time, or
 * a program that closes what is left of the day. */
enum { NIGHT_BEGINS = 3600, NIGHT_ENDS = 18000 };

static bool is_night(int64_t moment)
{
    int64_t of_day = moment % SECONDS_OF_DAY;

    return moment >= 0 && of_day >= NIGHT_BEGINS && of_day < NIGHT_ENDS;
}

static bool is_done_at_night(const struct mark *m)
{
    return is_night(mark_moment(m, m->responded)) ||
           is_night(mark_moment(m, m->arrived)) ||
           is_night(mark_moment(m, m->resolved));
}

static bool is_done(const struct mark *m)
{
    return m->responded != MARK_SECONDS_NONE ||
           m->arrived != MARK_SECONDS_NONE || m->resolved != MARK_SECONDS_NONE;
}

/* Of an outlet's work, as much is done at night as its customers call at night,
 * twice: who has people there has customers awake.  1 in 100 at the least. */
void look_nights(struct screening *s, struct screen_result *out)
{
    uint32_t *done = s->tallies[0];
    uint32_t *called = s->tallies[1];
    struct finding f = { "records.role_outlet", { 0 }, { 0 }, 1 };

    memset(done, 0, WORDS_MAX * sizeof *done);
    memset(called, 0, WORDS_MAX * sizeof *called);
    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];

        if (!is_done(m))
            continue;
        f.seen.n++;
        done[m->outlet]++;
        called[m->outlet] += is_night(m->opened);
        if (!is_done_at_night(m))
            continue;
        f.seen.k++;
        concern(s, i);
    }
    for (size_t i = 0; i < s->outlets; i++) {
        uint64_t least = done[i];
        uint64_t twice = UINT64_C(200) * called[i];

        f.base.k += twice > least ? twice : least;
    }
    f.base.n = f.seen.n * 100;
    if (f.base.k > 0 && f.base.k < f.base.n)
        screen_judge(out, &f);
}

/* --- days off --- */

static bool is_off(const struct screening *s, day d)
{
    int64_t minute = (int64_t)d * MINUTES_OF_DAY;

    return hours_between(s->terms->hours, minute, minute + MINUTES_OF_DAY) == 0;
}

/* The day of the period on which it was resolved, from 0, or -1. */
static int64_t day_resolved(const struct screening *s, const struct mark *m)
{
    int64_t moment = mark_moment(m, m->resolved);
    int64_t on;

    if (moment < 0)
        return -1;
    on = moment / SECONDS_OF_DAY - s->terms->first;
    return on < 0 || on > s->terms->last - s->terms->first ? -1 : on;
}

/* Two fifths of what would be, were a day off like any other. */
void look_days_off(struct screening *s, struct screen_result *out)
{
    uint32_t *off = s->tallies[0];
    uint32_t days = (uint32_t)(s->terms->last - s->terms->first) + 1;
    struct finding f = {
        "records.role_resolved", { 0 }, { 0, 5 * (uint64_t)days }, 1
    };

    for (uint32_t i = 0; i < days; i++) {
        off[i] = is_off(s, s->terms->first + (day)i);
        f.base.k += 2 * (uint64_t)off[i];
    }
    for (size_t i = 0; i < s->n; i++) {
        int64_t on = day_resolved(s, &s->marks[i]);

        f.seen.n += on >= 0;
        if (on < 0 || off[on] == 0)
            continue;
        f.seen.k++;
        concern(s, i);
    }
    if (f.base.k > 0 && f.base.k < 2 * (uint64_t)days)
        screen_judge(out, &f);
}

/* --- intervals --- */

enum {
    GRAINS = 30,    /* of time, in two intervals at the least */
    BY_FILE = 0,    /* intervals of the whole */
    BY_OUTLET = 32, /* of each outlet: the bits above the moment */
};

/* 60 where the file writes no seconds. */
static uint32_t grain_of(const struct screening *s)
{
    size_t seconds = 0;

    for (size_t i = 0; i < s->n; i++)
        seconds += s->marks[i].opened % 60 != 0;
    return seconds > s->n / 10 ? 1 : 60;
}

static struct sorted *openings_by(struct screening *s, bool outlets)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];
        uint64_t group = outlets ? m->outlet : 0;

        s->a[i] = (struct sorted){ group << 32 | m->opened, i };
    }
    return sorted_by_key(s->a, s->b, s->n, 6);
}

/* Three openings of one group and day, and time enough between them to tell. */
static bool are_near(const struct sorted *t, uint32_t grain)
{
    return t[0].key >> 32 == t[2].key >> 32 &&
           (uint32_t)t[0].key / SECONDS_OF_DAY ==
               (uint32_t)t[2].key / SECONDS_OF_DAY &&
           t[2].key - t[0].key >= (uint64_t)grain * GRAINS;
}

/* Neither interval is more than twice the other. */
static bool are_even(const struct sorted *t)
{
    uint64_t first = t[1].key - t[0].key;
    uint64_t second = t[2].key - t[1].key;

    return first <= 2 * second && second <= 2 * first;
}

/*
 * Where customers call independently of each other, the middle one of three
 * calls comes at any moment between the others alike, whatever the rate of the
 * hour: in the middle third 1 time in 3.  A clerk who takes one call after the
 * other makes it more even; 9 in 20 are let pass.
 */
static struct finding gaps_by(struct screening *s, bool outlets, bool mark)
{
    struct finding f = {
        outlets ? "records.role_outlet" : NULL, { 0 }, { 9, 20 }, 2
    };
    struct sorted *t = openings_by(s, outlets);
    uint32_t grain = grain_of(s);

    for (size_t i = 0; i + 2 < s->n; i++) {
        if (!are_near(t + i, grain))
            continue;
        f.seen.n++;
        if (!are_even(t + i))
            continue;
        f.seen.k++;
        if (mark)
            concern(s, t[i + 1].row);
    }
    return f;
}

void look_even_gaps(struct screening *s, struct screen_result *out)
{
    struct finding whole = gaps_by(s, false, false);
    struct finding each = gaps_by(s, true, true);

    if (finding_is_worse(&whole, &each)) {
        concern_none(s);
        each = gaps_by(s, false, true);
    }
    screen_judge(out, &each);
}

/* --- the last week --- */

enum { WEEK = 7, WEEKS_LEAST = 6 };

struct weeks {
    uint32_t days;
    uint32_t last; /* the first day of the week before the audit */
};

/* The week before the audit, or the period's last. */
static struct weeks weeks_of(const struct screens_terms *t)
{
    int64_t end = t->last;

    if (t->audit != DAY_NONE && t->audit <= t->last && t->audit > t->first)
        end = t->audit - 1;
    return (struct weeks){
        (uint32_t)(t->last - t->first) + 1,
        end - t->first < WEEK ? 0 : (uint32_t)(end - t->first - WEEK + 1),
    };
}

static bool is_last_week(const struct weeks *w, int64_t on)
{
    return on >= w->last && on < (int64_t)w->last + WEEK;
}

static int64_t day_opened(const struct screening *s, const struct mark *m)
{
    return (int64_t)m->opened / SECONDS_OF_DAY - s->terms->first;
}

static int64_t day_of(const struct screening *s, const struct mark *m,
                      bool resolved)
{
    return resolved ? day_resolved(s, m) : day_opened(s, m);
}

/* Tickets of the fullest seven days outside of the last week. */
static uint64_t fullest_other(const uint32_t *days, const struct weeks *w)
{
    uint64_t most = 0;

    for (uint32_t from = 0; from + WEEK <= w->days; from++) {
        uint64_t sum = 0;

        for (uint32_t i = from; i < from + WEEK; i++)
            sum += is_last_week(w, i) ? 0 : days[i];
        most = sum > most ? sum : most;
    }
    return most;
}

/* The fullest of the other weeks, or two usual ones and a half. */
static struct finding burst_of(const struct screening *s, const struct weeks *w,
                               bool resolved)
{
    uint32_t *days = s->tallies[0];
    struct finding f = {
        resolved ? "records.role_resolved" : "records.role_opened",
        { 0 },
        { 0 },
        2,
    };
    uint64_t most;
    uint64_t usual;

    memset(days, 0, WORDS_MAX * sizeof *days);
    for (size_t i = 0; i < s->n; i++) {
        int64_t on = day_of(s, &s->marks[i], resolved);

        if (on < 0)
            continue;
        days[on]++;
        f.seen.n++;
        f.seen.k += is_last_week(w, on);
    }
    most = fullest_other(days, w);
    usual = UINT64_C(5) * WEEK * (f.seen.n - f.seen.k) /
                (UINT64_C(2) * (w->days - WEEK)) +
            1;
    f.base = (struct screen_rate){ most > usual ? most : usual, f.seen.n };
    return f;
}

static bool can_be_judged(const struct finding *f)
{
    return f->base.k > 0 && f->base.k < f->base.n;
}

void look_burst(struct screening *s, struct screen_result *out)
{
    struct weeks w = weeks_of(s->terms);
    bool resolved = false;
    struct finding f;
    struct finding other;

    if (w.days < WEEKS_LEAST * WEEK)
        return;
    f = burst_of(s, &w, false);
    other = burst_of(s, &w, true);
    if (can_be_judged(&other) &&
        (!can_be_judged(&f) || finding_is_worse(&other, &f))) {
        f = other;
        resolved = true;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (is_last_week(&w, day_of(s, &s->marks[i], resolved)))
            concern(s, i);
    }
    if (can_be_judged(&f))
        screen_judge(out, &f);
}
