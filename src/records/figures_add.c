/*
 * What a ticket counts, and where.  docs/kpi.md says it in words; each function
 * here is one of its paragraphs.
 */

#include "records/figures_parts.h"

#include "base/check.h"
#include "records/hours.h"

enum { HUNDREDTHS = 100 };

/* A ticket being counted: its moments cleaned, and its steps. */
struct counting {
    struct figures *f;
    const struct ticket *t;
    int64_t responded; /* MOMENT_NONE when after the period or negative */
    int64_t arrived;
    int64_t resolved;
    bool response_bad; /* it lay before the opening */
    bool arrival_bad;
    bool resolution_bad;
    struct steps steps;
};

static void count(struct counting *c, enum figure_share share, bool hit)
{
    step(&c->steps, share, hit);
}

/* The day of the period, counted from 0; false when outside of it. */
static bool day_in_period(const struct figures *f, int64_t moment,
                          uint32_t *out)
{
    int64_t start = (int64_t)f->terms.first * SECONDS_OF_DAY;

    if (moment < start || moment >= f->end)
        return false;
    *out = (uint32_t)((moment - start) / SECONDS_OF_DAY);
    return true;
}

/* [FG3]; what lies before the opening is a slip of the pen. */
static int64_t clean(struct counting *c, int64_t moment, bool *bad)
{
    if (moment == MOMENT_NONE || moment >= c->f->end)
        return MOMENT_NONE;
    if (moment >= c->t->opened)
        return moment;
    *bad = true;
    c->f->left_out[LEFT_NEGATIVE]++;
    return MOMENT_NONE;
}

static int64_t minute_of(int64_t moment)
{
    return moment / 60;
}

static uint32_t worked(const struct counting *c, int64_t until)
{
    return hours_between(c->f->terms.hours, minute_of(c->t->opened),
                         minute_of(until));
}

/* A promise to a moment: kept, broken, or not due yet. */
static void count_due(struct counting *c, enum figure_share share, int64_t done,
                      int64_t due)
{
    if (done != MOMENT_NONE)
        count(c, share, done <= due);
    else if (due < c->f->end)
        count(c, share, false);
}

/* Likewise of so many working minutes. */
static void count_within(struct counting *c, enum figure_share share,
                         int64_t done, uint32_t promise)
{
    if (done != MOMENT_NONE)
        count(c, share, worked(c, done) <= promise);
    else if (worked(c, c->f->end) > promise)
        count(c, share, false);
}

static void count_promises(struct counting *c)
{
    const struct ticket *t = c->t;
    const struct figures_terms *terms = &c->f->terms;

    if (!c->response_bad && t->response_due != MOMENT_NONE)
        count_due(c, SHARE_RESPONDED_IN_TIME, c->responded, t->response_due);
    else if (!c->response_bad && terms->response_promise > 0)
        count_within(c, SHARE_RESPONDED_IN_TIME, c->responded,
                     terms->response_promise);
    if (!c->arrival_bad && t->arrival_due != MOMENT_NONE)
        count_due(c, SHARE_ARRIVED_IN_TIME, c->arrived, t->arrival_due);
    if (!c->resolution_bad && t->due != MOMENT_NONE)
        count_due(c, SHARE_RESOLVED_IN_TIME, c->resolved, t->due);
    else if (!c->resolution_bad && terms->resolution_promise > 0)
        count_within(c, SHARE_RESOLVED_IN_TIME, c->resolved,
                     terms->resolution_promise);
}

/* Whether the answer is one; one outside of the scale is noted. */
static bool valid_answer(struct counting *c)
{
    const struct figures_terms *terms = &c->f->terms;
    int16_t s = c->t->satisfaction;

    if (s == SATISFACTION_NONE)
        return false;
    if (s >= terms->scale_low && s <= terms->scale_high)
        return true;
    c->f->left_out[LEFT_SCALE]++;
    return false;
}

static void count_resolved(struct counting *c, bool answered)
{
    const struct ticket *t = c->t;

    count(c, SHARE_ANSWERED, answered);
    if (t->reopens_known == ANSWER_YES)
        count(c, SHARE_REOPENED, t->reopened > 0);
    if (t->visits > 0)
        count(c, SHARE_SECOND_VISIT, t->visits > 1);
    if (t->called_back != ANSWER_UNKNOWN)
        count(c, SHARE_CALLED_BACK, t->called_back == ANSWER_YES);
    if (t->called_back == ANSWER_YES && t->reached != ANSWER_UNKNOWN)
        count(c, SHARE_REACHED, t->reached == ANSWER_YES);
}

static void count_answer(struct counting *c)
{
    const struct ticket *t = c->t;

    count(c, SHARE_SATISFIED, t->satisfaction >= c->f->terms.satisfied);
    c->steps.score = (uint32_t)t->satisfaction * HUNDREDTHS + t->hundredths;
}

static void count_plain(struct counting *c)
{
    const struct ticket *t = c->t;
    bool answered = valid_answer(c);

    count(c, SHARE_RESOLVED, c->resolved != MOMENT_NONE);
    if (t->complaint != ANSWER_UNKNOWN)
        count(c, SHARE_COMPLAINTS, t->complaint == ANSWER_YES);
    if (answered)
        count_answer(c);
    if (t->parts_asked > 0)
        count(c, SHARE_PARTS_FILLED, t->parts_filled >= t->parts_asked);
    if (t->said_in_time != ANSWER_UNKNOWN)
        count(c, SHARE_SAID_IN_TIME, t->said_in_time == ANSWER_YES);
    if (c->resolved != MOMENT_NONE)
        count_resolved(c, answered);
}

/* Only of tickets whose W days were over when the period was: what was resolved
 * yesterday had no time to come again. */
static bool can_be_judged(const struct counting *c)
{
    return c->t->subject != 0 && c->resolved != MOMENT_NONE &&
           c->resolved + (int64_t)c->f->terms.repeat_days * SECONDS_OF_DAY <=
               c->f->end;
}

static uint32_t minutes_after(const struct counting *c, int64_t moment,
                              uint32_t max)
{
    int64_t n;

    if (moment == MOMENT_NONE)
        return max + 1;
    n = minute_of(moment) - minute_of(c->t->opened);
    return n > max ? max : (uint32_t)n;
}

static struct row row_of(const struct counting *c)
{
    const struct ticket *t = c->t;

    return (struct row){
        .opened = (uint64_t)minute_of(t->opened) & OPENED_MASK,
        .response = minutes_after(c, c->responded, FIGURES_RESPONSE_MAX) &
                    ((1U << 21) - 1),
        .person = t->person,
        .elapsed = minutes_after(c, c->resolved, FIGURES_ELAPSED_MAX) &
                   ((1U << 22) - 1),
        .outlet = t->outlet,
        .product = t->product,
        .trade = (unsigned)t->trade & FIGURES_TRADES_MAX,
        .judged = can_be_judged(c),
        .at_once = t->reopened == 0 && t->visits <= 1,
        .repair = t->repair == ANSWER_YES,
    };
}

/* Before figures_close() takes away what came again. */
static void count_first_time(struct counting *c, const struct row *r)
{
    if (!r->judged)
        return;
    count(c, SHARE_FIRST_TIME, r->at_once);
    if (r->repair)
        count(c, SHARE_RETURNED, false);
}

/* --- the parts of a ticket that go their own ways --- */

static struct place place_of(const struct figures *f, const struct ticket *t,
                             uint32_t on)
{
    return (struct place){ f->month_of_day[on], t->outlet, t->product,
                           t->person, t->trade };
}

/* By the month it is due in, whenever it was opened: a complaint left lying
 * cannot slip out of the figures. */
static bool add_complaint(struct figures *f, const struct ticket *t)
{
    struct steps steps = { 0 };
    bool closed = t->resolved != MOMENT_NONE && t->resolved < f->end;
    uint32_t on;

    if (t->complaint != ANSWER_YES || t->due == MOMENT_NONE ||
        !day_in_period(f, t->due, &on))
        return true;
    if (closed && t->opened != MOMENT_NONE && t->resolved < t->opened)
        return true;
    step(&steps, SHARE_COMPLAINT_CLOSED, closed);
    step(&steps, SHARE_COMPLAINT_IN_TIME, closed && t->resolved <= t->due);

    struct place p = place_of(f, t, on);
    return figures_count(f, &p, &steps);
}

/* What was open before the period is there on its first day. */
static void add_backlog(struct figures *f, int64_t opened, int64_t resolved)
{
    int64_t start = (int64_t)f->terms.first * SECONDS_OF_DAY;
    bool ends = resolved != MOMENT_NONE && resolved >= opened;
    uint32_t on = 0;

    if (opened >= f->end || (ends && resolved < start))
        return;
    (void)day_in_period(f, opened, &on);
    f->came[on]++;
    if (ends && day_in_period(f, resolved, &on))
        f->went[on]++;
}

static bool add_inside(struct figures *f, const struct ticket *t, uint32_t on)
{
    struct counting c = { .f = f, .t = t };
    struct place p = place_of(f, t, on);
    struct row r;

    figures_fetch(f, &p);
    c.responded = clean(&c, t->responded, &c.response_bad);
    c.arrived = clean(&c, t->arrived, &c.arrival_bad);
    c.resolved = clean(&c, t->resolved, &c.resolution_bad);
    r = row_of(&c);
    count_plain(&c);
    count_promises(&c);
    count_first_time(&c, &r);
    if (f->rows == FIGURES_ROWS_MAX)
        return false;
    if (t->subject != 0 && !repeats_add(&f->repeats, t->subject, f->rows))
        return false;
    return figures_keep(f, &r) && figures_count(f, &p, &c.steps);
}

bool figures_add(struct figures *f, const struct ticket *t)
{
    uint32_t on;

    check(!f->closed && t->trade <= FIGURES_TRADES_MAX);
    if (t->excluded == ANSWER_YES) {
        f->left_out[LEFT_EXCLUDED]++;
        return true;
    }
    if (!add_complaint(f, t))
        return false;
    if (t->opened == MOMENT_NONE) {
        f->left_out[LEFT_UNDATED]++;
        return true;
    }
    add_backlog(f, t->opened, t->resolved);
    if (!day_in_period(f, t->opened, &on)) {
        f->left_out[LEFT_OUTSIDE]++;
        return true;
    }
    return add_inside(f, t, on);
}

bool figures_low_stock(struct figures *f, int64_t moment, uint32_t part)
{
    uint32_t on;

    check(!f->closed);
    return !day_in_period(f, moment, &on) || low_add(&f->low, part, on);
}
