/* iCalendar streams, line by line. [RFC 5545] */

#include "page/ical.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/utf8.h"

static day on(const char *date)
{
    day d = DAY_NEVER;

    EXPECT(day_parse(str_of(date), &d));
    return d;
}

/* 2026-03-02 01:02:03 UTC */
static int64_t moment(void)
{
    return day_start_micros(on("2026-03-02")) +
           (INT64_C(9) * 3600 + 123) * 1000000 + 999999;
}

static str stream(struct arena *a, const struct ical_item *items, size_t n)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 20);
    ical_begin(&b, S("ZH"), S("待办"));
    for (size_t i = 0; i < n; i++)
        ical_put(&b, &items[i], moment());
    ical_end(&b);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- whole streams -------------------------------------------------------- */

TEST(an_audit_and_a_task_are_an_event_and_a_to_do)
{
    TEST_ARENA(a, 1 << 20);
    const struct ical_item items[] = {
        {
            .kind = ICAL_EVENT,
            .uid = S("audit-1@example"),
            .summary = S("现场审查"),
            .from = on("2026-12-30"),
            .to = on("2026-12-31"),
        },
        {
            .kind = ICAL_TODO,
            .uid = S("task-1@example"),
            .summary = S("check"),
            .description = S("C2026-0001"),
            .categories = S("check"),
            .due = on("2026-03-09"),
            .pressing = true,
        },
        {
            .kind = ICAL_TODO,
            .uid = S("task-2@example"),
            .summary = S("plan"),
            .due = DAY_NEVER,
        },
    };

    EXPECT_STR(stream(&a, items, COUNT(items)),
               S("BEGIN:VCALENDAR\r\n"
                 "VERSION:2.0\r\n"
                 "PRODID:-//Tenstar//Tenstar//ZH\r\n"
                 "CALSCALE:GREGORIAN\r\n"
                 "METHOD:PUBLISH\r\n"
                 "X-WR-CALNAME:待办\r\n"
                 "BEGIN:VEVENT\r\n"
                 "UID:audit-1@example\r\n"
                 "DTSTAMP:20260302T010203Z\r\n"
                 "SUMMARY:现场审查\r\n"
                 "DTSTART;VALUE=DATE:20261230\r\n"
                 "DTEND;VALUE=DATE:20270101\r\n" /* the day after the last */
                 "TRANSP:OPAQUE\r\n"
                 "END:VEVENT\r\n"
                 "BEGIN:VTODO\r\n"
                 "UID:task-1@example\r\n"
                 "DTSTAMP:20260302T010203Z\r\n"
                 "SUMMARY:check\r\n"
                 "DESCRIPTION:C2026-0001\r\n"
                 "CATEGORIES:check\r\n"
                 "DUE;VALUE=DATE:20260309\r\n"
                 "STATUS:NEEDS-ACTION\r\n"
                 "PRIORITY:1\r\n"
                 "END:VTODO\r\n"
                 "BEGIN:VTODO\r\n"
                 "UID:task-2@example\r\n"
                 "DTSTAMP:20260302T010203Z\r\n"
                 "SUMMARY:plan\r\n"
                 "STATUS:NEEDS-ACTION\r\n"
                 "END:VTODO\r\n"
                 "END:VCALENDAR\r\n"));
}

TEST(an_instant_before_eight_in_the_morning_is_of_the_day_before_in_utc)
{
    TEST_ARENA(a, 1 << 20);
    const struct ical_item item = { .kind = ICAL_TODO, .due = DAY_NEVER };
    const int64_t eight = INT64_C(8) * 3600 * 1000000;
    static const struct {
        int64_t of_day;
        const char *want;
    } rows[] = {
        { -1, "DTSTAMP:20260301T235959Z\r\n" },
        { 0, "DTSTAMP:20260302T000000Z\r\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;

        buf_init(&b, &a, 1000);
        ical_put(&b, &item,
                 day_start_micros(on("2026-03-02")) + eight + rows[i].of_day);
        EXPECT_ROW(rows[i].want,
                   str_contains(buf_view(&b), str_of(rows[i].want)));
    }
}

/* --- escapes [IC2] -------------------------------------------------------- */

/* The line of the summary, whatever it came to. */
static str summary_line(struct arena *a, str summary)
{
    const struct ical_item item = { .kind = ICAL_TODO,
                                    .summary = summary,
                                    .due = DAY_NEVER };
    struct buf b;
    str text = S("");

    buf_init(&b, a, 1 << 20);
    ical_put(&b, &item, 0);
    EXPECT_OK(buf_done(&b, &text));
    while (text.n > 0 && !str_begins(text, S("SUMMARY:")))
        (void)str_cut(&text, '\n');
    return text;
}

TEST(signs_that_a_reader_would_take_for_its_own_are_escaped)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        const char *given;
        const char *want;
    } rows[] = {
        { "none", "C2026-0001: a", "SUMMARY:C2026-0001: a\r\n" },
        { "comma and semicolon", "a,b;c", "SUMMARY:a\\,b\\;c\r\n" },
        { "backslash", "a\\n", "SUMMARY:a\\\\n\r\n" },
        { "end of a line", "a\nEND:VTODO", "SUMMARY:a\\nEND:VTODO\r\n" },
        { "carriage return", "a\r\nb", "SUMMARY:a\\nb\r\n" },
        { "other controls", "a\x01\x7F\tb", "SUMMARY:ab\r\n" },
        { "signs of other lines", "“a：b”", "SUMMARY:“a：b”\r\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name,
                   str_begins(summary_line(&a, str_of(rows[i].given)),
                              str_of(rows[i].want)));
}

/* --- folding [IC1] -------------------------------------------------------- */

/* What is wrong with the lines of a stream, or NULL. */
static const char *lines_wrong(str text)
{
    while (text.n > 0) {
        size_t n = str_index(text, '\n');
        str line = str_first(text, n);

        if (n == text.n || n == 0 || line.p[n - 1] != '\r')
            return "a line does not end in CR LF";
        if (n - 1 > 75)
            return "a line is too long";
        if (str_index(str_first(line, n - 1), '\r') < n - 1)
            return "a CR stands alone";
        if (!utf8_check(line, NULL))
            return "a character was parted";
        text = str_from(text, n + 1);
    }
    return NULL;
}

static str unfolded(struct arena *a, str text)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 20);
    while (text.n > 0) {
        if (str_begins(text, S("\r\n ")))
            text = str_from(text, 3);
        if (text.n == 0)
            break;
        buf_char(&b, text.p[0]);
        text = str_from(text, 1);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* "SUMMARY:" has eight octets, so 67 of the text stand beside it. */
TEST(a_line_is_folded_at_its_seventy_sixth_octet)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        size_t letters; /* before the last sign */
        const char *last;
        bool folded;
    } rows[] = {
        { 66, "x", false }, { 67, "x", true },  { 64, "星", false },
        { 65, "星", true }, { 66, "星", true }, { 65, ",", false },
        { 66, ",", true },  { 63, "🔧", false }, { 64, "🔧", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str text = S("");

        buf_init(&b, &a, 1000);
        for (size_t k = 0; k < rows[i].letters; k++)
            buf_char(&b, 'x');
        buf_str(&b, str_of(rows[i].last));
        EXPECT_OK(buf_done(&b, &text));

        str line = summary_line(&a, text);
        EXPECT_ROW(rows[i].last,
                   str_contains(line, S("\r\n ")) == rows[i].folded);
        EXPECT_ROW_STR(rows[i].last, str_of(lines_wrong(line)), str_of(NULL));
    }
}

/* [property] Whatever is written comes back when the lines are unfolded. */
TEST(lines_of_any_length_and_any_characters_unfold_to_what_was_written)
{
    TEST_ARENA(a, 8 << 20);
    static const char *const signs[] = { "x", ",", "é", "星", "🔧", " " };
    struct test_random random = { TEST_SEED };

    for (int i = 0; i < 200; i++) {
        size_t n = test_random_below(&random, 300);
        struct buf given;
        struct buf want;

        buf_init(&given, &a, 10000);
        buf_init(&want, &a, 10000);
        buf_str(&want, S("SUMMARY:"));
        for (size_t k = 0; k <= n; k++) {
            const char *c = signs[test_random_below(&random, COUNT(signs))];

            buf_str(&given, str_of(c));
            buf_str(&want, c[0] == ',' ? S("\\,") : str_of(c));
        }
        buf_str(&want, S("\r\n"));
        str line = summary_line(&a, buf_view(&given));
        EXPECT_STR(str_of(lines_wrong(line)), str_of(NULL));
        EXPECT(str_begins(unfolded(&a, line), buf_view(&want)));
    }
}
