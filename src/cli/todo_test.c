/* To-do lists, their calendar, the tick and forecasts, on the command line. */

#include "cli/test_shell.h"
#include "codec/utf8.h"

TEST(lists_forecasts_and_ticks_say_what_they_do_and_refuse)
{
    static const struct row rows[] = {
        { "todo --data @/demo", DOES, "\"person\": null" },
        { "todo --data @/demo --as planner", DOES, "\"person\": \"planner\"" },
        { "todo --data @/demo --as planner --person head", DOES,
          "\"person\": \"head\"" },
        { "todo --data @/demo --as planner --team", DOES, "\"person\": null" },
        { "todo --data @/demo --team --person head", MISUSED, "cli.todo_both" },
        { "todo --data @/demo --person nobody", REFUSES, "todo.person" },
        { "todo --data @/demo --as newcomer --team", REFUSES, "todo.others" },
        { "todo --data @/demo --as nobody", REFUSES, "session.unknown" },
        { "todo --data @/demo --ical", DOES, "\"ical\": \"BEGIN:VCALENDAR" },
        { "todo --data @/demo --today 1", MISUSED, "cli.day" },
        { "todo --data @/none", REFUSES, "app.none" },
        { "todo", MISUSED, "cli.needs_option" },

        { "tick --data @/demo --today 2026-11-24", DOES, "\"expired\": []" },
        { "tick --data @/demo --today 1", MISUSED, "cli.day" },
        { "tick --data @/none", REFUSES, "app.none" },
        { "tick", MISUSED, "cli.needs_option" },

        { "case forecast --data @/demo", DOES, "[" },
        { "case forecast C2024-0001 --data @/demo", DOES, "[]" },
        { "case forecast C2024-0002 --data @/demo", REFUSES, "case.missing" },
        { "case forecast a b --data @/demo", MISUSED, "cli.too_many" },
        { "case forecast --data @/none", REFUSES, "app.none" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(a_list_has_a_line_a_task_with_its_limit_and_whom_it_waits_for)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    struct said none = shell_run(&sh, "todo --data @/demo");
    EXPECT_STR(none.out, S("Nothing waits.\n"));
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);

    struct said list = shell_run(&sh, "todo --data @/demo --as newcomer");
    EXPECT(str_begins(
        list.out, S("no limit: C2026-0001 Apply for certification (applicant), "
                    "示例")));
    list = shell_run(&sh, "todo --data @/demo --as newcomer --lang zh");
    EXPECT(str_begins(list.out, S("未定期限：C2026-0001 提交认证申请（")));
    EXPECT_STR(shell_run(&sh, "todo --data @/demo --as finance").out,
               S("Nothing waits.\n"));

    const struct json *j =
        shell_json(&sh, "todo --data @/demo --as newcomer --json", 0);
    EXPECT_STR(shell_member(j, "today")->text, S(SHELL_TODAY));
    const struct json *task = shell_member(j, "tasks")->first;
    EXPECT(task != NULL);
    if (task == NULL)
        return;
    EXPECT_STR(shell_member(task, "case")->text, S("C2026-0001"));
    EXPECT_STR(shell_member(task, "task")->text, S("apply"));
    EXPECT_STR(shell_member(task, "command")->text, S("application.submit"));
    EXPECT_STR(shell_member(task, "opens")->text, S(SHELL_TODAY));
    EXPECT(!shell_member(task, "overdue")->boolean);
}

/* --- the calendar [RFC 5545] ---------------------------------------------- */

/* Every line ends in CR LF, holds 75 octets at most, and whole characters. */
static void expect_lines(str text)
{
    while (text.n > 0) {
        size_t n = str_index(text, '\n');
        str line = str_first(text, n);

        EXPECT(n < text.n && n > 0 && line.p[n - 1] == '\r');
        EXPECT(n - 1 <= 75);
        EXPECT(utf8_check(line, NULL));
        text = str_from(text, n < text.n ? n + 1 : n);
    }
}

static size_t count_of(str text, str part)
{
    size_t n = 0;

    for (size_t at = str_find(text, part); at < text.n;
         at = str_find(text, part)) {
        n++;
        text = str_from(text, at + part.n);
    }
    return n;
}

static size_t length_of(const struct json *list)
{
    size_t n = 0;

    for (const struct json *x = list->first; x != NULL; x = x->next)
        n++;
    return n;
}

/* As many to-dos as tasks, of each uid one; and twice the same. */
TEST(a_calendar_holds_what_the_list_holds)
{
    static const char words[] = "todo --data @/demo --ical --today 2026-11-24";
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    for (int i = 0; i < 4; i++)
        EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                              " --data @/demo --as newcomer")
                   .status == 0);
    struct said said = shell_run(&sh, words);
    const struct json *j =
        shell_json(&sh, "todo --data @/demo --json --today 2026-11-24", 0);

    EXPECT(said.status == 0);
    EXPECT(str_begins(said.out, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")));
    expect_lines(said.out);
    EXPECT(count_of(said.out, S("\r\nBEGIN:VTODO\r\n")) ==
           length_of(shell_member(j, "tasks")));
    EXPECT(length_of(shell_member(j, "tasks")) > 4);
    EXPECT(count_of(said.out, S("\r\nUID:")) ==
           count_of(said.out, S("\r\nDTSTAMP:")));
    EXPECT_STR(shell_run(&sh, words).out, said.out);
}

/* --- the tick ----------------------------------------------------------- */

/* The only certificate ends in 2028. */
TEST(a_tick_lets_expire_and_tells_once)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    const struct json *first =
        shell_json(&sh, "tick --data @/demo --today 2029-01-01 --json", 0);
    EXPECT(length_of(shell_member(first, "expired")) == 1);
    EXPECT_STR(shell_member(first, "expired")->first->text,
               S("00025SC0001R0M"));

    const struct json *again =
        shell_json(&sh, "tick --data @/demo --today 2029-01-01 --json", 0);
    EXPECT(length_of(shell_member(again, "expired")) == 0);
    EXPECT(length_of(shell_member(again, "notices")) == 0);
    EXPECT(shell_member(again, "opened")->number == 0);
    EXPECT(shell_run(&sh, "check --data @/demo").status == 0);
}

TEST(a_tick_names_what_came_up_and_what_is_overdue)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);
    struct said said =
        shell_run(&sh, "tick --data @/demo --today " SHELL_TODAY);
    EXPECT(str_begins(said.out, S("came up: C2026-0001 Apply for certification "
                                  "(applicant), 示例")));
    EXPECT(
        str_contains(said.out, S("\n24 November 2026: certificates expired: 0;"
                                 " tasks that came up: 1; past their limit:"
                                 " 0.\n")));
}

/* --- forecasts ------------------------------------------------------------ */

TEST(a_forecast_names_the_stages_that_are_left_and_what_each_rests_on)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    EXPECT_STR(shell_run(&sh, "case forecast --data @/demo").out,
               S("No case is under way.\n"));
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);

    struct said all = shell_run(&sh, "case forecast --data @/demo");
    EXPECT(str_begins(all.out, S("C2026-0001 ")));
    EXPECT(count_of(all.out, S("\n")) == 1);
    struct said one = shell_run(&sh, "case forecast C2026-0001 --data @/demo");
    EXPECT(str_begins(one.out, str_first(all.out, all.out.n - 1)));
    EXPECT(count_of(one.out, S("\n")) == 10); /* the case and nine stages */
    EXPECT(str_contains(one.out, S("  certificate: until ")));
    EXPECT(str_contains(one.out, S("7 working days (the limit)")));

    const struct json *j =
        shell_json(&sh, "case forecast C2026-0001 --data @/demo --json", 0);
    const struct json *line = j->first;
    EXPECT(line != NULL && length_of(shell_member(line, "steps")) == 9);
}
