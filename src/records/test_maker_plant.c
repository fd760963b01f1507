/* Making records up, each way at modest strength: most of the file stays
 * honest. */

#include "records/test_maker.h"

#include "base/check.h"

/* Seconds. */
#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

enum { MONTHS = 30 };

struct plant {
    uint64_t state;
    const struct maker *maker;
    struct ticket *t;
    size_t n;
};

static uint32_t below(struct plant *p, uint32_t n)
{
    uint64_t z = p->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z >> 32) * n >> 32);
}

static bool one_in(struct plant *p, uint32_t share)
{
    return below(p, 100) < share;
}

static void move_moment(int64_t *moment, int64_t by)
{
    if (*moment != MOMENT_NONE)
        *moment += by;
}

/* The ticket as a whole. */
static void move(struct ticket *t, int64_t by)
{
    move_moment(&t->opened, by);
    move_moment(&t->responded, by);
    move_moment(&t->arrived, by);
    move_moment(&t->resolved, by);
}

/* Resolved at a moment, and what came before it not after it. */
static void resolve_at(struct ticket *t, int64_t moment)
{
    t->resolved = moment;
    if (t->arrived != MOMENT_NONE && t->arrived > moment)
        t->arrived = moment;
    if (t->responded != MOMENT_NONE && t->responded > moment)
        t->responded = moment;
}

/* --- times --- */

static void plant_order(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->t[i].resolved != MOMENT_NONE && one_in(p, 3))
            p->t[i].resolved =
                p->t[i].opened - (int64_t)(5 + below(p, 300)) * MINUTE;
    }
}

/* One block of 1 in 20 rows, 25 at the least, stands for a later one too. */
static void plant_blocks(struct plant *p)
{
    size_t rows = p->n / 20 < 25 ? 25 : p->n / 20;
    size_t from = below(p, (uint32_t)(p->n / 2 - rows));
    size_t to = p->n / 2 + below(p, (uint32_t)(p->n / 2 - rows));
    int64_t by = p->t[to].opened / DAY * DAY - p->t[from].opened / DAY * DAY;

    for (size_t i = 0; i < rows; i++) {
        struct ticket copy = p->t[from + i];
        const struct ticket *was = &p->t[to + i];

        move(&copy, by);
        copy.at = was->at;
        copy.number = was->number;
        copy.customer = was->customer;
        copy.phone = was->phone;
        copy.satisfaction = was->satisfaction;
        p->t[to + i] = copy;
    }
}

static void plant_round(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct ticket *t = &p->t[i];

        if (t->resolved != MOMENT_NONE && one_in(p, 30))
            t->resolved = (t->resolved / HOUR * 2 + 1) * HOUR / 2 +
                          (below(p, 2) == 0 ? HOUR / 2 : 0);
    }
}

static void plant_digits(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct ticket *t = &p->t[i];

        if (t->resolved != MOMENT_NONE && one_in(p, 35))
            resolve_at(t, t->resolved / (10 * MINUTE) * (10 * MINUTE) +
                              (below(p, 2) == 0 ? 3 : 7) * MINUTE);
    }
}

static void plant_same_duration(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->t[i].resolved != MOMENT_NONE && one_in(p, 20))
            resolve_at(&p->t[i], p->t[i].opened + 2 * HOUR);
    }
}

/* --- rhythm --- */

static void plant_nights(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct ticket *t = &p->t[i];

        if (t->resolved != MOMENT_NONE && one_in(p, 7))
            t->resolved = t->resolved / DAY * DAY + DAY + HOUR +
                          (int64_t)below(p, 4 * 3600);
    }
}

static void plant_days_off(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (one_in(p, 85))
            move_moment(&p->t[i].resolved, (int64_t)below(p, 7) * DAY);
    }
}

static bool is_same_day(const struct ticket *x, const struct ticket *y)
{
    return x->opened / DAY == y->opened / DAY;
}

/* The openings of one day (of an outlet, or of all when it is 0), a tenth of
 * the interval off at the most. */
static void space_evenly(struct plant *p, size_t from, size_t to,
                         uint16_t outlet)
{
    int64_t step;
    int64_t moment;
    uint32_t n = 0;

    for (size_t i = from; i < to; i++)
        n += outlet == 0 || p->t[i].outlet == outlet;
    if (n == 0)
        return;
    step = 9 * HOUR / n;
    moment = p->t[from].opened / DAY * DAY + 8 * HOUR + HOUR / 2;
    for (size_t i = from; i < to; i++) {
        if (outlet != 0 && p->t[i].outlet != outlet)
            continue;
        move(&p->t[i], (moment + step * (int64_t)(below(p, 200)) / 1000 -
                        p->t[i].opened) /
                           MINUTE * MINUTE);
        moment += step;
    }
}

/* Half of the days: of the whole file, or where calls come too fast for that,
 * of each outlet. */
static void plant_even_gaps(struct plant *p)
{
    bool by_outlet = p->n > 20000;
    size_t to;

    for (size_t from = 0; from < p->n; from = to) {
        to = from + 1;
        while (to < p->n && is_same_day(&p->t[from], &p->t[to]))
            to++;
        if (one_in(p, 50))
            continue;
        if (!by_outlet)
            space_evenly(p, from, to, 0);
        for (uint32_t o = 1; by_outlet && o <= p->maker->habits.outlets; o++)
            space_evenly(p, from, to, (uint16_t)o);
    }
}

/* Tickets of other weeks stand in the last one, which is more than three times
 * as full then. */
static void plant_burst(struct plant *p)
{
    const struct maker_habits *h = &p->maker->habits;
    uint32_t share = 10000 * 7 * 5 / 2 / h->days;

    for (size_t i = 0; i < p->n; i++) {
        struct ticket *t = &p->t[i];
        int64_t to = h->last - (int64_t)below(p, 7);

        if (below(p, 10000) < share)
            move(t, (to - t->opened / DAY) * DAY);
    }
}

/* --- people --- */

static void plant_phones(struct plant *p)
{
    uint32_t phones = (uint32_t)(p->n * 6 / 100 / 12 + 1);

    for (size_t i = 0; i < p->n; i++) {
        if (one_in(p, 6))
            p->t[i].phone = UINT64_C(0xabc0000000001) * (1 + below(p, phones));
    }
}

/* One visit of five is begun by whoever began the one before it a little
 * earlier. */
static void plant_overlap(struct plant *p)
{
    const struct ticket *before = NULL;

    for (size_t i = 0; i < p->n; i++) {
        struct ticket *t = &p->t[i];

        if (t->arrived == MOMENT_NONE || t->resolved == MOMENT_NONE)
            continue;
        if (before != NULL && before->arrived >= t->opened && one_in(p, 25)) {
            int64_t by = before->arrived - t->arrived +
                         (int64_t)(2 + below(p, 9)) * MINUTE;

            t->person = before->person;
            t->arrived += by;
            t->resolved += by;
        }
        before = t;
    }
}

/* --- satisfaction --- */

static bool has_mark(const struct ticket *t)
{
    return t->satisfaction != SATISFACTION_NONE;
}

/* Of other marks, one in fifty is left. */
static void plant_one_mark(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (has_mark(&p->t[i]) && !one_in(p, 2))
            p->t[i].satisfaction = p->maker->habits.scale_high;
    }
}

/* The greatest outlet has the best mark only. */
static void plant_group_mark(struct plant *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (has_mark(&p->t[i]) && p->t[i].outlet == 1)
            p->t[i].satisfaction = p->maker->habits.scale_high;
    }
}

static size_t month_of(const struct plant *p, const struct ticket *t)
{
    struct date first = date_of_day(p->maker->habits.first);
    struct date date = date_of_day((day)(t->opened / DAY));

    return (size_t)((date.year - first.year) * 12 + date.month - first.month);
}

/* Each month has the same share of best marks, to the answer. */
static void plant_even_months(struct plant *p)
{
    uint64_t answers[MONTHS] = { 0 };
    uint64_t best[MONTHS] = { 0 };
    uint64_t all = 0;
    uint64_t all_best = 0;

    for (size_t i = 0; i < p->n; i++) {
        bool is_best = p->t[i].satisfaction == p->maker->habits.scale_high;

        check(month_of(p, &p->t[i]) < MONTHS);
        answers[month_of(p, &p->t[i])] += has_mark(&p->t[i]);
        all += has_mark(&p->t[i]);
        all_best += is_best;
    }
    for (size_t i = 0; i < MONTHS; i++)
        best[i] = all == 0 ? 0 : (answers[i] * all_best + all / 2) / all;
    for (size_t i = 0; i < p->n; i++) {
        uint64_t *left = &best[month_of(p, &p->t[i])];

        if (!has_mark(&p->t[i]))
            continue;
        p->t[i].satisfaction = p->maker->habits.scale_high;
        if (*left == 0)
            p->t[i].satisfaction--;
        else
            (*left)--;
    }
}

void maker_plant(struct maker *m, enum screen screen, struct ticket *t,
                 size_t n)
{
    struct plant p = { m->state, m, t, n };

    check(n > 100);
    switch (screen) {
    case SCREEN_ORDER: plant_order(&p); break;
    case SCREEN_BLOCKS: plant_blocks(&p); break;
    case SCREEN_ROUND: plant_round(&p); break;
    case SCREEN_NIGHTS: plant_nights(&p); break;
    case SCREEN_DAYS_OFF: plant_days_off(&p); break;
    case SCREEN_PHONES: plant_phones(&p); break;
    case SCREEN_EVEN_GAPS: plant_even_gaps(&p); break;
    case SCREEN_SAME_DURATION: plant_same_duration(&p); break;
    case SCREEN_BURST: plant_burst(&p); break;
    case SCREEN_DIGITS: plant_digits(&p); break;
    case SCREEN_ONE_MARK: plant_one_mark(&p); break;
    case SCREEN_GROUP_MARK: plant_group_mark(&p); break;
    case SCREEN_EVEN_MONTHS: plant_even_months(&p); break;
    case SCREEN_OVERLAP: plant_overlap(&p); break;
    case SCREEN_COUNT: break;
    }
}
