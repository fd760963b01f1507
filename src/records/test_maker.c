#include "records/test_maker.h"

#include "base/check.h"
#include "records/hours.h"

#include <string.h>

/* Seconds. */
#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

enum { SHARE = 10000 };

const struct week maker_weeks[MAKER_WEEKS] = {
    { .days = { { 540, 1080 },
                { 540, 1080 },
                { 540, 1080 },
                { 540, 1080 },
                { 540, 1080 } } },
    { .days = { { 510, 1080 },
                { 510, 1080 },
                { 510, 1080 },
                { 510, 1080 },
                { 510, 1080 },
                { 510, 1080 } } },
    { .days = { { 480, 1200 },
                { 480, 1200 },
                { 480, 1200 },
                { 480, 1200 },
                { 480, 1200 },
                { 480, 1200 },
                { 480, 1200 } },
      .holidays = true },
};

/* Calls in each hour of the day. */
static const uint32_t hour_weights[24] = { 2,  1,  1,  1,  1,  2,  5,  14,
                                           40, 80, 90, 75, 45, 55, 80, 80,
                                           70, 50, 30, 22, 18, 12, 6,  3 };

/* --- chance --- */

/* splitmix64 (S. Vigna) */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t next(struct maker *m)
{
    return mixed(m->state += UINT64_C(0x9e3779b97f4a7c15));
}

static uint32_t below(struct maker *m, uint32_t n)
{
    return (uint32_t)((next(m) >> 32) * n >> 32);
}

static uint32_t between(struct maker *m, uint32_t low, uint32_t high)
{
    return low + below(m, high - low + 1);
}

static bool happens(struct maker *m, uint32_t share)
{
    return below(m, SHARE) < share;
}

/* -ln(u) in 2^-16, u uniform: log2(1 + f) is f (1.3436 - 0.3436 f) but for 0.8
 * per cent of a bit. */
static uint64_t exponential(struct maker *m)
{
    uint32_t u = (uint32_t)(next(m) >> 32) | 1;
    unsigned whole = 31U - (unsigned)__builtin_clz(u);
    uint64_t f = (uint64_t)u << (32U - whole) & UINT32_MAX; /* 2^-32 */
    uint64_t bent;

    f >>= 16;
    bent = f * (88054 - (22518 * f >> 16)) >> 16;
    return (((UINT64_C(32) << 16) - ((uint64_t)whole << 16) - bent) * 45426) >>
           16;
}

/* `median` times 2^x, x normal with a deviation of `bits` 256ths. */
static int64_t spread(struct maker *m, int64_t median, int64_t bits)
{
    uint64_t u = next(m);
    int64_t sum = (int64_t)((u & 0xffff) + (u >> 16 & 0xffff) +
                            (u >> 32 & 0xffff) + (u >> 48)) -
                  131070;
    int64_t x = sum * bits * 256 / 37837; /* 2^-16 */
    int64_t whole = x >> 16;
    int64_t f = x & 0xffff;
    int64_t grown = median * (65536 + (f * (43018 + (22518 * f >> 16)) >> 16));

    return whole >= 0 ? grown << whole >> 16 : grown >> (16 - whole);
}

/* --- habits [MK2] --- */

static uint32_t root_of(uint64_t x)
{
    uint64_t low = 0;
    uint64_t high = UINT64_C(1) << 32;

    while (high - low > 1) {
        uint64_t middle = (low + high) / 2;

        if (middle * middle <= x)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t days_for(uint32_t tickets)
{
    if (tickets < 1000)
        return 61;
    return tickets < 5000 ? 184 : 365;
}

static void draw_satisfaction(struct maker *m, struct maker_habits *h)
{
    h->answers = between(m, 2000, 7000);
    h->scale_high = 5;
    h->other_marks = between(m, 500, 4000);
    if (below(m, 3) > 0)
        return;
    h->scale_high = 3; /* satisfied, neither, not */
    h->other_marks = between(m, 300, 1000);
}

static void draw_habits(struct maker *m, uint32_t tickets)
{
    struct maker_habits *h = &m->habits;

    h->days = days_for(tickets);
    h->last = 20453; /* 2025-12-31 */
    h->first = h->last - (day)h->days + 1;
    h->outlets = between(m, 3, 6) * root_of(tickets) / 22 + 1;
    if (h->outlets >= MAKER_OUTLETS_MAX)
        h->outlets = MAKER_OUTLETS_MAX - 1;
    h->night_outlets = below(m, 5) < 2 ? h->outlets / 10 + 1 : 0;
    h->week = below(m, MAKER_WEEKS);
    h->off_weight = between(m, 15, 60);
    h->surge_first = below(m, h->days);
    h->surge_weight = below(m, 10) < 3 ? between(m, 150, 300) : 100;
    h->rounds = between(m, 0, 3000);
    h->slips = between(m, 0, 50);
    h->companies = between(m, 0, 200);
    h->batches = between(m, 0, 100);
    h->closes = below(m, 5) == 0 ? between(m, 0, 1500) : 0;
    h->seconds = below(m, 2) == 0;
    draw_satisfaction(m, h);
}

static uint32_t weight_of_day(struct maker *m, uint32_t on)
{
    const struct maker_habits *h = &m->habits;
    day d = h->first + (day)on;
    uint32_t weight = 85 + (uint32_t)(mixed((uint64_t)(d / 30)) % 31);

    if (m->off[on])
        weight = weight * h->off_weight / 100;
    if (day_weekday(d) == 0)
        weight = weight * 115 / 100;
    if (on >= h->surge_first && on < h->surge_first + 10)
        weight = weight * h->surge_weight / 100;
    return weight;
}

static uint32_t weight_of_hour(const struct maker *m, uint32_t hour)
{
    bool night = hour < 6 || hour > 21;

    return hour_weights[hour] * (night && m->habits.night_outlets > 0 ? 4 : 1);
}

static void draw_days(struct maker *m)
{
    uint64_t day_weight = 0;
    uint64_t all = 0;

    for (uint32_t hour = 0; hour < 24; hour++)
        day_weight += weight_of_hour(m, hour);
    for (uint32_t i = 0; i < m->habits.days; i++) {
        int64_t minute = ((int64_t)m->habits.first + i) * 1440;

        m->off[i] = hours_between(m->hours, minute, minute + 1440) == 0;
        m->weights[i] = weight_of_day(m, i);
        all += m->weights[i] * day_weight;
    }
    /* 2^-16 of a weight, so that the finest file has steps */
    m->step = (all << 16) / m->wanted;
}

/* An outlet's share of the tickets: that of u^2 outlets. */
static void draw_persons(struct maker *m)
{
    uint32_t n = m->habits.outlets;
    uint32_t persons = 1;

    for (uint32_t i = 0; i < n; i++) {
        uint64_t share = root_of((uint64_t)(i + 1) * 1000000 / n * 1000000) -
                         root_of((uint64_t)i * 1000000 / n * 1000000);
        uint64_t a_day =
            share * m->wanted / 1000000 * 10 / (7 * (uint64_t)m->habits.days);

        m->by_outlet[i].first_person = persons;
        m->by_outlet[i].persons = (uint32_t)a_day / 3 + 1;
        if (persons + m->by_outlet[i].persons >= MAKER_PERSONS_MAX)
            m->by_outlet[i].persons = 1;
        persons += m->by_outlet[i].persons;
        check(persons < MAKER_PERSONS_MAX);
    }
}

static void write_two(char *p, uint32_t n)
{
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
}

static void write_dates(struct maker *m)
{
    for (uint32_t i = 0; i < m->habits.days + 40; i++) {
        struct date d = date_of_day(m->habits.first - 10 + (day)i);
        char *p = m->dates[i];

        write_two(p, (uint32_t)d.year / 100);
        write_two(p + 2, (uint32_t)d.year % 100);
        p[4] = p[7] = '-';
        write_two(p + 5, (uint32_t)d.month);
        write_two(p + 8, (uint32_t)d.mday);
        p[10] = ' ';
    }
}

void maker_init(struct maker *m, uint64_t seed, uint32_t tickets,
                const struct hours *const hours[static MAKER_WEEKS])
{
    memset(m, 0, sizeof *m);
    m->state = mixed(seed + 1);
    m->wanted = tickets;
    draw_habits(m, tickets);
    m->hours = hours[m->habits.week];
    draw_days(m);
    draw_persons(m);
    write_dates(m);
}

struct screens_terms maker_terms(const struct maker *m)
{
    return (struct screens_terms){
        .first = m->habits.first,
        .last = m->habits.last,
        .audit = DAY_NONE,
        .scale_low = 1,
        .scale_high = m->habits.scale_high,
        .hours = m->hours,
    };
}

/* --- openings --- */

/* Customers call independently of each other: the weight until the next call is
 * exponential.  False when the period is over. */
static bool next_opening(struct maker *m, int64_t *out)
{
    uint64_t step = (exponential(m) * (m->step >> 16)) +
                    (exponential(m) * (m->step & 0xffff) >> 16);

    for (;;) {
        uint64_t hour;

        if (m->on == m->habits.days)
            return false;
        hour = (uint64_t)m->weights[m->on] * weight_of_hour(m, m->hour) << 16;
        if (m->gone + step < hour) {
            m->gone += step;
            *out = ((int64_t)m->habits.first + m->on) * DAY +
                   (int64_t)m->hour * HOUR + (int64_t)(m->gone * 3600 / hour);
            return true;
        }
        step -= hour - m->gone;
        m->gone = 0;
        m->hour++;
        if (m->hour == 24) {
            m->hour = 0;
            m->on++;
        }
    }
}

/* --- work --- */

static bool is_off(const struct maker *m, int64_t moment)
{
    int64_t on = moment / DAY - m->habits.first;

    return on >= 0 && on < m->habits.days && m->off[on];
}

/* The next moment at which somebody works, from then on. */
static int64_t at_work(struct maker *m, int64_t moment)
{
    int64_t of_day = moment % DAY;

    if (of_day >= 19 * HOUR || (is_off(m, moment) && !happens(m, 2000)))
        moment += DAY - of_day + 8 * HOUR + below(m, 3600);
    else if (of_day < 8 * HOUR)
        moment += 8 * HOUR - of_day + below(m, 3600);
    while (is_off(m, moment) && !happens(m, 1000))
        moment += DAY;
    return moment;
}

static int64_t rounded(struct maker *m, int64_t moment)
{
    uint32_t how = below(m, 20);
    int64_t to = how < 12 ? 5 * MINUTE : how < 17 ? 15 * MINUTE : 30 * MINUTE;

    if (!happens(m, m->habits.rounds))
        return m->habits.seconds ? moment : moment / MINUTE * MINUTE;
    return (moment + to / 2) / to * to;
}

static int64_t later_of(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

static bool is_night_outlet(const struct maker *m, uint32_t outlet)
{
    return outlet + m->habits.night_outlets >= m->habits.outlets;
}

static uint32_t draw_outlet(struct maker *m, int64_t opened)
{
    const struct maker_habits *h = &m->habits;
    int64_t hour = opened % DAY / HOUR;
    uint64_t u = below(m, 65536);

    if (h->night_outlets > 0 && (hour < 6 || hour > 21) && happens(m, 8000))
        return h->outlets - 1 - below(m, h->night_outlets);
    return (uint32_t)(u * u * h->outlets >> 32);
}

/* Of two, who is free first. */
static uint32_t draw_person(struct maker *m, uint32_t outlet)
{
    const struct maker_outlet *o = &m->by_outlet[outlet];
    uint32_t x = o->first_person + below(m, o->persons);
    uint32_t y = o->first_person + below(m, o->persons);

    return m->busy[x] <= m->busy[y] ? x : y;
}

static void visit(struct maker *m, struct ticket *t)
{
    int64_t from = at_work(m, t->responded + spread(m, 150 * MINUTE, 300));

    from =
        at_work(m, later_of(from, m->busy[t->person] + between(m, 600, 2400)));
    t->arrived = later_of(rounded(m, from), t->responded);
    t->resolved =
        rounded(m, t->arrived + 8 * MINUTE + spread(m, 45 * MINUTE, 220));
    t->resolved = later_of(t->resolved, t->arrived);
    m->busy[t->person] = t->resolved;
    if (happens(m, 700)) /* fetched a part, and saw somebody else meanwhile */
        t->resolved = rounded(m, t->resolved + between(m, 1, 4) * HOUR);
    else if (happens(m, 500)) /* a part has to come */
        t->resolved = rounded(m, at_work(m, t->resolved + spread(m, DAY, 256)));
}

static void from_afar(struct maker *m, struct ticket *t, bool night)
{
    int64_t until = t->responded + spread(m, 25 * MINUTE, 350);

    if (happens(m, m->habits.closes)) {
        t->resolved = later_of(t->opened + DAY, t->responded);
        return;
    }
    if (until / DAY != t->responded / DAY || until % DAY > 20 * HOUR)
        until = night ? until : at_work(m, until);
    t->resolved = later_of(rounded(m, until), t->responded);
}

static void work(struct maker *m, struct ticket *t, uint32_t outlet)
{
    bool night = is_night_outlet(m, outlet);
    int64_t heard = t->opened + spread(m, 12 * MINUTE, 300);

    t->responded = night ? heard : at_work(m, heard);
    if (!m->habits.seconds)
        t->responded = later_of(t->responded / MINUTE * MINUTE, t->opened);
    if (!night && happens(m, 6000))
        visit(m, t);
    else
        from_afar(m, t, night);
}

static void slip(struct maker *m, struct ticket *t)
{
    if (!happens(m, m->habits.slips))
        return;
    if (t->arrived != MOMENT_NONE && below(m, 2) == 0)
        t->arrived = t->resolved + between(m, 60, 6000);
    else
        t->resolved -= DAY;
}

/* --- who --- */

static uint64_t named(uint64_t kind, uint64_t number)
{
    return mixed(kind << 40 ^ (number + 1));
}

static void draw_customer(struct maker *m, struct ticket *t)
{
    uint32_t who = below(m, m->wanted * 2 / 3 + 1);
    uint32_t family = who / 3;

    t->customer = named(1, who);
    t->phone = named(2, mixed(family) % 10 == 0 ? family : m->wanted + who);
    if (happens(m, m->habits.companies))
        t->phone = named(3, below(m, m->wanted / 2000 + 1));
    if (happens(m, 300))
        t->phone = 0;
}

/* The share of other marks, by outlet and person from 6 to 15 tenths. */
static uint32_t other_marks_of(const struct maker *m, const struct ticket *t)
{
    uint32_t outlet = 80 + (uint32_t)(named(4, t->outlet) % 41);
    uint32_t person = 80 + (uint32_t)(named(5, t->person) % 41);

    return m->habits.other_marks * outlet / 100 * person / 100;
}

static void draw_mark(struct maker *m, struct ticket *t)
{
    int16_t high = m->habits.scale_high;

    if (t->resolved == MOMENT_NONE || !happens(m, m->habits.answers))
        return;
    t->satisfaction = high;
    if (!happens(m, other_marks_of(m, t)))
        return;
    t->satisfaction = (int16_t)(high - 1);
    while (t->satisfaction > 1 && happens(m, 3000))
        t->satisfaction--;
}

static void end_period(const struct maker *m, struct ticket *t)
{
    int64_t end = ((int64_t)m->habits.last + 1) * DAY;

    if (t->responded >= end)
        t->responded = MOMENT_NONE;
    if (t->arrived >= end)
        t->arrived = MOMENT_NONE;
    if (t->resolved >= end)
        t->resolved = MOMENT_NONE;
}

static void give(struct maker *m, const struct ticket *t, struct ticket *out)
{
    *out = *t;
    out->number = named(6, m->made);
    out->at = UINT64_C(120) + (uint64_t)m->made * 160;
    m->made++;
}

/* One more device of an order: nobody asks about each how they liked it. */
static bool next_of_batch(struct maker *m, struct ticket *out)
{
    if (m->batch == 0)
        return false;
    m->batch--;
    give(m, &m->first, out);
    out->satisfaction = SATISFACTION_NONE;
    return true;
}

bool maker_next(struct maker *m, struct ticket *out)
{
    struct ticket t = TICKET_NONE;
    uint32_t outlet;

    if (next_of_batch(m, out))
        return true;
    if (!next_opening(m, &t.opened))
        return false;
    if (!m->habits.seconds)
        t.opened = t.opened / MINUTE * MINUTE;
    outlet = draw_outlet(m, t.opened);
    t.outlet = (uint16_t)(outlet + 1);
    t.person = (uint16_t)draw_person(m, outlet);
    t.product = (uint16_t)(1 + below(m, 12));
    t.trade = (uint16_t)(1 + below(m, 5));
    t.visits = 1;
    work(m, &t, outlet);
    slip(m, &t);
    end_period(m, &t);
    draw_customer(m, &t);
    draw_mark(m, &t);
    give(m, &t, out);
    m->first = t;
    m->batch = happens(m, m->habits.batches) ? between(m, 1, 12) : 0;
    return true;
}
