#include "records/words.h"

#include "base/test.h"

#include <stdio.h>

static uint32_t number_of(struct words *w, const char *word, uint64_t row)
{
    uint32_t n = 999;

    EXPECT(words_number(w, str_of(word), row, &n));
    return n;
}

/* [WD1] */
TEST(a_word_keeps_its_number_and_the_empty_one_is_zero)
{
    struct heap h = HEAP_LIBC;
    scoped(words_end) struct words w;

    words_init(&w, &h, 10);
    EXPECT(number_of(&w, "", 1) == 0);
    EXPECT(number_of(&w, "朝阳店", 1) == 1);
    EXPECT(number_of(&w, "海淀店", 2) == 2);
    EXPECT(number_of(&w, "朝阳店", 3) == 1);
    EXPECT(number_of(&w, "海淀店 ", 4) == 3); /* bytes, and nothing folded */
    EXPECT_STR(words_text(&w, 2), S("海淀店"));
    EXPECT_STR(words_text(&w, 0), S(""));
}

/* [WD3] */
TEST(a_full_dictionary_knows_its_words_and_learns_no_more)
{
    struct heap h = HEAP_LIBC;
    scoped(words_end) struct words w;
    uint32_t n = 7;

    words_init(&w, &h, 2);
    EXPECT(number_of(&w, "a", 1) == 1);
    EXPECT(!words_full(&w));
    EXPECT(number_of(&w, "b", 2) == 2);
    EXPECT(words_full(&w));
    EXPECT(!words_number(&w, S("c"), 3, &n) && n == 7);
    EXPECT(number_of(&w, "a", 4) == 1);
}

/* [WD2] */
TEST(merged_words_stand_by_the_row_they_came_in)
{
    struct heap h = HEAP_LIBC;
    scoped(words_end) struct words one;
    scoped(words_end) struct words two;
    uint32_t map[4];
    uint32_t order[4];
    uint32_t spare[4];

    words_init(&one, &h, 10);
    words_init(&two, &h, 10);
    EXPECT(number_of(&one, "c", 30) == 1);
    EXPECT(number_of(&one, "b", 40) == 2);
    EXPECT(number_of(&two, "a", 10) == 1);
    EXPECT(number_of(&two, "b", 20) == 2);
    EXPECT(number_of(&two, "d", 50) == 3);
    EXPECT(words_merge(&one, &two, map));
    EXPECT(map[0] == 0 && map[1] == 3 && map[2] == 2 && map[3] == 4);
    words_order(&one, order, spare); /* a 10, b 20, c 30, d 50 */
    EXPECT(order[0] == 3 && order[1] == 2 && order[2] == 1 && order[3] == 4);
}

/* [property] [WD2] Any two cuts give one list. */
TEST(the_order_of_words_does_not_depend_on_who_read_them)
{
    struct test_random r = { TEST_SEED };
    struct heap h = HEAP_LIBC;
    scoped(words_end) struct words whole;
    scoped(words_end) struct words even;
    scoped(words_end) struct words odd;
    static uint32_t map[3001];
    static uint32_t left[3000];
    static uint32_t right[3000];
    static uint32_t spare[3000];

    words_init(&whole, &h, 3000);
    words_init(&even, &h, 3000);
    words_init(&odd, &h, 3000);
    for (uint64_t row = 0; row < 9000; row++) {
        char text[24];

        (void)snprintf(text, sizeof text, "word %d",
                       (int)test_random_below(&r, 3000));
        (void)number_of(&whole, text, row);
        (void)number_of(row / 10 % 2 == 0 ? &even : &odd, text, row);
    }
    EXPECT(words_merge(&odd, &even, map));
    EXPECT(odd.n == whole.n);
    words_order(&whole, left, spare);
    words_order(&odd, right, spare);
    for (uint32_t i = 0; i < whole.n && !test_failing(); i++)
        EXPECT_STR(words_text(&odd, right[i]), words_text(&whole, left[i]));
}

static err learn_many(struct heap *h, void *)
{
    scoped(words_end) struct words w;
    uint32_t n;

    words_init(&w, h, 1000);
    for (uint64_t i = 0; i < 300; i++) {
        char text[24];

        (void)snprintf(text, sizeof text, "a rather long %d", (int)i);
        TRY_MEMORY(words_number(&w, str_of(text), i, &n));
    }
    return OK;
}

TEST(words_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(learn_many, NULL, NULL) > 5);
}
