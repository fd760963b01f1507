#include "sys/log.h"

#include "base/arena.h"
#include "base/test.h"
#include "sys/clock.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A log that writes into a pipe, at a quarter past the epoch. */
struct fixture {
    struct clock_set clock;
    struct log log;
    int ends[2];
    char text[LOG_LINE + 2];
};

static void fixture_init(struct fixture *f)
{
    clock_set_init(&f->clock, INT64_C(900) * 1000000);
    EXPECT(pipe(f->ends) == 0);
    log_init(&f->log, &f->clock.clock, f->ends[1], LEVEL_INFO);
}

static void fixture_end(struct fixture *f)
{
    EXPECT(close(f->ends[0]) == 0);
    EXPECT(close(f->ends[1]) == 0);
}

/* What was logged since the last look. */
static str logged(struct fixture *f)
{
    EXPECT(write(f->ends[1], "\n", 1) == 1);
    ssize_t n = read(f->ends[0], f->text, sizeof f->text);
    EXPECT(n >= 1);
    return (str){ f->text, (size_t)n - 1 };
}

TEST(a_line_is_one_json_object_with_time_level_and_event)
{
    struct fixture f;

    fixture_init(&f);
    log_event(&f.log, LEVEL_INFO, "server.open", ARG_INT("port", 8010),
              ARG_STR("address", S("127.0.0.1")), ARG_INT("low", INT64_MIN));
    EXPECT_STR(logged(&f),
               S("{\"time\":\"1970-01-01T00:15:00.000000Z\",\"level\":\"info\","
                 "\"event\":\"server.open\",\"port\":8010,"
                 "\"address\":\"127.0.0.1\",\"low\":-9223372036854775808}\n"));
    fixture_end(&f);
}

TEST(events_below_the_level_are_dropped_and_a_null_log_says_nothing)
{
    struct fixture f;

    fixture_init(&f);
    f.log.from = LEVEL_WARN;
    log_event(&f.log, LEVEL_INFO, "a.info");
    log_event(NULL, LEVEL_ERROR, "a.nobody");
    EXPECT_STR(logged(&f), S(""));
    log_event(&f.log, LEVEL_WARN, "a.warn");
    EXPECT(
        str_contains(logged(&f), S("\"level\":\"warn\",\"event\":\"a.warn\"")));
    log_event(&f.log, LEVEL_ERROR, "a.error");
    EXPECT(str_contains(logged(&f), S("\"level\":\"error\"")));
    fixture_end(&f);
}

TEST(whatever_bytes_a_field_holds_the_line_stays_json_in_utf_8)
{
    static const struct {
        const char *why;
        str field;
        const char *want;
    } rows[] = {
        { "quotes and backslashes", S_INIT("a\"b\\c"), "\"a\\\"b\\\\c\"" },
        { "a line end cannot forge a line", S_INIT("a\nb\r"),
          "\"a\\u000ab\\u000d\"" },
        { "NUL and DEL", S_INIT("\0\x7f"), "\"\\u0000\\u007f\"" },
        { "two, three and four bytes",
          S_INIT("\xc3\xa4\xe6\x98\x9f\xf0\x9f\x8c\x9f"),
          "\"\xc3\xa4\xe6\x98\x9f\xf0\x9f\x8c\x9f\"" },
        { "a lone continuation", S_INIT("a\x80"), "\"a\xef\xbf\xbd\"" },
        { "overlong slash", S_INIT("\xc0\xaf"),
          "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "overlong in three", S_INIT("\xe0\x9f\xbf"),
          "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "the lowest in three", S_INIT("\xe0\xa0\x80"), "\"\xe0\xa0\x80\"" },
        { "a surrogate", S_INIT("\xed\xa0\x80"),
          "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "the last before the surrogates", S_INIT("\xed\x9f\xbf"),
          "\"\xed\x9f\xbf\"" },
        { "overlong in four", S_INIT("\xf0\x8f\xbf\xbf"),
          "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "the last there is", S_INIT("\xf4\x8f\xbf\xbf"),
          "\"\xf4\x8f\xbf\xbf\"" },
        { "one beyond it", S_INIT("\xf4\x90\x80\x80"),
          "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "cut short", S_INIT("\xe6\x98"), "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "no UTF-8 begins so", S_INIT("\xff"), "\"\xef\xbf\xbd\"" },
        { "nothing", S_INIT(""), "\"\"" },
    };
    struct fixture f;

    fixture_init(&f);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        log_event(&f.log, LEVEL_INFO, "x", ARG_STR("f", rows[i].field));
        str got = str_trim(logged(&f));
        size_t at = str_find(got, S("\"f\":"));
        got = str_from(got, at + 4);
        EXPECT_ROW_STR(rows[i].why, str_first(got, got.n - 1),
                       str_of(rows[i].want));
    }
    fixture_end(&f);
}

TEST(a_field_that_does_not_fit_is_left_out_and_counted)
{
    static char big[LOG_LINE];
    struct fixture f;

    memset(big, 'x', sizeof big);
    fixture_init(&f);
    log_event(&f.log, LEVEL_INFO, "x", ARG_STR("big", ((str){ big, LOG_LINE })),
              ARG_INT("small", 1), ARG_STR("again", ((str){ big, LOG_LINE })));
    str got = logged(&f);
    EXPECT(str_ends(got, S("\"event\":\"x\",\"small\":1,\"left_out\":2}\n")));
    fixture_end(&f);
}

/* [LG1] Every length on both sides of what fits. */
TEST(no_line_is_longer_than_a_pipe_takes_whole)
{
    static char big[LOG_LINE];
    struct fixture f;
    size_t longest = 0;

    memset(big, 'x', sizeof big);
    fixture_init(&f);
    for (size_t n = LOG_LINE - 300; n <= LOG_LINE; n++) {
        log_event(&f.log, LEVEL_INFO, "x", ARG_STR("f", ((str){ big, n })));
        str got = logged(&f);
        bool whole = got.n > n;
        EXPECT(got.n <= LOG_LINE && str_ends(got, S("}\n")));
        EXPECT(whole != str_ends(got, S("\"left_out\":1}\n")));
        if (whole && got.n > longest)
            longest = got.n;
    }
    EXPECT(longest == LOG_LINE - 80 + 2);
    fixture_end(&f);
}

TEST(lines_that_cannot_be_written_are_counted_in_the_next)
{
    struct fixture f;

    fixture_init(&f);
    f.log.fd = -1;
    log_event(&f.log, LEVEL_INFO, "one");
    log_event(&f.log, LEVEL_INFO, "two");
    f.log.fd = f.ends[1];
    log_event(&f.log, LEVEL_INFO, "three");
    EXPECT(str_ends(logged(&f), S("\"event\":\"three\",\"lost\":2}\n")));
    log_event(&f.log, LEVEL_INFO, "four");
    EXPECT(str_ends(logged(&f), S("\"event\":\"four\"}\n")));
    fixture_end(&f);
}

/* A socket whose buffer is nearly full takes a part of a line. */
TEST(after_a_torn_line_the_next_begins_on_its_own)
{
    static char big[3000];
    char text[64];
    struct fixture f;
    int ends[2];
    ssize_t got;
    size_t whole = 0;

    memset(big, 'x', sizeof big);
    fixture_init(&f);
    EXPECT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    f.log.fd = ends[1];
    atomic_store(&f.log.torn, true);
    log_event(&f.log, LEVEL_INFO, "next");
    got = read(ends[0], text, sizeof text);
    EXPECT(got > 1 && text[0] == '\n' && text[1] == '{');

    while (atomic_load(&f.log.lost) == 0) {
        log_event(&f.log, LEVEL_INFO, "x",
                  ARG_STR("f", ((str){ big, sizeof big })));
        whole++;
    }
    EXPECT(whole > 1 && atomic_load(&f.log.lost) == 1);
    EXPECT(close(ends[0]) == 0);
    EXPECT(close(ends[1]) == 0);
    fixture_end(&f);
}

TEST(an_error_is_logged_without_its_texts)
{
    struct fixture f;
    TEST_ARENA(a, 1 << 16);

    fixture_init(&f);
    err e = { err_make(&a, ERR_INVALID, "person.name", "person.c:7",
                       (const struct err_arg[]){ ARG_STR("name", S("Zhang")),
                                                 ARG_INT("line", 3),
                                                 ARG_IDS("why", S("a.b|c.d")),
                                                 ARG_MONEY("fee", 100),
                                                 { 0 } }) };
    log_err(&f.log, "http.failed", S("1f"), e);
    EXPECT_STR(str_from(logged(&f), 38),
               S("\"level\":\"error\",\"event\":\"http.failed\",\"request\":"
                 "\"1f\",\"code\":\"invalid\",\"id\":\"person.name\",\"where\":"
                 "\"person.c:7\",\"line\":3,\"why\":\"a.b|c.d\"}\n"));
    fixture_end(&f);
}

/* "event":"sequencer" .. "event":9 would leave one of them to be read. */
TEST(an_argument_does_not_hide_what_the_line_says)
{
    struct fixture f;
    TEST_ARENA(a, 1 << 16);

    fixture_init(&f);
    log_err(&f.log, "sequencer", S(""),
            (err){ err_make(&a, ERR_CORRUPT, "journal.tampered", "stream.c:1",
                            (const struct err_arg[]){ ARG_INT("event", 9),
                                                      ARG_INT("events", 8),
                                                      { 0 } }) });
    EXPECT(str_ends(logged(&f), S("\"where\":\"stream.c:1\","
                                  "\"error_event\":9,\"events\":8}\n")));
    fixture_end(&f);
}

TEST(an_error_with_many_numbers_keeps_the_first)
{
    enum { MANY = 20 };
    struct err_arg args[MANY + 1] = { { 0 } };
    struct fixture f;
    TEST_ARENA(a, 1 << 16);

    for (int i = 0; i < MANY; i++)
        args[i] = (struct err_arg)ARG_INT("n", i);
    fixture_init(&f);
    log_err(&f.log, "x", S(""),
            (err){ err_make(&a, ERR_IO, "a.b", "c", args) });
    EXPECT(str_ends(logged(&f), S("\"n\":6,\"n\":7}\n")));
    fixture_end(&f);
}
