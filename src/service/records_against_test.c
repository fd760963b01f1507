/* Figures held against those of an earlier period. [RA1]..[RA4] [RC7] */

#include "service/records_against.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "records/hours.h"
#include "service/records.h"
#include "service/records_json.h"

enum { ROOM = 64 << 20, TEXT = 16 << 20 };

static day on(const char *text)
{
    day d = 0;

    EXPECT(day_parse(str_of(text), &d));
    return d;
}

TEST(a_period_is_held_against_an_earlier_one)
{
    static const struct {
        const char *against;
        const char *first;
        const char *last;
        const char *want; /* NULL: refused */
        const char *until;
    } rows[] = {
        { "before", "2025-04-01", "2025-06-30", "2024-12-31", "2025-03-31" },
        { "before", "2025-04-01", "2025-04-01", "2025-03-31", "2025-03-31" },
        { "year", "2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31" },
        { "year", "2025-02-01", "2025-02-28", "2024-02-01", "2024-02-29" },
        { "year", "2024-02-01", "2024-02-29", "2023-02-01", "2023-02-28" },
        { "year", "2024-02-29", "2024-03-31", "2023-03-01", "2023-03-31" },
        { "year", "2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31" },
        { "year", "2024-01-01", "2025-01-01", NULL, NULL }, /* a common day */
        { "year", "1970-06-01", "1970-06-30", NULL, NULL },
        { "2024-01-01..2024-06-30", "2025-01-01", "2025-06-30", "2024-01-01",
          "2024-06-30" },
        { "2024-06-30..2024-01-01", "2025-01-01", "2025-06-30", NULL, NULL },
        { "2024-01-01..2025-01-01", "2025-01-01", "2025-06-30", NULL, NULL },
        { "2026-01-01..2026-06-30", "2025-01-01", "2025-06-30", NULL, NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct records_against against;
        struct against_period got = { 0 };
        day first = on(rows[i].first);
        day last = on(rows[i].last);

        EXPECT(against_parse(str_of(rows[i].against), &against));
        if (rows[i].want == NULL) {
            EXPECT_ROW_ERR(rows[i].first,
                           against_period(&a, &against, first, last, &got),
                           ERR_INVALID, "records.against");
            continue;
        }
        EXPECT_OK(against_period(&a, &against, first, last, &got));
        EXPECT_ROW(rows[i].first, got.first == on(rows[i].want) &&
                                      got.last == on(rows[i].until));
    }
}

TEST(what_is_no_period_is_not_taken_for_one)
{
    static const char *const rows[] = {
        "yearly",
        "2024",
        "2024-01-01",
        "2024-01-01..",
        "2024-01-01-2024-06-30",
        "2024-01-01..2024-06-31",
        "2024-01-01...2024-06-3",
    };
    struct records_against a = { AGAINST_YEAR, 7, 8 };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i], !against_parse(str_of(rows[i]), &a) &&
                                a.by == AGAINST_YEAR && a.first == 7);
    EXPECT(against_parse(S(""), &a) && a.by == AGAINST_NOTHING);
}

/* [RA3] */
TEST(a_change_is_told_where_chance_does_not_explain_it)
{
    static const struct {
        struct share then;
        struct share now;
        bool told;
        struct share_change want;
    } rows[] = {
        { { 80, 100 }, { 95, 100 }, true, { CHANGE_HIGHER, 1500 } },
        { { 95, 100 }, { 80, 100 }, true, { CHANGE_LOWER, -1500 } },
        { { 90, 100 }, { 92, 100 }, true, { CHANGE_NONE, 200 } },
        { { 4, 5 }, { 1, 5 }, true, { CHANGE_CANNOT_TELL, -6000 } },
        { { 1, 3 }, { 2, 3 }, true, { CHANGE_CANNOT_TELL, 3334 } },
        { { 0, 0 }, { 2, 3 }, false, { 0 } },
        { { 2, 3 }, { 0, 0 }, false, { 0 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct share_change got = { 0 };

        EXPECT(share_compare(rows[i].then, rows[i].now, &got) == rows[i].told);
        EXPECT(got.change == rows[i].want.change &&
               got.points == rows[i].want.points);
    }
}

/* --- counted in one reading [RC7] --- */

/* Two years of tickets: the first outlet solves more of them in the second, the
 * other one as many. */
static str two_years(struct arena *a)
{
    str text = S("");
    struct buf b;

    buf_init(&b, a, TEXT);
    buf_str(&b, S("工单号,报修时间,完成时间,网点,评分\n"));
    for (unsigned i = 0; i < 40000; i++) {
        unsigned year = 2024 + i / 20000;
        bool east = i % 2 == 0;
        bool open = i % 10 < 2 && (!east || year == 2024 || i % 100 < 50);

        buf_printf(&b, "T%u,%u-%02u-%02u 09:00,", i, year, i / 2 % 12 + 1,
                   i % 28 + 1);
        if (!open)
            buf_printf(&b, "%u-%02u-%02u 11:%02u", year, i / 2 % 12 + 1,
                       i % 28 + 1, i % 60);
        buf_printf(&b, ",%s,%u\n", east ? "东站" : "西站", i % 5 + 1);
    }
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static err counted(struct arena *a, struct heap *h,
                   const struct records_input *in,
                   const struct records_terms *terms, str *out)
{
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_file file;
    struct json *j;
    struct buf b;

    TRY(records_open(a, h, in, &file));
    TRY(records_figures(a, h, in, &file, terms, &f));
    TRY(records_figures_json(a, &file, f, GROUP_OUTLET, &j));
    buf_init(&b, a, TEXT);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

/* What stands between "whole" and what follows of a document. */
static str resolved_of(str text, str behind)
{
    size_t at = str_find(text, behind);

    EXPECT(at < text.n);
    text = str_from(text, at);
    at = str_find(text, S("\"resolved\":"));
    EXPECT(at < text.n);
    return str_first(str_from(text, at), 140);
}

TEST(a_year_is_held_against_the_one_before_however_many_read)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct records_terms terms = { .first = on("2025-01-01"),
                                   .last = on("2025-12-31"),
                                   .against = { .by = AGAINST_YEAR },
                                   .repeat_days = 30,
                                   .week = &week_always };
    str text = two_years(&a);
    str first = S("");

    EXPECT(text.n > 3 * SOURCE_PIECE / 2);
    for (size_t workers = 1; workers <= 4; workers++) {
        struct records_input in = { .from = { .bytes = text },
                                    .name = S("服务.csv"),
                                    .workers = workers };
        str got = S("");

        EXPECT_OK(counted(&a, &h, &in, &terms, &got));
        if (workers == 1)
            first = got;
        EXPECT(str_eq(got, first));
    }
    EXPECT(str_contains(first, S("\"against\":{\"from\":\"2024-01-01\","
                                 "\"tickets\":20000,"
                                 "\"to\":\"2024-12-31\"}")));
    EXPECT(str_begins(resolved_of(first, S("\"name\":\"西站\"")),
                      S("\"resolved\":{\"change\":\"none\",")));
    EXPECT(str_contains(resolved_of(first, S("\"name\":\"东站\"")),
                        S("\"change\":\"rise\"")));
    EXPECT(str_contains(resolved_of(first, S("\"name\":\"东站\"")),
                        S("\"points\":1000,\"then\":{\"k\":8000,"
                          "\"n\":10000}")));
    /* what was then is what that year comes to by itself */
    terms.first = on("2024-01-01");
    terms.last = on("2024-12-31");
    terms.against.by = AGAINST_NOTHING;
    struct records_input in = { .from = { .bytes = text },
                                .name = S("服务.csv"),
                                .workers = 2 };
    str then = S("");
    EXPECT_OK(counted(&a, &h, &in, &terms, &then));
    EXPECT(!str_contains(then, S("\"change\"")));
    EXPECT(str_contains(resolved_of(then, S("\"name\":\"东站\"")),
                        S("\"k\":8000")));
}
