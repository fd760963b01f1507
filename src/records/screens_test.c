#include "records/screens.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "records/hours.h"
#include "records/screens_parts.h"

#include <string.h>

/* --- chance --- */

/* The bound by hand: 10 of 10 at 1/2 is 10 bits; 3 of 4 at 1/2 is
 * 3 log2(3/2) + log2(1/2) = 0.75; 50 of 500 at 1/20 is 50 - 450 log2(19/18),
 * 14.9; 5 of 5 at 1/16 is 20. */
TEST(the_bound_of_chance_is_that_of_chernoff)
{
    static const struct {
        struct screen_rate seen;
        struct screen_rate base;
        uint32_t bits;
    } rows[] = {
        { { 10, 10 }, { 1, 2 }, 10 },   { { 20, 20 }, { 1, 2 }, 20 },
        { { 3, 4 }, { 1, 2 }, 0 },      { { 2, 4 }, { 1, 2 }, 0 },
        { { 1, 4 }, { 1, 2 }, 0 },      { { 0, 4 }, { 1, 2 }, 0 },
        { { 50, 500 }, { 1, 20 }, 14 }, { { 5, 5 }, { 1, 16 }, 20 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(chance_bits(rows[i].seen, rows[i].base) == rows[i].bits);
}

/* [SC1] [SC3] Both sides of the limit. */
TEST(the_limit_is_the_least_count_that_is_rare_enough)
{
    const struct screen_rate half = { 1, 2 };

    EXPECT(chance_limit(9, half, 10) == 0);
    EXPECT(chance_limit(10, half, 10) == 10);
    for (uint64_t n = 20; n < 3000; n += 97) {
        uint64_t k = chance_limit(n, half, 10);

        EXPECT(chance_bits((struct screen_rate){ k, n }, half) >= 10);
        EXPECT(chance_bits((struct screen_rate){ k - 1, n }, half) < 10);
    }
}

/* --- hand-made tickets --- */

/* 2025-03-03 (a Monday) to 2025-04-27: eight weeks, no calendar. */
enum { FIRST = 20150, DAYS = 56 };

/* Seconds. */
#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct bench {
    struct heap heap;
    struct arena arena;
    struct screens_terms terms;
    struct screens *screens;
    struct screen_result got[SCREEN_COUNT];
    uint64_t made;
};

static void begin(struct bench *b)
{
    struct hours *hours = NULL;

    *b = (struct bench){ .heap = HEAP_LIBC };
    arena_init(&b->arena, &b->heap, 4 << 20);
    EXPECT_OK(hours_new(&b->arena, &week_usual, NULL, &hours));
    b->terms = (struct screens_terms){ .first = FIRST,
                                       .last = FIRST + DAYS - 1,
                                       .audit = DAY_NONE,
                                       .scale_low = 1,
                                       .scale_high = 5,
                                       .hours = hours };
    b->screens = screens_new(&b->heap, &b->terms);
}

static void finish(struct bench *b)
{
    screens_free(&b->screens);
    arena_end(&b->arena);
}

/* A ticket of a day and second of the day. */
static struct ticket opened(uint32_t on, int64_t second)
{
    struct ticket t = TICKET_NONE;

    t.opened = ((int64_t)FIRST + on) * DAY + second;
    return t;
}

static void add(struct bench *b, struct ticket t)
{
    t.at = 100 + b->made++ * 80;
    EXPECT(screens_add(b->screens, &t));
}

static const struct screen_result *run(struct bench *b, enum screen screen)
{
    EXPECT(screens_run(b->screens, &b->heap, b->got));
    return &b->got[screen];
}

/* What one screen says of `k` odd tickets among `n`. */
typedef struct ticket make_one(uint32_t i, bool odd);

struct said {
    enum screen_status status;
    uint64_t k;
    uint64_t n;
    uint64_t limit;
    uint64_t concerned;
};

static struct said say(enum screen screen, make_one *make, uint32_t k,
                       uint32_t n)
{
    struct bench b;
    const struct screen_result *r;
    struct said said;

    begin(&b);
    for (uint32_t i = 0; i < n; i++)
        add(&b, make(i, i < k));
    r = run(&b, screen);
    said = (struct said){ r->status, r->seen.k, r->seen.n, r->limit,
                          r->concerned };
    finish(&b);
    return said;
}

/* It is quiet just below its limit and raised at it. */
static void expect_limit(enum screen screen, make_one *make, uint32_t n)
{
    struct said none = say(screen, make, 0, n);
    uint32_t limit = (uint32_t)none.limit;
    struct said below = say(screen, make, limit - 1, n);
    struct said at = say(screen, make, limit, n);

    EXPECT_ROW(screen_name(screen), none.status == SCREEN_QUIET);
    EXPECT_ROW(screen_name(screen), limit > 1 && limit < n);
    EXPECT_ROW(screen_name(screen), below.status == SCREEN_QUIET);
    EXPECT_ROW(screen_name(screen), below.k == limit - 1);
    EXPECT_ROW(screen_name(screen), at.status == SCREEN_RAISED);
    EXPECT_ROW(screen_name(screen), at.k == limit);
    EXPECT_ROW(screen_name(screen), at.concerned >= limit);
}

static struct ticket one_of_order(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR + i % 600);

    t.arrived = t.opened + HOUR;
    t.resolved = t.opened + 2 * HOUR;
    if (odd && i % 2 == 0)
        t.resolved = t.opened + HOUR - 1;
    if (odd && i % 2 == 1)
        t.arrived = t.opened - 1;
    return t;
}

static struct ticket one_of_round(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR + 31 * MINUTE);

    t.resolved = t.opened + (i % 7 + 1) * MINUTE;
    if (odd)
        t.resolved = t.opened + 29 * MINUTE + (int64_t)(i % 2) * 30 * MINUTE;
    return t;
}

static struct ticket one_of_nights(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR + i % 600);

    t.outlet = (uint16_t)(1 + i % 3);
    t.resolved = t.opened + (odd ? 16 * HOUR : 15 * HOUR);
    return t;
}

static struct ticket one_of_days_off(uint32_t i, bool odd)
{
    struct ticket t = opened(i % 8 * 7 + i % 5, 9 * HOUR + i % 600);

    t.resolved = t.opened + (odd ? 5 - i % 5 : 0) * (int64_t)DAY + HOUR;
    return t;
}

static struct ticket one_of_phones(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR + i % 600);

    t.customer = 7000 + i;
    t.phone = odd ? 1 : 2 + i / 5; /* five are no more than a family has */
    return t;
}

static struct ticket one_of_same_duration(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR + i % 600);

    t.resolved = t.opened + (odd ? 120 : 130 + i) * MINUTE;
    return t;
}

static struct ticket one_of_burst(uint32_t i, bool odd)
{
    return opened(odd ? DAYS - 1 - i % 7 : i % (DAYS - 7), 9 * HOUR);
}

static struct ticket one_of_digits(uint32_t i, bool odd)
{
    static const int64_t minutes[] = { 1, 2, 4, 6, 8, 9 };

    return opened(i % DAYS, 9 * HOUR + (odd ? 3 + i % 2 * 4
                                            : minutes[i % COUNT(minutes)]) *
                                           MINUTE);
}

static struct ticket one_of_one_mark(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR);

    t.satisfaction = odd ? 5 : (int16_t)(i % 2 + 3);
    return t;
}

static struct ticket one_of_overlap(uint32_t i, bool odd)
{
    struct ticket t = opened(i % DAYS, 9 * HOUR);

    t.person = (uint16_t)(1 + i);
    t.customer = 1 + i;
    t.arrived = t.opened + (int64_t)HOUR;
    t.resolved = t.arrived + HOUR;
    if (!odd)
        return t;
    t.opened = ((int64_t)FIRST + 1) * DAY;
    t.person = 60000; /* each comes while the first is not over */
    t.arrived = t.opened + i + 1;
    t.resolved = t.arrived + 7 * HOUR;
    return t;
}

/* [SC1] */
TEST(each_screen_is_quiet_below_its_limit_and_raised_at_it)
{
    expect_limit(SCREEN_ORDER, one_of_order, 600);
    expect_limit(SCREEN_ROUND, one_of_round, 600);
    expect_limit(SCREEN_NIGHTS, one_of_nights, 600);
    expect_limit(SCREEN_DAYS_OFF, one_of_days_off, 600);
    expect_limit(SCREEN_PHONES, one_of_phones, 600);
    expect_limit(SCREEN_SAME_DURATION, one_of_same_duration, 600);
}

/* Here the odd ones change the base, or more than they count. */
TEST(what_is_far_beyond_a_limit_is_raised)
{
    static const struct {
        make_one *make;
        enum screen screen;
        uint32_t k;
        uint32_t n;
        enum screen_status want;
    } rows[] = {
        { one_of_burst, SCREEN_BURST, 75, 600, SCREEN_QUIET },
        { one_of_burst, SCREEN_BURST, 240, 600, SCREEN_RAISED },
        { one_of_digits, SCREEN_DIGITS, 170, 600, SCREEN_QUIET },
        { one_of_digits, SCREEN_DIGITS, 280, 600, SCREEN_RAISED },
        { one_of_one_mark, SCREEN_ONE_MARK, 600, 600, SCREEN_RAISED },
        { one_of_one_mark, SCREEN_ONE_MARK, 585, 600, SCREEN_QUIET },
        { one_of_one_mark, SCREEN_ONE_MARK, 200, 200, SCREEN_CANNOT_TELL },
        { one_of_overlap, SCREEN_OVERLAP, 30, 600, SCREEN_QUIET },
        { one_of_overlap, SCREEN_OVERLAP, 80, 600, SCREEN_RAISED },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct said said =
            say(rows[i].screen, rows[i].make, rows[i].k, rows[i].n);

        EXPECT_ROW(screen_name(rows[i].screen), said.status == rows[i].want);
    }
}

/* Nights where customers call at night too are those of a night shift. */
TEST(a_night_shift_is_no_work_at_night)
{
    struct bench b;

    begin(&b);
    for (uint32_t i = 0; i < 600; i++) {
        struct ticket t = opened(i % DAYS, i % 3 == 0 ? 2 * HOUR : 10 * HOUR);

        t.outlet = 4;
        t.resolved = t.opened + HOUR;
        add(&b, t);
    }
    EXPECT(run(&b, SCREEN_NIGHTS)->status == SCREEN_QUIET);
    EXPECT(b.got[SCREEN_NIGHTS].seen.k == 200);
    finish(&b);
}

/* --- intervals --- */

static enum screen_status intervals(const uint32_t *steps, size_t n)
{
    struct bench b;
    enum screen_status status;
    size_t step = 0;

    begin(&b);
    for (uint32_t on = 0; on < DAYS; on++) {
        int64_t second = 9 * HOUR;

        for (; second < 18 * HOUR; second += steps[step++ % n] * MINUTE)
            add(&b, opened(on, second + on));
    }
    status = run(&b, SCREEN_EVEN_GAPS)->status;
    finish(&b);
    return status;
}

TEST(intervals_that_are_nearly_the_same_are_raised)
{
    static const uint32_t even[] = { 30, 31, 29, 33 };
    static const uint32_t drawn[] = { 4, 55, 21, 9, 70, 2, 33, 12, 90, 17, 40 };

    EXPECT(intervals(even, COUNT(even)) == SCREEN_RAISED);
    EXPECT(intervals(drawn, COUNT(drawn)) == SCREEN_QUIET);
}

/* --- blocks --- */

/* 400 rows of a drawn file; rows 300.. of it are those of 20.. again. */
static uint64_t rows_of_blocks(uint32_t again, int64_t by, bool at_end)
{
    static struct ticket t[400];
    struct test_random r = { TEST_SEED };
    struct bench b;
    int64_t second = 0;
    uint64_t concerned;

    begin(&b);
    for (uint32_t i = 0; i < COUNT(t); i++) {
        second += MINUTE * (int64_t)test_random_below(&r, 240);
        t[i] = opened(0, second);
        t[i].resolved =
            t[i].opened + MINUTE * (int64_t)test_random_below(&r, 500);
        t[i].outlet = (uint16_t)(1 + test_random_below(&r, 4));
    }
    for (uint32_t i = 0; i < again; i++) {
        t[300 + i] = t[20 + i];
        t[300 + i].opened += by;
        t[300 + i].resolved += by;
    }
    for (uint32_t i = 0; i < (at_end ? 300 + again : COUNT(t)); i++)
        add(&b, t[i]);
    concerned = run(&b, SCREEN_BLOCKS)->concerned;
    EXPECT((b.got[SCREEN_BLOCKS].status == SCREEN_RAISED) == (concerned > 0));
    finish(&b);
    return concerned;
}

/* Of a block that was copied, all rows but the first show it: that one's step
 * is from elsewhere. */
TEST(a_block_that_comes_again_is_found_row_by_row)
{
    EXPECT(rows_of_blocks(0, 0, false) == 0);
    EXPECT(rows_of_blocks(30, 28 * DAY, false) == 58);
    EXPECT(rows_of_blocks(30, 28 * DAY + 77 * MINUTE, false) == 58);
    EXPECT(rows_of_blocks(40, 0, true) == 78); /* the very same, appended */
    EXPECT(rows_of_blocks(5, 28 * DAY, false) == 0); /* too short to tell */
}

/* One order of many devices is no block, however often there is one. */
TEST(orders_of_many_devices_are_no_blocks)
{
    struct test_random r = { TEST_SEED };
    struct bench b;
    int64_t second = 0;

    begin(&b);
    for (uint32_t i = 0; i < 40; i++) {
        struct ticket t;

        second += MINUTE * (int64_t)(1 + test_random_below(&r, 400));
        t = opened(0, second);
        t.resolved = t.opened + MINUTE * (int64_t)test_random_below(&r, 500);
        for (int k = 0; k < 20; k++)
            add(&b, t);
    }
    EXPECT(run(&b, SCREEN_BLOCKS)->status != SCREEN_RAISED);
    finish(&b);
}

/* --- satisfaction --- */

static enum screen_status months(bool even)
{
    struct test_random r = { TEST_SEED };
    struct bench b;
    enum screen_status status;

    begin(&b);
    b.screens = (screens_free(&b.screens), b.screens);
    b.terms.last = FIRST + 360;
    b.screens = screens_new(&b.heap, &b.terms);
    for (uint32_t i = 0; i < 3600; i++) {
        struct ticket t = opened(i / 10, 9 * HOUR);

        t.satisfaction = 5;
        if (even ? i % 5 == 0 : test_random_below(&r, 5) == 0)
            t.satisfaction = 4;
        add(&b, t);
    }
    status = run(&b, SCREEN_EVEN_MONTHS)->status;
    finish(&b);
    return status;
}

TEST(months_that_are_too_alike_are_raised)
{
    EXPECT(months(true) == SCREEN_RAISED);
    EXPECT(months(false) == SCREEN_QUIET);
}

static enum screen_status group(bool same, uint32_t *k)
{
    struct bench b;
    enum screen_status status;

    begin(&b);
    for (uint32_t i = 0; i < 800; i++) {
        struct ticket t = opened(i % DAYS, 9 * HOUR);

        t.outlet = (uint16_t)(1 + i % 4);
        t.satisfaction = i / 4 % 4 == 0 ? 4 : 5;
        if (same && t.outlet == 3)
            t.satisfaction = 5;
        add(&b, t);
    }
    status = run(&b, SCREEN_GROUP_MARK)->status;
    *k = (uint32_t)b.got[SCREEN_GROUP_MARK].seen.k;
    finish(&b);
    return status;
}

TEST(an_outlet_whose_customers_all_say_the_same_is_raised)
{
    uint32_t k;

    EXPECT(group(false, &k) == SCREEN_QUIET && k == 0);
    EXPECT(group(true, &k) == SCREEN_RAISED && k == 200);
}

/* --- rows to draw --- */

/* [SC4] Of 200 rows concerned every fourth; of few all. */
TEST(rows_to_draw_are_spread_over_those_concerned)
{
    struct bench b;
    const struct screen_result *r;

    begin(&b);
    for (uint32_t i = 0; i < 600; i++)
        add(&b, one_of_order(i, i % 3 == 0));
    r = run(&b, SCREEN_ORDER);
    EXPECT(r->concerned == 200 && r->rows_n == SCREEN_ROWS);
    for (size_t i = 0; i < r->rows_n; i++)
        EXPECT(r->rows[i] == 100 + i * 12 * 80);
    finish(&b);

    begin(&b);
    for (uint32_t i = 0; i < 600; i++)
        add(&b, one_of_order(i, i == 5 || i == 599));
    r = run(&b, SCREEN_ORDER);
    EXPECT(r->status == SCREEN_QUIET && r->rows_n == 2);
    EXPECT(r->rows[0] == 100 + 5 * 80 && r->rows[1] == 100 + 599 * 80);
    finish(&b);
}

/* Usual is the base rate times n, rounded up, also where it is one of many. */
TEST(a_result_says_its_numbers_in_words)
{
    static const struct {
        struct screen_rate seen;
        struct screen_rate base;
        int64_t usual;
    } rows[] = {
        { { 7, 600 }, { 1, 200 }, 3 },
        { { 7, 601 }, { 1, 200 }, 4 },
        { { 7, 601 }, { 97, 100 }, 583 },
        { { 60, 10000000 }, { 1, UINT64_C(5120000000) }, 1 },
        { { 60, 9999999 }, { 299999970, UINT64_C(1999999800) }, 1500000 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct screen_result r = { .seen = rows[i].seen,
                                   .base = rows[i].base,
                                   .about = "records.role_phone",
                                   .limit = 12 };
        struct err_arg args[SCREEN_ARGS];

        screen_arguments(&r, args);
        EXPECT(args[0].number == (int64_t)rows[i].seen.k);
        EXPECT(args[1].number == (int64_t)rows[i].seen.n);
        EXPECT(args[2].number == rows[i].usual);
        EXPECT(args[3].number == 12);
        EXPECT_STR(args[4].text, S("records.role_phone"));
        EXPECT(args[5].name == NULL);
    }
    EXPECT_STR(screen_word(SCREEN_EVEN_GAPS), S("even_gaps"));
}

TEST(a_file_without_tickets_tells_nothing)
{
    struct bench b;
    struct ticket t = opened(3, 0);

    begin(&b);
    t.excluded = ANSWER_YES;
    add(&b, t);
    add(&b, TICKET_NONE);
    t = opened(DAYS, 0);
    add(&b, t);
    t = opened(0, -1);
    add(&b, t);
    run(&b, SCREEN_ORDER);
    for (size_t i = 0; i < SCREEN_COUNT; i++)
        EXPECT(b.got[i].status == SCREEN_CANNOT_TELL && b.got[i].rows_n == 0);
    EXPECT(screens_tickets(b.screens) == 0 && screens_left_out(b.screens) == 4);
    finish(&b);
}
