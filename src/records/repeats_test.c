#include "records/repeats.h"

#include "base/heap.h"
#include "base/test.h"

#include <string.h>

enum { ROWS = 6000, DAY = 1440 };

struct one {
    uint64_t subject;
    uint32_t opened;
    uint32_t until;
};

struct bed {
    const struct one *ones;
    bool repeated[ROWS];
};

static uint32_t opened(void *context, uint32_t row)
{
    const struct bed *b = context;

    return b->ones[row].opened;
}

static uint32_t until(void *context, uint32_t row)
{
    const struct bed *b = context;

    return b->ones[row].until;
}

static void repeated(void *context, uint32_t row)
{
    struct bed *b = context;

    EXPECT(!b->repeated[row]);
    b->repeated[row] = true;
}

static void find(const struct one *ones, uint32_t n, struct bed *b)
{
    static struct repeats r;
    struct heap h = HEAP_LIBC;
    struct repeats_finding f = { b, opened, until, repeated };

    *b = (struct bed){ .ones = ones };
    repeats_init(&r, &h);
    for (uint32_t i = 0; i < n; i++)
        EXPECT(repeats_add(&r, ones[i].subject, i));
    EXPECT(repeats_find(&r, &f));
    repeats_end(&r);
}

TEST(a_ticket_is_repeated_until_its_last_minute_and_not_after)
{
    static const struct {
        const char *name;
        struct one first;
        struct one second;
        bool want;
    } rows[] = {
        { "in the last minute", { 7, 100, 500 }, { 7, 500, 0 }, true },
        { "a minute later", { 7, 100, 500 }, { 7, 501, 0 }, false },
        { "another subject", { 7, 100, 500 }, { 8, 200, 0 }, false },
        { "while the first is open", { 7, 100, 500 }, { 7, 101, 0 }, true },
        { "in the same minute", { 7, 100, 500 }, { 7, 100, 0 }, false },
        { "the first was not resolved", { 7, 100, 0 }, { 7, 200, 0 }, false },
        { "a subject of another file",
          { 7, 100, 500 },
          { UINT64_C(1) << 63 | 7, 200, 0 },
          false },
        { "the last of the five bits more",
          { 7, 100, 500 },
          { UINT64_C(1) << 36 | 7, 200, 0 },
          false },
        { "bits beyond tell nothing apart [RP2]",
          { 7, 100, 500 },
          { UINT64_C(1) << 37 | 7, 200, 0 },
          true },
    };
    static struct bed b;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct one both[2] = { rows[i].first, rows[i].second };
        const struct one turned[2] = { rows[i].second, rows[i].first };

        find(both, 2, &b);
        EXPECT_ROW(rows[i].name, b.repeated[0] == rows[i].want);
        EXPECT_ROW(rows[i].name, !b.repeated[1]);
        find(turned, 2, &b);
        EXPECT_ROW(rows[i].name, b.repeated[1] == rows[i].want);
        EXPECT_ROW(rows[i].name, !b.repeated[0]);
    }
}

/* [RP3] Two of one minute, then one more: both were repeated by it. */
TEST(tickets_of_one_minute_are_repeated_together)
{
    static const struct one three[] = { { 7, 100, 500 },
                                        { 7, 200, 0 },
                                        { 7, 100, 300 } };
    static struct bed b;

    find(three, 3, &b);
    EXPECT(b.repeated[0] && b.repeated[2] && !b.repeated[1]);
}

static void draw(struct test_random *r, struct one *ones, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t opened = (uint32_t)test_random_below(r, UINT64_C(90) * DAY);
        bool open = test_random_below(r, 10) == 0;

        ones[i] = (struct one){
            .subject = (test_random_below(r, 40) << 52) |
                       (test_random_below(r, 2) << 32) |
                       test_random_below(r, 40),
            .opened = opened,
            .until =
                open ? 0
                     : opened +
                           (uint32_t)test_random_below(r, UINT64_C(20) * DAY),
        };
    }
}

static bool naive(const struct one *ones, uint32_t n, uint32_t row)
{
    for (uint32_t i = 0; i < n; i++) {
        if (ones[i].subject == ones[row].subject &&
            ones[i].opened > ones[row].opened &&
            ones[i].opened <= ones[row].until)
            return true;
    }
    return false;
}

/* [property] Against looking at all pairs. */
TEST(repeats_are_those_that_all_pairs_show)
{
    struct test_random r = { TEST_SEED };
    static struct one ones[ROWS];
    static struct bed b;
    uint32_t found = 0;

    draw(&r, ones, ROWS);
    find(ones, ROWS, &b);
    for (uint32_t i = 0; i < ROWS && !test_failing(); i++) {
        EXPECT(b.repeated[i] == naive(ones, ROWS, i));
        found += b.repeated[i];
    }
    EXPECT(found > 300 && found < ROWS - 300);
}

/* [property] Rows of the second begin where those of the first end. */
TEST(merged_parts_find_what_one_whole_finds)
{
    struct test_random random = { TEST_SEED };
    static struct one ones[ROWS];
    static struct bed whole;
    static struct bed cut;
    static struct repeats first;
    static struct repeats second;
    struct heap h = HEAP_LIBC;
    struct repeats_finding f = { &cut, opened, until, repeated };

    draw(&random, ones, ROWS);
    find(ones, ROWS, &whole);
    cut.ones = ones;
    repeats_init(&first, &h);
    repeats_init(&second, &h);
    for (uint32_t i = 0; i < ROWS; i++)
        EXPECT(repeats_add(i < 2000 ? &first : &second, ones[i].subject,
                           i < 2000 ? i : i - 2000));
    EXPECT(repeats_merge(&first, &second, 2000));
    EXPECT(repeats_find(&first, &f));
    EXPECT(memcmp(whole.repeated, cut.repeated, sizeof cut.repeated) == 0);
    repeats_end(&first);
    repeats_end(&second);
}

static err add_and_find(struct heap *h, void *)
{
    static const struct one same[] = { { 1, 10, 20 }, { 1, 15, 20 } };
    static struct bed b;
    scoped(repeats_end) struct repeats r;
    struct repeats_finding f = { &b, opened, until, repeated };

    b = (struct bed){ .ones = same };
    repeats_init(&r, h);
    TRY_MEMORY(repeats_add(&r, 1, 0));
    TRY_MEMORY(repeats_add(&r, 1, 1));
    TRY_MEMORY(repeats_find(&r, &f));
    EXPECT(b.repeated[0] && !b.repeated[1]);
    return OK;
}

TEST(repeats_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(add_and_find, NULL, NULL) >= 2);
}
