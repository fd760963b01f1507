/* Screens of satisfaction: customers differ, and so do months. */

#include "records/screens_parts.h"

#include "base/day.h"
#include "records/figures.h"

#include <string.h>

__extension__ typedef __int128 i128;

enum { MARKS = MARK_SATISFACTION_NONE };

static uint8_t mark_of(const struct mark *m)
{
    return (uint8_t)m->satisfaction;
}

/* Answers, and those of the commonest mark. */
static struct screen_rate commonest_of(const struct screening *s,
                                       uint8_t *commonest)
{
    uint64_t counts[MARKS + 1] = { 0 };
    struct screen_rate rate = { 0 };

    for (size_t i = 0; i < s->n; i++)
        counts[mark_of(&s->marks[i])]++;
    *commonest = 0;
    for (size_t i = 0; i < MARKS; i++) {
        rate.n += counts[i];
        if (counts[i] <= rate.k)
            continue;
        rate.k = counts[i];
        *commonest = (uint8_t)i;
    }
    return rate;
}

/* --- the whole --- */

/* Of honest answers 97 in 100 are the same at the most. */
void look_one_mark(struct screening *s, struct screen_result *out)
{
    uint8_t commonest;
    struct finding f = { "records.role_satisfaction", { 0 }, { 97, 100 }, 1 };

    f.seen = commonest_of(s, &commonest);
    for (size_t i = 0; i < s->n; i++) {
        if (f.seen.k > 0 && mark_of(&s->marks[i]) == commonest)
            concern(s, i);
    }
    screen_judge(out, &f);
}

/* --- an outlet or a person --- */

static uint32_t group_of(const struct mark *m, bool persons)
{
    return persons ? m->person : m->outlet;
}

/*
 * Of the groups whose answers all are the commonest mark, the one with most
 * answers.  Of the others' answers a share is another mark; the best of honest
 * groups is let have three fifths of that.
 */
static struct finding group_mark_of(const struct screening *s, bool persons,
                                    uint32_t *group)
{
    uint32_t *answers = s->tallies[0];
    uint32_t *same = s->tallies[1];
    uint32_t groups = persons ? s->persons : s->outlets;
    uint8_t commonest;
    struct screen_rate all = commonest_of(s, &commonest);
    struct finding f = {
        persons ? "records.role_person" : "records.role_outlet",
        { 0 },
        { 0 },
        2 * groups,
    };

    memset(answers, 0, groups * sizeof *answers);
    memset(same, 0, groups * sizeof *same);
    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];
        uint32_t g = group_of(m, persons);

        answers[g] += mark_of(m) != MARK_SATISFACTION_NONE;
        same[g] += mark_of(m) == commonest;
    }
    for (uint32_t g = 1; g < groups; g++) {
        if (answers[g] == 0 || answers[g] != same[g] || answers[g] <= f.seen.n)
            continue;
        f.seen = (struct screen_rate){ same[g], answers[g] };
        f.base.n = 5 * (all.n - answers[g]);
        f.base.k = f.base.n - 3 * (all.n - all.k);
        *group = g;
    }
    return f;
}

static bool is_judged(const struct finding *f)
{
    return f->base.k > 0 && f->base.k < f->base.n;
}

/* Are there answers of groups at all? */
static struct finding nothing_found(const struct screening *s)
{
    uint8_t commonest;
    struct screen_rate all = commonest_of(s, &commonest);
    uint32_t groups = s->outlets > s->persons ? s->outlets : s->persons;

    return (struct finding){
        "records.role_satisfaction", { 0, all.n }, { 97, 100 }, 2 * groups
    };
}

void look_group_mark(struct screening *s, struct screen_result *out)
{
    bool persons = false;
    uint32_t group = 0;
    uint32_t person = 0;
    struct finding f = group_mark_of(s, false, &group);
    struct finding other = group_mark_of(s, true, &person);

    if (is_judged(&other) && (!is_judged(&f) || finding_is_worse(&other, &f))) {
        f = other;
        group = person;
        persons = true;
    }
    if (!is_judged(&f)) {
        f = nothing_found(s);
        if (s->outlets > 2 || s->persons > 2)
            screen_judge(out, &f);
        return;
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];

        if (group_of(m, persons) == group &&
            mark_of(m) != MARK_SATISFACTION_NONE)
            concern(s, i);
    }
    screen_judge(out, &f);
}

/* --- month after month --- */

enum { SPREAD_LEAST = 16 };

/* The month of each day of the period, from 0. */
static void number_months(const struct screening *s, uint32_t *months)
{
    int32_t first = period_month(s->terms->first);

    for (day d = s->terms->first; d <= s->terms->last; d++)
        months[d - s->terms->first] = (uint32_t)(period_month(d) - first);
}

static uint32_t month_of(const struct screening *s, const struct mark *m)
{
    return s
        ->tallies[0][m->opened / SECONDS_OF_DAY - (uint32_t)s->terms->first];
}

struct month_counts {
    uint64_t same;
    uint64_t answers;
    bool is_near;
};

/*
 * Is the month's count c of n within a quarter of its standard deviation, were
 * it drawn from all, K of N?  (c - nK/N)^2 <= nK(N - K) / 16 N^2, times N^2.
 */
static bool is_too_near(struct month_counts m, struct screen_rate all)
{
    int64_t apart = (int64_t)(m.same * all.n) - (int64_t)(m.answers * all.k);
    i128 spread = (i128)m.answers * (i128)all.k * (i128)(all.n - all.k);

    return (i128)apart * apart * 16 <= spread;
}

/* Is there spread enough in a month to be missed? */
static bool is_wide(struct month_counts m, struct screen_rate all)
{
    uint64_t missed = all.n - all.k;
    uint64_t expected = m.answers * missed / all.n; /* other marks */

    return expected * all.k / all.n >= SPREAD_LEAST;
}

static void count_months(const struct screening *s, uint8_t commonest,
                         struct month_counts *months)
{
    memset(months, 0, SCREENS_MONTHS_MAX * sizeof *months);
    for (size_t i = 0; i < s->n; i++) {
        struct month_counts *m = &months[month_of(s, &s->marks[i])];

        m->answers += mark_of(&s->marks[i]) != MARK_SATISFACTION_NONE;
        m->same += mark_of(&s->marks[i]) == commonest;
    }
}

/* A month in five is so near to the whole; one in four is let pass, for counts
 * are whole numbers. */
void look_even_months(struct screening *s, struct screen_result *out)
{
    struct month_counts months[SCREENS_MONTHS_MAX];
    uint8_t commonest;
    struct screen_rate all = commonest_of(s, &commonest);
    struct finding f = { "records.screen_months", { 0 }, { 1, 4 }, 1 };

    number_months(s, s->tallies[0]);
    count_months(s, commonest, months);
    for (size_t i = 0; i < SCREENS_MONTHS_MAX; i++) {
        if (months[i].answers == 0 || !is_wide(months[i], all))
            continue;
        f.seen.n++;
        months[i].is_near = is_too_near(months[i], all);
        f.seen.k += months[i].is_near;
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct month_counts *m = &months[month_of(s, &s->marks[i])];

        if (mark_of(&s->marks[i]) != MARK_SATISFACTION_NONE && m->is_near)
            concern(s, i);
    }
    screen_judge(out, &f);
}
