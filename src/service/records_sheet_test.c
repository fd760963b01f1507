/* A sheet is counted again, also against another period. [RT2] [RT3] */

#include "service/records_sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "verify/sealed.h"

enum { ROOM = 64 << 20, TEXT = 4 << 20 };

static str records_of(struct arena *a, unsigned bad)
{
    str text = S("");
    struct buf b;

    buf_init(&b, a, TEXT);
    buf_str(&b, S("工单号,报修时间,完成时间,网点,服务人员,评分\n"));
    for (unsigned i = 0; i < 2000; i++)
        buf_printf(&b, "T%u,%u-%02u-%02u 09:00,%s,东站,%s,%u.5\n", i,
                   2024 + i / 1000, i % 12 + 1, i % 28 + 1,
                   i % 10 < 2 && (i < 1000 || i % 100 < bad)
                       ? ""
                       : "2025-12-31 10:00",
                   i % 9 < 6    ? "周到"
                   : i % 2 == 0 ? "李四"
                                : "王五",
                   i % 4 + 1);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static str figures_by(struct arena *a, const struct sheet_asked *asked,
                      str text, size_t workers)
{
    const struct sheet_maker by = { .program = S("1"), .made = 20000 };
    struct heap h = HEAP_LIBC;
    const struct records_input in = { .from = { .bytes = text },
                                      .name = S("records/2026/服务.csv"),
                                      .workers = workers };
    struct json *sheet = NULL;
    str out = S("");
    struct buf b;

    EXPECT_OK(sheet_make(a, &h, &in, asked, &by, &sheet));
    buf_init(&b, a, TEXT);
    json_canonical(&b, sheet);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* Of several megabytes, so that each worker has a part of it. [RC3] */
static str by_any_number(struct arena *a, enum column_events events, str text)
{
    const struct sheet_asked asked = { .events = events,
                                       .terms = { .whole = true } };
    str first = figures_by(a, &asked, text, 1);

    EXPECT(text.n > 3 * (size_t)SOURCE_PIECE / 2);
    for (size_t workers = 2; workers <= 4; workers++)
        EXPECT(str_eq(figures_by(a, &asked, text, workers), first));
    return first;
}

TEST(parts_that_are_low_do_not_depend_on_who_read_them)
{
    TEST_ARENA(a, ROOM);
    struct buf b;
    str text = S("");
    str got;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("日期,备件名称,库存数量,安全库存\n"));
    for (unsigned i = 0; i < 70000; i++)
        buf_printf(&b, "2025-%02u-%02u,备件%u,%u,5\n", i / 23334 + 1,
                   i / 834 % 28 + 1, i % 7, i % 7 == 3 ? 4 : 5 + i % 2);
    EXPECT_OK(buf_done(&b, &text));
    got = by_any_number(&a, EVENTS_AUTO, text);
    EXPECT(str_contains(got, S("\"low_stock\":{\"by_part\":[{\"days\":84,"
                               "\"name\":\"备件3\"}],\"days\":84}")));
}

TEST(a_log_that_says_only_states_comes_out_the_same_whoever_read_it)
{
    TEST_ARENA(a, ROOM);
    struct buf b;
    str text = S("");
    str got;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("number,state,opened at,updated at,group\n"));
    for (unsigned i = 0; i < 60000; i++)
        buf_printf(&b,
                   "T%u,%s,2025-03-%02u 08:00,2025-04-%02u 10:00,Group %u\n",
                   i % 20000,
                   i < 20000   ? "New"
                   : i < 40000 ? "Resolved"
                               : "Closed",
                   i % 20000 % 28 + 1, i / 20000 * 5 + 1, i % 11);
    EXPECT_OK(buf_done(&b, &text));
    got = by_any_number(&a, EVENTS_YES, text);
    EXPECT(str_contains(got, S("\"resolved_by\":\"state\"")));
    EXPECT(str_contains(got, S("\"tickets\":20000")));
    EXPECT(str_contains(got, S("\"resolved\":{\"high\":10000,\"k\":20000,")));
}

static err make(struct arena *a, struct heap *h, str text,
                const struct sheet_asked *asked, struct json **out)
{
    const struct sheet_maker by = { .program = S("1"), .made = 20000 };
    const struct records_input in = { .from = { .bytes = text },
                                      .name = S("服务.csv"),
                                      .workers = 2 };

    return sheet_make(a, h, &in, asked, &by, out);
}

TEST(a_sheet_against_a_year_before_is_counted_again)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct sheet_asked asked = { .against = S("year") };
    struct sheet_asked read = { 0 };
    struct sheet_maker by = { 0 };
    struct json *sheet = NULL;
    struct json *again = NULL;
    str text = S("");
    str place = S("");
    struct buf b;

    EXPECT(day_parse(S("2025-01-01"), &asked.terms.first));
    EXPECT(day_parse(S("2025-12-31"), &asked.terms.last));
    EXPECT_OK(make(&a, &h, records_of(&a, 10), &asked, &sheet));
    buf_init(&b, &a, TEXT);
    json_canonical(&b, sheet);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT(str_contains(text, S("\"against\":\"year\"")));
    EXPECT(str_contains(text, S("\"change\":\"rise\"")));
    EXPECT(str_contains(text, S("\"sum_hundredths\":300000")));
    EXPECT(str_contains(text, S("\"above\":1")));
    EXPECT(!str_contains(text, S("周到"))); /* [RT3] */
    EXPECT_OK(json_parse(&a, text, &sheet));
    EXPECT_OK(sheet_read(&a, S("s"), sheet, &read, &by));
    EXPECT_STR(read.against, S("year"));
    EXPECT_OK(make(&a, &h, records_of(&a, 10), &read, &again));
    EXPECT_OK(sheet_differs(&a, sheet, again, &place));
    EXPECT_STR(place, S(""));
}

TEST(a_sheet_with_no_period_to_hold_against_is_refused)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct sheet_asked asked = { .against = S("last") };
    struct json *sheet = NULL;

    asked.terms.whole = true;
    EXPECT_ERR(make(&a, &h, records_of(&a, 0), &asked, &sheet), ERR_INVALID,
               "records.sheet_field");
}

/* [RT3] Where it lay on whose machine is nobody's business. */
TEST(a_sheet_says_what_the_file_is_called_and_not_where_it_lay)
{
    static const struct {
        const char *path;
        const char *name;
    } rows[] = { { "a.csv", "a.csv" },
                 { "./a.csv", "a.csv" },
                 { "records/2026/服务.csv", "服务.csv" },
                 { "", "" } };
    const struct sheet_asked asked = { .terms = { .whole = true } };
    TEST_ARENA(a, ROOM);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].path, sheet_file_name(str_of(rows[i].path)),
                       str_of(rows[i].name));
    str sheet = figures_by(&a, &asked, records_of(&a, 0), 1);
    EXPECT(str_contains(sheet, S("\"name\":\"服务.csv\"")));
    EXPECT(!str_contains(sheet, S("records/2026")));
}

/* A part for each of them, and still no longer than what can be checked again.
 * (verify/sealed.h) */
TEST(a_sheet_of_six_thousand_outlets_can_be_signed)
{
    enum { OUTLETS = 6000 };
    const struct sheet_asked asked = { .terms = { .whole = true } };
    TEST_ARENA(a, (size_t)4 * ROOM);
    str text = S("");
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("工单号,报修时间,响应时间,完成时间,网点,类型,评分,序列号,"
                  "故障\n"));
    for (unsigned i = 0; i < 2 * OUTLETS; i++)
        buf_printf(&b,
                   "T%u,2025-%02u-%02u 09:00,2025-%02u-%02u 10:00,"
                   "2025-%02u-%02u 17:00,服务网点第%04u号,%s,%u,SN%u,漏水\n",
                   i, i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 28 + 1,
                   i % 12 + 1, i % 28 + 1, i / 2, i % 3 ? "维修" : "投诉",
                   i % 5 + 1, i);
    EXPECT_OK(buf_done(&b, &text));
    str sheet = figures_by(&a, &asked, text, 2);
    EXPECT(sheet.n > 0 && sheet.n < SEALED_MAX);
    EXPECT(str_contains(sheet, S("服务网点第5999号")));
}
