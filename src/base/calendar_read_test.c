#include "base/day.h"

#include "base/size.h"
#include "base/test.h"

#include "calendar_data.h"

static day parse(const char *text)
{
    day d = DAY_NEVER;

    if (!day_parse(str_of(text), &d))
        test_fail(__FILE__, __LINE__, text, "a date");
    return d;
}

static bool works(const struct calendar *c, const char *date)
{
    bool known = false;
    bool work = calendar_workday(c, parse(date), &known);

    EXPECT_ROW(date, known);
    return work;
}

TEST(a_year_that_was_read_is_known)
{
    static const str text = S_INIT("# taken over from the notice\n"
                                   "\n"
                                   "year 2027 the notice, by hand\n"
                                   "2027-01-01 off 元旦\n"
                                   "2027-01-03 work 元旦\n");
    TEST_ARENA(a, 1 << 20);
    struct calendar *c = NULL;

    EXPECT_OK(calendar_new(&a, &c));
    EXPECT_OK(calendar_read(c, &a, S("mine.txt"), text));
    EXPECT(!works(c, "2027-01-01"));
    EXPECT(!works(c, "2027-01-02"));
    EXPECT(works(c, "2027-01-03"));
    EXPECT(works(c, "2027-01-04"));
    EXPECT(works(c, "2027-12-31"));
    EXPECT_STR(calendar_name(c, parse("2027-01-03")), S("元旦"));
    EXPECT_STR(calendar_name(c, parse("2027-01-04")), S(""));
    EXPECT_STR(calendar_source(c, 2027), S("the notice, by hand"));
}

TEST(a_text_may_have_blanks_crlf_a_mark_and_no_last_newline)
{
    static const str text = S_INIT("\xef\xbb\xbfyear  2027   a source\r\n"
                                   "  2027-01-01   off   New Year  \r\n"
                                   "\r\n"
                                   "2027-12-31 off year's end");
    TEST_ARENA(a, 1 << 20);
    struct calendar *c = NULL;

    EXPECT_OK(calendar_new(&a, &c));
    EXPECT_OK(calendar_read(c, &a, S("mine.txt"), text));
    EXPECT(!works(c, "2027-01-01"));
    EXPECT(!works(c, "2027-12-31"));
    EXPECT_STR(calendar_source(c, 2027), S("a source"));
    EXPECT_STR(calendar_name(c, parse("2027-01-01")), S("New Year"));
    EXPECT_STR(calendar_name(c, parse("2027-12-31")), S("year's end"));
}

TEST(the_last_day_of_a_leap_year_can_be_listed)
{
    TEST_ARENA(a, 1 << 20);
    struct calendar *c = NULL;

    EXPECT_OK(calendar_new(&a, &c));
    EXPECT_OK(
        calendar_read(c, &a, S("t"), S("year 2028 s\n2028-12-31 work 元旦\n")));
    EXPECT(works(c, "2028-12-31")); /* a Sunday */
}

TEST(a_later_text_replaces_whole_years_and_no_others)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = NULL;
    int32_t first;
    int32_t last;

    EXPECT_OK(calendar_official(&a, &c));
    EXPECT_OK(calendar_read(c, &a, S("mine.txt"),
                            S("year 2026 ours\n2026-01-02 off x\n"
                              "year 2027 ours\n2027-01-01 off y\n")));
    EXPECT(works(c, "2026-01-01"));
    EXPECT(!works(c, "2026-01-02"));
    EXPECT(!works(c, "2026-01-04"));
    EXPECT(!works(c, "2025-10-01"));
    EXPECT(!works(c, "2027-01-01"));
    EXPECT_STR(calendar_name(c, parse("2026-10-01")), S(""));
    EXPECT_STR(calendar_source(c, 2026), S("ours"));
    calendar_years(c, &first, &last);
    EXPECT(first == 2004 && last == 2027);
}

/* Updating the calendar turns a provisional deadline into a certain one. */
TEST(a_deadline_is_certain_once_its_year_is_known)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = NULL;
    struct span s = { 1, SPAN_WORKDAYS };

    EXPECT_OK(calendar_official(&a, &c));
    EXPECT(span_end(c, parse("2026-12-31"), s).provisional);
    EXPECT_OK(
        calendar_read(c, &a, S("t"), S("year 2027 s\n2027-01-01 off x\n")));
    struct deadline got = span_end(c, parse("2026-12-31"), s);
    EXPECT(got.on == parse("2027-01-04") && !got.provisional);
}

static const struct {
    const char *why;
    str text;
    const char *id;
    int64_t line; /* 0: the message names none */
} refusals[] = {
    { "nothing", S_INIT(""), "calendar.empty", 0 },
    { "only comments", S_INIT("# year 2027 s\n\n"), "calendar.empty", 0 },
    { "no year number", S_INIT("year"), "calendar.year", 1 },
    { "three digits", S_INIT("year 202 s"), "calendar.year", 1 },
    { "five digits", S_INIT("year 20270 s"), "calendar.year", 1 },
    { "a letter", S_INIT("year 202x s"), "calendar.year", 1 },
    { "before the range", S_INIT("year 1899 s"), "calendar.year", 1 },
    { "after the range", S_INIT("year 2200 s"), "calendar.year", 1 },
    { "no source", S_INIT("year 2027"), "calendar.source", 1 },
    { "blank source", S_INIT("year 2027  \n"), "calendar.source", 1 },
    { "tab in the source", S_INIT("year 2027 a\tb"), "calendar.source", 1 },
    { "twice", S_INIT("year 2027 s\n2027-01-01 off x\nyear 2027 s\n"),
      "calendar.year_twice", 3 },
    { "no days", S_INIT("year 2027 s\n"), "calendar.year_empty", 0 },
    { "no days before the next year",
      S_INIT("year 2027 s\nyear 2028 s\n2028-01-01 off x\n"),
      "calendar.year_empty", 0 },
    { "day first", S_INIT("2027-01-01 off x\n"), "calendar.year_missing", 1 },
    { "no date", S_INIT("year 2027 s\n27-01-01 off x\n"), "calendar.date", 2 },
    { "a date that is none", S_INIT("year 2027 s\n2027-02-29 off x\n"),
      "calendar.date", 2 },
    { "year in capitals", S_INIT("YEAR 2027 s\n"), "calendar.date", 1 },
    { "a day of the year before", S_INIT("year 2027 s\n2026-12-31 off x\n"),
      "calendar.other_year", 2 },
    { "a day of the year after", S_INIT("year 2027 s\n2028-01-01 off x\n"),
      "calendar.other_year", 2 },
    { "the same day again",
      S_INIT("year 2027 s\n2027-01-01 off x\n2027-01-01 off x\n"),
      "calendar.order", 3 },
    { "an earlier day",
      S_INIT("year 2027 s\n2027-01-02 off x\n\n2027-01-01 off x\n"),
      "calendar.order", 4 },
    { "no kind", S_INIT("year 2027 s\n2027-01-01"), "calendar.kind", 2 },
    { "another kind", S_INIT("year 2027 s\n2027-01-01 Off x"), "calendar.kind",
      2 },
    { "work on a Friday", S_INIT("year 2027 s\n2027-01-01 work x"),
      "calendar.work_on_weekday", 2 },
    { "no name", S_INIT("year 2027 s\n2027-01-01 off"), "calendar.name", 2 },
    { "DEL in the name", S_INIT("year 2027 s\n2027-01-01 off a\x7f"),
      "calendar.name", 2 },
    { "NUL in the name", S_INIT("year 2027 s\n2027-01-01 off a\0b"),
      "calendar.name", 2 },
};

TEST(a_text_that_is_no_calendar_is_refused_with_line_and_reason)
{
    for (size_t i = 0; i < COUNT(refusals); i++) {
        TEST_ARENA(a, 1 << 20);
        struct calendar *c = NULL;
        int32_t first;
        int32_t last;

        EXPECT_OK(calendar_new(&a, &c));
        err e = calendar_read(c, &a, S("mine.txt"), refusals[i].text);
        EXPECT_ROW_ERR(refusals[i].why, e, ERR_INVALID, refusals[i].id);
        EXPECT_ROW_STR(refusals[i].why, err_arg_text(e, "name"), S("mine.txt"));
        if (failed(e) && refusals[i].line != 0)
            EXPECT_ROW(refusals[i].why,
                       e.info->args[1].number == refusals[i].line);
        calendar_years(c, &first, &last);
        EXPECT_ROW(refusals[i].why, first == 0 && last == 0);
    }
}

/* "year 2027 " and n letters, or a day line with a name of n letters. */
static str label_of(char *into, size_t size, str before, size_t n)
{
    memset(into, 'x', size);
    memcpy(into, before.p, before.n);
    return (str){ into, before.n + n };
}

TEST(labels_have_a_greatest_length)
{
    static const str day_before = S_INIT("year 2027 s\n2027-01-01 off ");
    static const str year_before = S_INIT("2027-01-01 off x\nyear 2028 ");
    TEST_ARENA(a, 1 << 20);
    struct calendar *c = NULL;
    char text[1000];

    EXPECT_OK(calendar_new(&a, &c));
    EXPECT_OK(calendar_read(c, &a, S("t"),
                            label_of(text, sizeof text, day_before, 200)));
    EXPECT_ERR(calendar_read(c, &a, S("t"),
                             label_of(text, sizeof text, day_before, 201)),
               ERR_INVALID, "calendar.name");
    /* A good source gets as far as the missing days. */
    str tail = str_from(year_before, str_find(year_before, S("year")));
    EXPECT_ERR(calendar_read(c, &a, S("t"),
                             label_of(text, sizeof text, tail, 500)),
               ERR_INVALID, "calendar.year_empty");
    EXPECT_ERR(calendar_read(c, &a, S("t"),
                             label_of(text, sizeof text, tail, 501)),
               ERR_INVALID, "calendar.source");
}

TEST(a_long_line_is_shown_up_to_a_whole_character)
{
    TEST_ARENA(a, 1 << 20);
    struct calendar *c = NULL;
    char text[200];

    EXPECT_OK(calendar_new(&a, &c));
    memset(text, 'x', sizeof text);
    static const char name[6] = { '\xe5', '\x85', '\x83',   /* bytes 78-80 */
                                  '\xe6', '\x97', '\xa6' }; /* and 81-83 */
    memcpy(text + 78, name, sizeof name);
    err e = calendar_read(c, &a, S("t"), (str){ text, sizeof text });
    EXPECT_ERR(e, ERR_INVALID, "calendar.date");
    EXPECT(err_arg_text(e, "text").n == 78);

    memset(text, 'x', sizeof text);
    e = calendar_read(c, &a, S("t"), (str){ text, sizeof text });
    EXPECT(err_arg_text(e, "text").n == 80);
}

TEST(a_refused_text_leaves_the_calendar_as_it_was)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = NULL;

    EXPECT_OK(calendar_official(&a, &c));
    EXPECT_ERR(calendar_read(c, &a, S("t"),
                             S("year 2026 ours\n2026-01-02 off x\n"
                               "year 2027 ours\n2027-01-01 of y\n")),
               ERR_INVALID, "calendar.kind");
    EXPECT(!works(c, "2026-01-01"));
    EXPECT(str_contains(calendar_source(c, 2026), S("chinese-days")));
    EXPECT_STR(calendar_source(c, 2027), S(""));
}

static err read_officially(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct calendar *c = NULL;

    (void)context;
    arena_init(&a, h, 4 << 20);
    return calendar_official(&a, &c);
}

TEST(reading_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(read_officially, NULL, NULL) > 0);
}

static err read_badly(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct calendar *c = NULL;
    int32_t first;
    int32_t last;

    (void)context;
    arena_init(&a, h, 4 << 20);
    TRY(calendar_new(&a, &c));
    err e = calendar_read(c, &a, S("t"), S("year 2027 s\n2027-01-01 x x\n"));
    calendar_years(c, &first, &last);
    EXPECT(first == 0);
    if (failed(e) && e.info->code == ERR_INVALID)
        return OK;
    return e;
}

TEST(refusing_survives_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(read_badly, NULL, NULL) > 0);
}

/* [property] Whatever a byte is changed to, reading ends, and what is taken
 * is a calendar of whole years. */
TEST(altered_texts_are_read_or_refused)
{
    static char bytes[4096];
    struct test_random r = { TEST_SEED };
    str whole = embedded_text(&calendar_data[calendar_data_count - 1]);
    str text = { bytes, whole.n };
    size_t refused = 0;

    EXPECT(whole.n > 0 && whole.n < sizeof bytes);
    memcpy(bytes, whole.p, whole.n);
    for (int i = 0; i < 2000; i++) {
        TEST_ARENA(a, 1 << 20);
        struct calendar *c = NULL;
        size_t at = test_random_below(&r, text.n);
        char was = bytes[at];

        bytes[at] = (char)test_random_next(&r);
        EXPECT_OK(calendar_new(&a, &c));
        err e = calendar_read(c, &a, S("t"), text);
        EXPECT(!failed(e) || e.info->code == ERR_INVALID);
        refused += failed(e);
        bytes[at] = was;
    }
    EXPECT(refused > 1000);
}
