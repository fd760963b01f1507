#include "records/survey.h"

#include "base/arena.h"
#include "base/heap.h"
#include "base/size.h"
#include "records/test_columns.h"

#include <stdio.h>

static const char undecided[] = "单号,报修时间,完成时间\n"
                                "1,03/04/2025,04/04/2025\n"
                                "2,05/04/2025,06/04/2025\n"
                                "3,07/04/2025,08/04/2025\n";

struct survey_world {
    struct arena a;
    struct heap heap;
    struct columns columns;
};

static void begin(struct survey_world *w, const char *sample)
{
    struct test_table t;

    w->heap = HEAP_LIBC;
    arena_init(&w->a, &w->heap, 4 << 20);
    test_table_read(&w->a, sample, &t);
    test_columns(&w->a, &t, NULL, &w->columns);
}

static void feed(struct survey *s, const char *text, uint64_t at)
{
    EXPECT(survey_feed(s, str_of(text), at));
}

static str period(const struct survey *s, char out[40])
{
    day first;
    day last;
    char a[DAY_TEXT];
    char b[DAY_TEXT];
    int n = 0;

    if (survey_period(s, &first, &last))
        n = snprintf(out, 40, "%s %s", day_text(first, a).p,
                     day_text(last, b).p);
    return (str){ out, (size_t)n };
}

/* [SV1] */
TEST(rows_that_decide_the_order_of_dates_are_kept)
{
    static struct survey_world w;
    static struct survey s;

    begin(&w, undecided);
    EXPECT(survey_needed(&w.columns));
    survey_init(&s, &w.heap, &w.columns, ',', true);
    feed(&s, "4,09/04/2025,10/04/2025\n5,11/04/2025,25/04/2025\r\n", 100);
    feed(&s, "6,01/05/2025,tomorrow\n7,31/05/2025,\n8,1\n", 200);
    EXPECT(s.rows == 5);
    EXPECT(s.undated == 1);
    EXPECT(s.decide_n == 2);
    EXPECT(s.decide[0].at == 124);
    EXPECT_STR(((str){ s.decide[0].text, s.decide[0].n }),
               S("5,11/04/2025,25/04/2025"));
    EXPECT(s.decide[1].at == 222);
    survey_end(&s);
    arena_end(&w.a);
}

/* [SV2] */
TEST(a_period_is_the_months_that_tickets_were_opened_in)
{
    static struct survey_world w;
    static struct survey s;
    char out[40];

    begin(&w, "单号,报修时间\n1,2025-03-31\n");
    EXPECT(!survey_needed(&w.columns));
    survey_init(&s, &w.heap, &w.columns, ',', true);
    EXPECT_STR(period(&s, out), S(""));
    for (int i = 0; i < 1000; i++)
        feed(&s, "1,2025-03-31\n2,2025-04-02 10:00\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-04-02"));
    feed(&s, "3,2052-05-01\n4,1965-05-01\n5,\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-04-02"));
    EXPECT(s.undated == 2);
    feed(&s, "6,2025-06-14\n7,2025-06-09\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-04-02"));
    feed(&s, "8,2025-06-12\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-06-14"));
    survey_end(&s);
    arena_end(&w.a);
}

/* [SV2] */
TEST(a_period_ends_with_what_happened_last)
{
    static struct survey_world w;
    static struct survey s;
    char out[40];

    begin(&w, "单号,报修时间,完成时间\n1,2025-03-31,2025-04-01\n");
    survey_init(&s, &w.heap, &w.columns, ',', true);
    feed(&s, "1,2025-03-31,2025-04-01\n2,2025-03-02,\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-04-01"));
    feed(&s, "3,2025-03-02,1998-01-01\n4,2025-03-02,2300-01-01\n", 0);
    EXPECT_STR(period(&s, out), S("2025-03-01 2025-04-01"));
    survey_end(&s);
    arena_end(&w.a);
}

/* [SV4] */
TEST(rows_from_all_over_the_file_are_kept_however_many_survey_it)
{
    static struct survey_world w;
    static struct survey one;
    static struct survey parts[3];
    static char text[SURVEY_OF_PART * 40];
    uint64_t last = 0;

    begin(&w, undecided);
    survey_init(&one, &w.heap, &w.columns, ',', true);
    for (size_t i = 0; i < COUNT(parts); i++)
        survey_init(&parts[i], &w.heap, &w.columns, ',', true);
    for (uint64_t part = 0; part < 100; part++) {
        int n = 0;

        for (unsigned i = 0; i < SURVEY_OF_PART + 9; i++)
            n += snprintf(text + n, sizeof text - (size_t)n,
                          "%u,03/04/2025,04/04/2025\n", i);
        feed(&one, text, part << 20);
        feed(&parts[part * 7 % COUNT(parts)], text, part << 20);
    }
    EXPECT(survey_merge(&parts[0], &parts[2]));
    EXPECT(survey_merge(&parts[0], &parts[1]));
    /* of 100 parts every sixteenth */
    EXPECT(one.spread_n == (size_t)SURVEY_OF_PART * 7);
    EXPECT(parts[0].spread_n == one.spread_n && one.stride == 16);
    for (size_t i = 0; i < one.spread_n; i++) {
        EXPECT(one.spread[i].at == parts[0].spread[i].at);
        EXPECT(i == 0 || one.spread[i].at > last);
        last = one.spread[i].at;
    }
    EXPECT(one.spread[one.spread_n - 1].part == 96);
    survey_end(&one);
    for (size_t i = 0; i < COUNT(parts); i++)
        survey_end(&parts[i]);
    arena_end(&w.a);
}

/* [SV3] */
TEST(a_survey_in_parts_says_the_same_as_one)
{
    static struct survey_world w;
    static struct survey one;
    static struct survey parts[2];
    char line[80];
    char ours[40];
    char theirs[40];

    begin(&w, undecided);
    survey_init(&one, &w.heap, &w.columns, ',', true);
    for (size_t i = 0; i < COUNT(parts); i++)
        survey_init(&parts[i], &w.heap, &w.columns, ',', true);
    for (unsigned i = 0; i < 500; i++) {
        (void)snprintf(line, sizeof line, "%u,%02u/%02u/2025,\n", i, i % 28 + 1,
                       i % 11 + 1);
        feed(&one, line, i);
        feed(&parts[i % 3 == 0], line, i);
    }
    EXPECT(survey_merge(&parts[0], &parts[1]));
    EXPECT(parts[0].rows == one.rows);
    EXPECT(one.decide_n == SURVEY_ROWS);
    EXPECT(parts[0].decide_n == SURVEY_ROWS);
    for (size_t i = 0; i < SURVEY_ROWS; i++)
        EXPECT(parts[0].decide[i].at == one.decide[i].at);
    EXPECT_STR(period(&parts[0], ours), period(&one, theirs));
    survey_end(&one);
    for (size_t i = 0; i < COUNT(parts); i++)
        survey_end(&parts[i]);
    arena_end(&w.a);
}
