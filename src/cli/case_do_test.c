/* What `case do` says beyond the domain's own refusals: what it takes, what
 * was perhaps meant, and what was left out. */

#include "cli/test_shell.h"

#define AS          " --data @/demo --as "
#define AS_NEWCOMER AS "newcomer"
#define AS_INTAKE   AS "intake"
#define AS_ADMIN    AS "admin"

/* --- help ------------------------------------------------------------- */

TEST(the_help_of_a_command_asks_for_nothing_else)
{
    static const struct row rows[] = {
        { "case do X application.submit --help", DOES, "application.submit" },
        { "case do application.submit --help", DOES, "application.submit" },
        { "case do --help person.leave", DOES, "person:LOGIN" },
        { "case do --help", DOES, "--command-id" },
        { "case do X --help", REFUSES, "command.unknown" },
        { "case do X application.submitt --help", REFUSES,
          "command.unknown_near" },
    };
    TEST_SHELL(sh);

    SHELL_EXPECT_ALL(&sh, rows);
    struct said said = shell_run(&sh, "case do X document.add --help");
    EXPECT(str_contains(said.out, text_get(LANG_EN, "cli.command_file")));
    said = shell_run(&sh, "case do X audit.close --help");
    EXPECT(!str_contains(said.out, text_get(LANG_EN, "cli.command_file")));
}

/* --- what was perhaps meant ------------------------------------------- */

TEST(a_command_that_is_not_there_names_the_nearest_and_where_it_goes)
{
    static const struct row rows[] = {
        { "case do new case.opn" AS_NEWCOMER, REFUSES, "command.unknown_near" },
        { "case do new Case.open" AS_NEWCOMER, REFUSES,
          "command.unknown_near" },
        { "case do new person.leav" AS_NEWCOMER, REFUSES,
          "command.unknown_near" },
        { "case do new nothing.near" AS_NEWCOMER, REFUSES, "command.unknown" },
        { "case do person:intake application.submit" AS_ADMIN, REFUSES,
          "command.elsewhere" },
        { "case do C2026-0001 person.leave reasons=x" AS_ADMIN, REFUSES,
          "command.elsewhere" },
    };
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 0").status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
    struct said said =
        shell_run(&sh, "case do new aplication.sumbit" AS_NEWCOMER);
    EXPECT(str_contains(said.err, S("application.submit?")));
}

/* --- what was left out ------------------------------------------------ */

TEST(what_was_left_out_is_named_and_no_name_is_left_blank)
{
    static const struct row rows[] = {
        { "case do new case.open scheme=ten-star level=ten" AS_INTAKE, REFUSES,
          "case.whose" },
        { "case do new case.open scheme=ten-star level=ten --enterprise "
          "x" AS_INTAKE,
          REFUSES, "case.enterprise" },
        { "case do new case.open level=ten" AS_NEWCOMER, REFUSES,
          "record.missing" },
        { "case do new application.submit" AS_NEWCOMER, REFUSES, "case.new" },
    };
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 0").status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}
