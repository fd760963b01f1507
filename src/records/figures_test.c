#include "records/figures.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "records/hours.h"
#include "records/test_figures.h"

#include <string.h>

/* --- hand-computed cases --- */

/* 2025-09-01 (a Monday) to 2025-10-31; no calendar, 9:00 to 18:00. */
static int64_t at(const char *date, int hour, int minute)
{
    day d = 0;

    EXPECT(day_parse(str_of(date), &d));
    return (int64_t)d * 86400 + (int64_t)hour * 3600 + (int64_t)minute * 60;
}

static struct figures_terms terms_of(struct arena *a)
{
    struct hours *h = NULL;
    struct figures_terms t = {
        .repeat_days = 30, .scale_low = 1, .scale_high = 5, .satisfied = 4
    };

    EXPECT(day_parse(S("2025-09-01"), &t.first));
    EXPECT(day_parse(S("2025-10-31"), &t.last));
    EXPECT_OK(hours_new(a, &week_usual, NULL, &h));
    t.hours = h;
    return t;
}

/* The figures of some tickets, closed. */
static struct figures *figured(struct heap *h, const struct figures_terms *t,
                               const struct ticket *tickets, size_t n)
{
    struct figures *f = figures_new(h, t);

    for (size_t i = 0; i < n; i++)
        EXPECT(figures_add(f, &tickets[i]));
    EXPECT(figures_close(f));
    return f;
}

static struct ticket opened(const char *date, int hour)
{
    struct ticket t = TICKET_NONE;

    t.opened = at(date, hour, 0);
    return t;
}

static struct ticket resolved(const char *date, int hour, const char *until)
{
    struct ticket t = opened(date, hour);

    t.resolved = at(until, hour, 0);
    return t;
}

static struct ticket seen(uint64_t subject, const char *date, const char *until)
{
    struct ticket t = resolved(date, 10, until);

    t.subject = subject;
    t.repair = ANSWER_YES;
    return t;
}

static bool is(struct share got, uint32_t k, uint32_t n)
{
    return got.k == k && got.n == n;
}

TEST(satisfaction_counts_valid_answers_from_the_cut_on)
{
    static const int16_t answers[] = { 5, 4, 3, 1, 0, 6, SATISFACTION_NONE };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct ticket t[COUNT(answers)];

    for (size_t i = 0; i < COUNT(answers); i++) {
        t[i] = resolved("2025-09-02", 10, "2025-09-03");
        t[i].satisfaction = answers[i];
    }

    scoped(figures_free) struct figures *f =
        figured(&h, &terms, t, COUNT(answers));
    struct tally whole = figures_of(f, GROUP_WHOLE, 0);

    EXPECT(is(whole.shares[SHARE_SATISFIED], 2, 4));
    EXPECT(is(whole.shares[SHARE_ANSWERED], 4, 7));
    EXPECT(figures_left_out(f, LEFT_SCALE) == 2);
}

/* W = 30: resolved on 10 September, a repeat may come until 10 October. */
TEST(first_time_resolution_needs_thirty_quiet_days)
{
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct ticket t[] = {
        seen(1, "2025-09-08", "2025-09-10"), /* came again on the last day */
        seen(1, "2025-10-10", "2025-10-11"), /* not judged: too late */
        seen(2, "2025-09-08", "2025-09-10"), /* came again too late */
        seen(2, "2025-10-11", "2025-10-11"), /* not judged */
        seen(3, "2025-09-08", "2025-09-10"), /* reopened */
        seen(4, "2025-09-08", "2025-09-10"), /* two visits */
        seen(5, "2025-09-08", "2025-10-01"), /* 31 October, 10:00: judged */
        seen(6, "2025-10-01", "2025-10-02"), /* 1 November: not judged */
        seen(0, "2025-09-08", "2025-09-10"), /* of nothing known */
    };

    t[4].reopens_known = ANSWER_YES;
    t[4].reopened = 1;
    t[5].visits = 2;

    scoped(figures_free) struct figures *f = figured(&h, &terms, t, COUNT(t));
    struct tally whole = figures_of(f, GROUP_WHOLE, 0);

    EXPECT(is(whole.shares[SHARE_FIRST_TIME], 2, 5));
    EXPECT(is(whole.shares[SHARE_RETURNED], 1, 5));
    EXPECT(is(whole.shares[SHARE_REOPENED], 1, 1));
    EXPECT(is(whole.shares[SHARE_SECOND_VISIT], 1, 1));
    EXPECT(is(figures_of(f, GROUP_MONTH, 1).shares[SHARE_FIRST_TIME], 0, 0));
}

TEST(promises_are_kept_broken_or_not_due_yet)
{
    static const struct {
        const char *name;
        const char *done; /* NULL: not */
        const char *due;  /* NULL: two working days, as the terms promise */
        struct share want;
    } rows[] = {
        { "on the day it is due", "2025-10-29", "2025-10-29", { 1, 1 } },
        { "a day late", "2025-10-30", "2025-10-29", { 0, 1 } },
        { "open, and due in the period", NULL, "2025-10-31", { 0, 1 } },
        { "open, and due after it", NULL, "2025-11-01", { 0, 0 } },
        { "done after the period is open",
          "2025-11-02",
          "2025-11-03",
          { 0, 0 } },
        { "done before it was opened", "2025-10-26", "2025-10-29", { 0, 0 } },
        { "in the minutes promised", "2025-10-29", NULL, { 1, 1 } },
        { "a day beyond them", "2025-10-30", NULL, { 0, 1 } },
        { "open, and longer than promised", NULL, NULL, { 0, 1 } },
    };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);

    terms.resolution_promise = 2 * 540;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ticket t = opened("2025-10-27", 10);

        if (rows[i].done != NULL)
            t.resolved = at(rows[i].done, 10, 0);
        if (rows[i].due != NULL)
            t.due = at(rows[i].due, 10, 0);

        scoped(figures_free) struct figures *f = figured(&h, &terms, &t, 1);
        EXPECT_ROW(
            rows[i].name,
            is(figures_of(f, GROUP_WHOLE, 0).shares[SHARE_RESOLVED_IN_TIME],
               rows[i].want.k, rows[i].want.n));
    }
}

/* A complaint of August that was due in September is one of September's. */
TEST(complaints_count_in_the_month_they_are_due)
{
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct ticket t[] = {
        resolved("2025-08-28", 10, "2025-09-20"),
        opened("2025-09-20", 10),
        resolved("2025-09-25", 10, "2025-10-01"),
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        t[i].complaint = ANSWER_YES;
        t[i].due = at("2025-10-05", 10, 0);
    }
    t[0].due = at("2025-09-05", 10, 0);

    scoped(figures_free) struct figures *f = figured(&h, &terms, t, COUNT(t));
    struct tally first = figures_of(f, GROUP_MONTH, 0);
    struct tally second = figures_of(f, GROUP_MONTH, 1);

    EXPECT(is(first.shares[SHARE_COMPLAINT_CLOSED], 1, 1));
    EXPECT(is(first.shares[SHARE_COMPLAINT_IN_TIME], 0, 1));
    EXPECT(is(second.shares[SHARE_COMPLAINT_CLOSED], 1, 2));
    EXPECT(is(second.shares[SHARE_COMPLAINT_IN_TIME], 1, 2));
    EXPECT(is(first.shares[SHARE_COMPLAINTS], 2, 2)); /* opened in September */
    EXPECT(figures_left_out(f, LEFT_OUTSIDE) == 1);
}

/* Nearest rank: of 10 values the 5th and the 9th, of 11 the 6th and 10th. */
TEST(medians_and_percentiles_are_values_that_occurred)
{
    static const struct {
        uint32_t n;
        uint32_t median;
        uint32_t p90;
    } rows[] = { { 1, 10, 10 },  { 2, 10, 20 },   { 9, 50, 90 },
                 { 10, 50, 90 }, { 11, 60, 100 }, { 20, 100, 180 } };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ticket t[20];
        struct spread got = { 0 };

        for (uint32_t k = 0; k < rows[i].n; k++) { /* 10, 20 .. shuffled */
            t[k] = opened("2025-09-02", 10);
            t[k].responded =
                t[k].opened + (int64_t)600 * (k * 7 % rows[i].n + 1);
        }
        scoped(figures_free) struct figures *f =
            figured(&h, &terms, t, rows[i].n);
        EXPECT(figures_times(f, &h, GROUP_WHOLE, TIME_RESPONSE, &got));
        EXPECT(got.n == rows[i].n && got.median == rows[i].median &&
               got.p90 == rows[i].p90);
    }
}

TEST(backlog_parts_load_and_low_days)
{
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct ticket t[] = {
        resolved("2025-08-01", 10, "2025-08-02"), /* over before */
        resolved("2025-08-30", 10, "2025-09-02"), /* there on the first day */
        resolved("2025-09-01", 10, "2025-09-01"),
        resolved("2025-09-02", 10, "2025-09-04"),
        opened("2025-09-03", 10),
        opened("2025-09-03", 10), /* excluded */
    };
    int64_t open[61];

    t[2].parts_asked = 3;
    t[2].parts_filled = 5;
    t[3].parts_asked = 2;
    t[2].person = t[3].person = 1;
    t[4].person = 3;
    t[5].excluded = ANSWER_YES;

    struct figures *f = figured(&h, &terms, t, COUNT(t));
    EXPECT(figures_days(f) == COUNT(open));
    figures_backlog(f, open);
    EXPECT(open[0] == 1 && open[1] == 1 && open[2] == 2 && open[3] == 1);
    EXPECT(open[60] == 1);
    EXPECT(is(figures_of(f, GROUP_WHOLE, 0).shares[SHARE_PARTS_FILLED], 1, 2));
    EXPECT(figures_load(f).persons == 2 && figures_load(f).tickets == 3);
    EXPECT(figures_load(f).most == 2);
    EXPECT(figures_left_out(f, LEFT_EXCLUDED) == 1);
    EXPECT(figures_left_out(f, LEFT_OUTSIDE) == 2);
    EXPECT(figures_low_days(f) == 0 && figures_parts(f) == 0);
    figures_free(&f);
}

/* A part counts once a day, and a day once whatever was low on it. */
TEST(days_of_low_stock_are_those_of_the_period)
{
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    scoped(figures_free) struct figures *f = figures_new(&h, &terms);
    uint32_t days[4] = { 0 };

    EXPECT(figures_low_stock(f, at("2025-09-01", 0, 0), 1));
    EXPECT(figures_low_stock(f, at("2025-10-31", 23, 59), 3));
    EXPECT(figures_low_stock(f, at("2025-09-01", 23, 59), 1));
    EXPECT(figures_low_stock(f, at("2025-09-01", 12, 0), 3));
    EXPECT(figures_low_stock(f, at("2025-11-01", 0, 0), 2)); /* after it */
    EXPECT(figures_low_stock(f, at("2025-08-31", 23, 59), 2));
    EXPECT(figures_close(f));
    EXPECT(figures_low_days(f) == 2);
    EXPECT(figures_parts(f) == COUNT(days));
    figures_low_by_part(f, days);
    EXPECT(days[0] == 0 && days[1] == 1 && days[2] == 0 && days[3] == 2);
}

/* --- the mean, and persons by month --- */

TEST(the_mean_is_of_what_the_answers_say_to_two_digits)
{
    static const struct {
        const char *name;
        uint16_t answers[4]; /* in hundredths; 0: none */
        uint32_t n;
        int64_t mean;
    } rows[] = {
        { "whole ones", { 500, 400, 300, 400 }, 4, 400 },
        { "a half is rounded up", { 450, 451, 0, 0 }, 2, 451 },
        { "a third is rounded down", { 400, 400, 500, 0 }, 3, 433 },
        { "out of the scale does not count", { 600, 200, 0, 0 }, 1, 200 },
    };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(figures_free) struct figures *f = figures_new(&h, &terms);
        struct tally whole;

        for (size_t k = 0; k < COUNT(rows[i].answers); k++) {
            struct ticket t = opened("2025-09-02", 10);

            if (rows[i].answers[k] > 0) {
                t.satisfaction = (int16_t)(rows[i].answers[k] / 100);
                t.hundredths = rows[i].answers[k] % 100;
            }
            EXPECT(figures_add(f, &t));
        }
        EXPECT(figures_close(f));
        whole = figures_of(f, GROUP_WHOLE, 0);
        EXPECT_ROW(rows[i].name, whole.shares[SHARE_SATISFIED].n == rows[i].n &&
                                     tally_mean(&whole) == rows[i].mean);
    }
}

/* September: persons 1..4 with 1, 2, 2 and 5 tickets, one that names nobody;
 * October: person 4 with one. */
TEST(the_load_of_a_month_is_of_those_who_served_in_it)
{
    static const uint16_t persons[] = { 1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 0 };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct ticket t[COUNT(persons) + 1];
    uint32_t tickets[5 * 2];
    struct load_month months[2];

    for (size_t i = 0; i < COUNT(persons); i++) {
        t[i] = opened("2025-09-02", 10);
        t[i].person = persons[i];
    }
    t[COUNT(persons)] = opened("2025-10-02", 10);
    t[COUNT(persons)].person = 4;

    scoped(figures_free) struct figures *f = figured(&h, &terms, t, COUNT(t));
    EXPECT(figures_groups(f, GROUP_PERSON) == 5 && figures_months(f) == 2);
    figures_load_months(f, tickets, months);
    EXPECT(months[0].persons == 4 && months[0].tickets == 10);
    EXPECT(months[0].median == 2 && months[0].most == 5);
    EXPECT(months[0].above == 1 && load_above(&months[0], tickets[8]));
    EXPECT(!load_above(&months[0], 4)); /* twice is not more than twice */
    EXPECT(tickets[2] == 1 && tickets[8] == 5 && tickets[9] == 1);
    EXPECT(months[1].persons == 1 && months[1].median == 1);
    EXPECT(months[1].most == 1 && months[1].above == 0);
}

/* --- against the plain reading of docs/kpi.md --- */

enum { TICKETS = 1200 };

static void expect_same(const struct figures *f, const struct ticket *tickets,
                        const struct figures_terms *terms)
{
    struct heap h = HEAP_LIBC;

    for (unsigned kind = 0; kind < GROUP_COUNT && !test_failing(); kind++) {
        uint32_t n = figures_groups(f, (enum figure_group)kind);
        static struct spread spreads[TIME_COUNT][64];

        EXPECT(n <= 64);
        for (unsigned time = 0; time < TIME_COUNT; time++)
            EXPECT(figures_times(f, &h, (enum figure_group)kind,
                                 (enum figure_time)time, spreads[time]));
        for (uint32_t i = 0; i < n && !test_failing(); i++) {
            struct tally got = figures_of(f, (enum figure_group)kind, i);
            struct plain want = plain_figures(tickets, TICKETS, terms,
                                              (enum figure_group)kind, i);

            EXPECT(memcmp(&got, &want.tally, sizeof got) == 0);
            EXPECT(memcmp(&spreads[0][i], &want.times[0],
                          sizeof want.times[0]) == 0);
            EXPECT(memcmp(&spreads[1][i], &want.times[1],
                          sizeof want.times[1]) == 0);
        }
    }
}

/* Persons by month, counted one by one. */
static void expect_loads(const struct figures *f, const struct ticket *tickets,
                         const struct figures_terms *terms)
{
    uint32_t got[5 * 2];
    uint32_t want[5 * 2] = { 0 };

    EXPECT(figures_groups(f, GROUP_PERSON) == 5 && figures_months(f) == 2);
    figures_load_months(f, got, NULL);
    for (size_t i = 0; i < TICKETS; i++) {
        const struct ticket *t = &tickets[i];
        bool october = t->opened >= at("2025-10-01", 0, 0);

        want[(size_t)t->person * 2 + october] +=
            t->person > 0 && t->excluded != ANSWER_YES &&
            t->opened >= (int64_t)terms->first * 86400 &&
            t->opened < ((int64_t)terms->last + 1) * 86400;
    }
    EXPECT(memcmp(got, want, sizeof got) == 0);
}

/* [property] */
TEST(figures_are_those_of_the_definitions)
{
    static struct ticket tickets[TICKETS];
    struct test_random r = { TEST_SEED };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);

    terms.response_promise = 120;
    terms.resolution_promise = 1080;
    plain_draw(&r, &terms, tickets, TICKETS);

    scoped(figures_free) struct figures *f =
        figured(&h, &terms, tickets, TICKETS);
    struct tally whole = figures_of(f, GROUP_WHOLE, 0);

    for (size_t i = 0; i < SHARE_COUNT; i++) /* the draw reaches all */
        EXPECT(whole.shares[i].k > 0 && whole.shares[i].k < whole.shares[i].n);
    expect_same(f, tickets, &terms);
}

/* The numbers of a worker that met the words in another order. */
static const uint32_t turned[] = { 0, 3, 2, 1, 4 };
static const uint32_t same[] = { 0, 1, 2, 3, 4 };

static bool add_turned(struct figures *f, const struct ticket *t)
{
    struct ticket other = *t;

    other.outlet = (uint16_t)turned[t->outlet];
    other.product = (uint16_t)turned[t->product];
    other.person = (uint16_t)turned[t->person];
    other.trade = (uint16_t)turned[t->trade];
    return figures_add(f, &other);
}

/* [property] [FG1] Random cuts, dealt to workers at random, merged in a random
 * order. */
TEST(figures_do_not_depend_on_who_counted)
{
    static struct ticket tickets[TICKETS];
    const struct figures_map maps[2] = {
        { same, same, same, same, NULL },
        { turned, turned, turned, turned, NULL },
    };
    struct test_random r = { TEST_SEED };
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);

    plain_draw(&r, &terms, tickets, TICKETS);
    for (int round = 0; round < 6 && !test_failing(); round++) {
        struct figures *workers[5];
        unsigned worker = 0;

        for (size_t i = 0; i < COUNT(workers); i++)
            workers[i] = figures_new(&h, &terms);
        for (size_t i = 0; i < TICKETS; i++) {
            if (test_random_below(&r, 50) == 0)
                worker = (unsigned)test_random_below(&r, COUNT(workers));
            EXPECT(worker % 2 == 1 ? add_turned(workers[worker], &tickets[i])
                                   : figures_add(workers[worker], &tickets[i]));
        }
        for (size_t i = 1; i < COUNT(workers); i++) {
            EXPECT(figures_merge(workers[0], workers[i], &maps[i % 2]));
            figures_free(&workers[i]);
        }
        EXPECT(figures_close(workers[0]));
        expect_same(workers[0], tickets, &terms);
        expect_loads(workers[0], tickets, &terms);
        figures_free(&workers[0]);
    }
}

/* Blocks of rows and their ids go on over a merge. */
TEST(many_rows_merge_whole)
{
    static const struct figures_map none;
    TEST_ARENA(a, 4 << 20);
    struct heap h = HEAP_LIBC;
    struct figures_terms terms = terms_of(&a);
    struct figures *f[2] = { figures_new(&h, &terms), figures_new(&h, &terms) };
    struct spread got = { 0 };

    for (uint32_t i = 0; i < 30000; i++) {
        struct ticket t = opened("2025-09-02", 9);

        t.subject = i / 2 * UINT64_C(0x9e3779b97f4a7c15) + 1;
        t.resolved = t.opened + (int64_t)(i % 500) * 60;
        t.opened += (int64_t)(i % 2) * 60;
        t.resolved += (int64_t)(i % 2) * 60;
        EXPECT(figures_add(f[i < 9001 ? 0 : 1], &t));
    }
    EXPECT(figures_merge(f[0], f[1], &none));
    EXPECT(figures_close(f[0]));
    EXPECT(figures_times(f[0], &h, GROUP_WHOLE, TIME_RESOLUTION, &got));
    EXPECT(got.n == 30000 && got.median == 249 && got.p90 == 449);
    EXPECT(is(figures_of(f[0], GROUP_WHOLE, 0).shares[SHARE_FIRST_TIME], 15000,
              30000));
    figures_free(&f[0]);
    figures_free(&f[1]);
}

static err count_and_merge(struct heap *h, void *context)
{
    const struct figures_terms *terms = context;
    static const struct figures_map none;
    struct ticket t = seen(1, "2025-09-02", "2025-09-03");
    struct spread out[32];
    scoped(figures_free) struct figures *f = figures_new(h, terms);
    scoped(figures_free) struct figures *other = figures_new(h, terms);

    TRY_MEMORY(f != NULL && other != NULL);
    TRY_MEMORY(figures_add(f, &t));
    t.outlet = 30; /* more groups than the first room has */
    TRY_MEMORY(figures_add(other, &t));
    TRY_MEMORY(figures_merge(f, other, &none));
    TRY_MEMORY(figures_close(f));
    TRY_MEMORY(figures_times(f, h, GROUP_OUTLET, TIME_RESOLUTION, out));
    EXPECT(out[30].n == 1);
    return OK;
}

TEST(figures_survive_every_failed_allocation)
{
    TEST_ARENA(a, 4 << 20);
    struct figures_terms terms = terms_of(&a);

    EXPECT(test_every_allocation_fails(count_and_merge, NULL, &terms) > 20);
}
