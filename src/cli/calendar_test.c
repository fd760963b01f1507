/* Secret addresses of calendars, on the command line. */

#include "cli/test_shell.h"

static struct said run(struct test_shell *sh, const char *words)
{
    struct said said = shell_run(sh, words);

    EXPECT_ROW_STR(words, said.err, S(""));
    EXPECT_ROW(words, said.status == 0);
    return said;
}

TEST(addresses_of_calendars_are_made_listed_and_revoked_or_it_is_said_why_not)
{
    static const struct row rows[] = {
        { "calendar link --data @/demo --as planner", DOES, "/calendar/" },
        { "calendar link --data @/demo --as planner --team", DOES,
          "\"team\": true" },
        { "calendar link --data @/demo --as newcomer --team", REFUSES,
          "todo.others" },
        { "calendar link --data @/demo --as nobody", REFUSES,
          "session.unknown" },
        { "calendar link --data @/demo", MISUSED, "cli.needs_option" },
        { "calendar link --data @/demo --as planner --today 1", MISUSED,
          "cli.day" },
        { "calendar link --data @/none --as planner", REFUSES, "app.none" },
        { "calendar list --data @/demo --as planner", DOES, "\"number\": 1" },
        { "calendar list --data @/demo --as newcomer", DOES, "[]" },
        { "calendar list --data @/demo", MISUSED, "cli.needs_option" },
        { "calendar list --data @/none --as planner", REFUSES, "app.none" },
        { "calendar revoke 1 --data @/demo --as newcomer", REFUSES,
          "calendar.number" },
        { "calendar revoke 0 --data @/demo --as planner", REFUSES,
          "calendar.number" },
        { "calendar revoke auditor1 --data @/demo --as planner", REFUSES,
          "rights.role" },
        { "calendar revoke nobody --data @/demo --as admin", REFUSES,
          "register.missing" },
        { "calendar revoke planner --data @/demo --as admin", DOES, "planner" },
        { "calendar revoke person:planner --data @/demo --as admin", DOES,
          "planner" },
        { "calendar revoke person:1 --data @/demo --as admin", REFUSES,
          "register.missing" },
        { "calendar list --data @/demo --as planner", DOES, "[]" },
        { "calendar revoke --data @/demo --as planner", MISUSED,
          "cli.needs_operand" },
        { "calendar revoke 1 --data @/none --as planner", REFUSES, "app.none" },
        { "calendar", MISUSED, "cli.needs_subcommand" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* [CB1] The address is in the first answer and in no other. */
TEST(an_address_is_said_once)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    const struct json *made =
        shell_json(&sh,
                   "calendar link --data @/demo --as planner --lang zh --json",
                   0);
    str path = shell_member(made, "path")->text;
    str address = shell_member(made, "address")->text;

    EXPECT(str_begins(path, S("/calendar/")) && str_ends(path, S(".ics")));
    EXPECT(str_ends(address, path) && address.n > path.n);
    EXPECT_STR(shell_member(made, "lang")->text, S("zh-CN"));
    EXPECT_STR(shell_member(made, "made")->text, S(SHELL_TODAY));

    struct said list = run(&sh, "calendar list --data @/demo --as planner");
    EXPECT_STR(list.out, S("1, your list, zh-CN, made on 24 November 2026\n"));
    list = run(&sh, "calendar list --data @/demo --as planner --json");
    EXPECT(!str_contains(list.out, str_from(path, 20)));

    struct said gone = run(&sh, "calendar revoke 1 --data @/demo --as planner");
    EXPECT_STR(gone.out, S("Address 1 is revoked.\n"));
    list = run(&sh, "calendar list --data @/demo --as planner");
    EXPECT_STR(list.out, S("You have no addresses of calendars.\n"));
}

TEST(what_is_made_is_said_with_a_warning)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    struct said said = run(&sh, "calendar link --data @/demo --as head --team");
    EXPECT(str_begins(said.out, S("1, everybody's list: http")));
    EXPECT(str_contains(said.out, S("It is not shown again.\n")));
}
