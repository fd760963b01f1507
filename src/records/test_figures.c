#include "records/test_figures.h"

#include "base/check.h"

enum { DAY_SECONDS = 86400, VALUES_MAX = 2000 };

/* --- one ticket --- */

static int64_t start_of(const struct figures_terms *t)
{
    return (int64_t)t->first * DAY_SECONDS;
}

static int64_t end_of(const struct figures_terms *t)
{
    return ((int64_t)t->last + 1) * DAY_SECONDS;
}

static bool inside(const struct figures_terms *t, int64_t moment)
{
    return moment != MOMENT_NONE && moment >= start_of(t) && moment < end_of(t);
}

static bool came(const struct figures_terms *t, const struct ticket *k,
                 int64_t moment)
{
    return moment != MOMENT_NONE && moment >= k->opened && moment < end_of(t);
}

static bool negative(const struct ticket *k, int64_t moment)
{
    return moment != MOMENT_NONE && moment < k->opened;
}

/* Working minutes of Monday to Friday, 9:00 to 18:00, day by day. */
static uint32_t minutes(int64_t from, int64_t to)
{
    uint32_t sum = 0;

    from /= 60;
    to /= 60;
    for (int64_t d = from / 1440; d <= to / 1440; d++) {
        int64_t low = d * 1440 + 540 > from ? d * 1440 + 540 : from;
        int64_t high = d * 1440 + 1080 < to ? d * 1440 + 1080 : to;

        if (day_weekday((day)d) < 5 && low < high)
            sum += (uint32_t)(high - low);
    }
    return sum;
}

static uint32_t month_of(const struct figures_terms *t, int64_t moment)
{
    struct date date = date_of_day((day)(moment / DAY_SECONDS));
    struct date first = date_of_day(t->first);

    return (uint32_t)((date.year - first.year) * 12 + date.month - first.month);
}

static bool in_group(const struct figures_terms *t, const struct ticket *k,
                     int64_t moment, enum figure_group kind, uint32_t index)
{
    uint32_t months = month_of(t, end_of(t) - 1) + 1;

    if (kind == GROUP_MONTH)
        return month_of(t, moment) == index;
    if (kind == GROUP_OUTLET_MONTH)
        return k->outlet == index / months &&
               month_of(t, moment) == index % months;
    if (kind == GROUP_OUTLET)
        return k->outlet == index;
    if (kind == GROUP_PRODUCT)
        return k->product == index;
    if (kind == GROUP_PERSON)
        return k->person == index;
    return kind == GROUP_TRADE ? k->trade == index : true;
}

/* --- shares --- */

static void mark(struct tally *t, enum figure_share share, bool applies,
                 bool hit)
{
    t->shares[share].n += applies;
    t->shares[share].k += applies && hit;
}

/* A promise in moments or minutes; `done` came or did not. */
static void promised(struct tally *out, enum figure_share share,
                     const struct figures_terms *t, const struct ticket *k,
                     const int64_t done_due[2], uint32_t promise)
{
    int64_t done = done_due[0];
    int64_t due = done_due[1];
    bool is_done = came(t, k, done);
    int64_t until = is_done ? done : end_of(t);
    bool late = due != MOMENT_NONE ? (is_done ? done > due : due < end_of(t))
                                   : minutes(k->opened, until) > promise;

    mark(out, share,
         !negative(k, done) && (due != MOMENT_NONE || promise > 0) &&
             (is_done || late),
         !late);
}

static bool repeated(const struct ticket *all, size_t n,
                     const struct figures_terms *t, const struct ticket *k)
{
    int64_t until = k->resolved / 60 + (int64_t)t->repeat_days * 1440;

    for (size_t i = 0; i < n; i++) {
        if (all[i].subject == k->subject && all[i].excluded != ANSWER_YES &&
            inside(t, all[i].opened) && all[i].opened / 60 > k->opened / 60 &&
            all[i].opened / 60 <= until)
            return true;
    }
    return false;
}

static void judge(struct tally *out, const struct ticket *all, size_t n,
                  const struct figures_terms *t, const struct ticket *k)
{
    bool judged =
        k->subject != 0 && came(t, k, k->resolved) &&
        k->resolved + (int64_t)t->repeat_days * DAY_SECONDS <= end_of(t);
    bool again = judged && repeated(all, n, t, k);

    mark(out, SHARE_FIRST_TIME, judged,
         !again && k->reopened == 0 && k->visits <= 1);
    mark(out, SHARE_RETURNED, judged && k->repair == ANSWER_YES, again);
}

static void shares_of(struct tally *out, const struct figures_terms *t,
                      const struct ticket *k)
{
    bool is_resolved = came(t, k, k->resolved);
    bool valid =
        k->satisfaction >= t->scale_low && k->satisfaction <= t->scale_high;
    const int64_t response[2] = { k->responded, k->response_due };
    const int64_t arrival[2] = { k->arrived, k->arrival_due };
    const int64_t resolution[2] = { k->resolved, k->due };

    mark(out, SHARE_RESOLVED, true, is_resolved);
    mark(out, SHARE_COMPLAINTS, k->complaint != ANSWER_UNKNOWN,
         k->complaint == ANSWER_YES);
    mark(out, SHARE_SATISFIED, valid, k->satisfaction >= t->satisfied);
    mark(out, SHARE_ANSWERED, is_resolved, valid);
    if (valid)
        out->score += (uint64_t)(k->satisfaction * 100 + k->hundredths);
    mark(out, SHARE_REOPENED, is_resolved && k->reopens_known == ANSWER_YES,
         k->reopened > 0);
    mark(out, SHARE_SECOND_VISIT, is_resolved && k->visits > 0, k->visits > 1);
    mark(out, SHARE_CALLED_BACK,
         is_resolved && k->called_back != ANSWER_UNKNOWN,
         k->called_back == ANSWER_YES);
    mark(out, SHARE_REACHED,
         is_resolved && k->called_back == ANSWER_YES &&
             k->reached != ANSWER_UNKNOWN,
         k->reached == ANSWER_YES);
    mark(out, SHARE_PARTS_FILLED, k->parts_asked > 0,
         k->parts_filled >= k->parts_asked);
    mark(out, SHARE_SAID_IN_TIME, k->said_in_time != ANSWER_UNKNOWN,
         k->said_in_time == ANSWER_YES);
    promised(out, SHARE_RESPONDED_IN_TIME, t, k, response, t->response_promise);
    promised(out, SHARE_ARRIVED_IN_TIME, t, k, arrival, 0);
    promised(out, SHARE_RESOLVED_IN_TIME, t, k, resolution,
             t->resolution_promise);
}

static void complaint_of(struct tally *out, const struct figures_terms *t,
                         const struct ticket *k)
{
    bool closed = k->resolved != MOMENT_NONE && k->resolved < end_of(t);
    bool wrong = k->opened != MOMENT_NONE && closed && negative(k, k->resolved);

    mark(out, SHARE_COMPLAINT_CLOSED, !wrong, closed);
    mark(out, SHARE_COMPLAINT_IN_TIME, !wrong, closed && k->resolved <= k->due);
}

/* --- spreads --- */

static struct spread spread_of(uint32_t *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = v[i];
        uint32_t k = i;

        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
    if (n == 0)
        return (struct spread){ 0 };
    return (struct spread){ n, v[(n * 5 + 9) / 10 - 1],
                            v[(n * 9 + 9) / 10 - 1] };
}

struct plain plain_figures(const struct ticket *tickets, size_t n,
                           const struct figures_terms *terms,
                           enum figure_group kind, uint32_t index)
{
    static uint32_t values[TIME_COUNT][VALUES_MAX];
    uint32_t counts[TIME_COUNT] = { 0 };
    struct plain out = { 0 };

    check(n <= VALUES_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct ticket *k = &tickets[i];

        if (k->excluded == ANSWER_YES)
            continue;
        if (k->complaint == ANSWER_YES && inside(terms, k->due) &&
            in_group(terms, k, k->due, kind, index))
            complaint_of(&out.tally, terms, k);
        if (!inside(terms, k->opened) ||
            !in_group(terms, k, k->opened, kind, index))
            continue;
        shares_of(&out.tally, terms, k);
        judge(&out.tally, tickets, n, terms, k);
        if (came(terms, k, k->responded))
            values[0][counts[0]++] = minutes(k->opened, k->responded);
        if (came(terms, k, k->resolved))
            values[1][counts[1]++] = minutes(k->opened, k->resolved);
    }
    for (size_t i = 0; i < TIME_COUNT; i++)
        out.times[i] = spread_of(values[i], counts[i]);
    return out;
}

/* --- drawing --- */

static uint32_t below(struct test_random *r, uint32_t n)
{
    return (uint32_t)test_random_below(r, n);
}

static enum ticket_answer answer(struct test_random *r)
{
    uint32_t which = below(r, 3);

    return (enum ticket_answer)which;
}

/* Mostly after the opening, sometimes before it, sometimes nothing. */
static int64_t later(struct test_random *r, int64_t opened, uint32_t days)
{
    uint32_t which = below(r, 10);

    if (which == 0)
        return MOMENT_NONE;
    if (which == 1)
        return opened - below(r, 3 * DAY_SECONDS);
    return opened + below(r, days * DAY_SECONDS);
}

static void draw_one(struct test_random *r, const struct figures_terms *terms,
                     struct ticket *t)
{
    uint32_t span = (uint32_t)(end_of(terms) - start_of(terms));

    *t = TICKET_NONE;
    t->opened = start_of(terms) - INT64_C(10) * DAY_SECONDS +
                (int64_t)below(r, span + 20 * DAY_SECONDS) / 600 * 600;
    t->responded = later(r, t->opened, 2);
    t->response_due = later(r, t->opened, 3);
    t->arrived = later(r, t->opened, 3);
    t->arrival_due = later(r, t->opened, 4);
    t->resolved = later(r, t->opened, 9);
    t->due = later(r, t->opened, 12);
    if (below(r, 3) == 0)
        t->due = t->response_due = MOMENT_NONE;
    t->subject = below(r, 150) * UINT64_C(0x9e3779b97f4a7c15);
    t->outlet = (uint16_t)below(r, 5);
    t->product = (uint16_t)below(r, 5);
    t->person = (uint16_t)below(r, 5);
    t->trade = (uint16_t)below(r, 5);
    t->satisfaction = (int16_t)(below(r, 8) - 1);
    t->hundredths = (uint16_t)below(r, 100);
    t->parts_asked = (uint16_t)below(r, 4);
    t->parts_filled = (uint16_t)below(r, 4);
    t->reopens_known = answer(r);
    t->reopened = t->reopens_known == ANSWER_YES && below(r, 5) == 0;
    t->visits = (uint16_t)below(r, 3);
    t->repair = answer(r);
    t->complaint = answer(r);
    t->called_back = answer(r);
    t->reached = answer(r);
    t->said_in_time = answer(r);
    t->excluded = below(r, 20) == 0 ? ANSWER_YES : ANSWER_UNKNOWN;
    if (below(r, 50) == 0)
        t->opened = MOMENT_NONE;
}

void plain_draw(struct test_random *r, const struct figures_terms *terms,
                struct ticket *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        draw_one(r, terms, &out[i]);
}
