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

    shell_demonstrate(&sh, 0);
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
        { "case do C2026-0001 document.add requirement=licence "
          "title=x" AS_NEWCOMER,
          REFUSES, "document.no_file" },
        { "case do C2026-0001 document.add requirement=licence "
          "file=" AS_NEWCOMER,
          REFUSES, "file.name" },
        { "case do C2026-0001 document.add requirement=licence "
          "file=@/empty" AS_NEWCOMER,
          REFUSES, "document.empty" },
        { "case do C2026-0001 document.add file=@/one" AS_NEWCOMER, REFUSES,
          "record.missing" },
        { "case do C2026-0001 document.add requirement=licence title=x size=1"
          " blob=no" AS_NEWCOMER,
          REFUSES, "record.kind" },
        { "case do C2026-0001 eligibility.answer file=@/one" AS_NEWCOMER,
          REFUSES, "record.unknown" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "empty", S(""));
    shell_write(&sh, "one", S("x"));
    shell_demonstrate(&sh, 0);
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star"
                          " level=ten" AS_NEWCOMER)
               .status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* There is room for the words that one file becomes. */
TEST(a_document_is_one_file)
{
    static const struct row rows[] = {
        { "case do C2026-0001 document.add file=@/one file=@/one" AS_NEWCOMER,
          REFUSES, "record.twice" },
        { "case do C2026-0001 document.add file=@/one file=@/one file=@/one"
          " file=@/one file=@/one file=@/one file=@/one" AS_NEWCOMER,
          REFUSES, "record.twice" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "one", S("x"));
    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* --- the @ of FIELD=@FILE --------------------------------------------- */

TEST(whoever_names_a_file_where_json_belongs_is_told_of_the_at_sign)
{
    static const struct row rows[] = {
        { "case do C2026-0001 assessment.record answers=@/file "
          "figures=[]" AS_NEWCOMER,
          REFUSES, "command.at_file" },
        { "case do C2026-0001 assessment.record answers=@/none "
          "figures=[]" AS_NEWCOMER,
          REFUSES, "record.json" },
        { "case do C2026-0001 assessment.record answers=[ "
          "figures=[]" AS_NEWCOMER,
          REFUSES, "record.json" },
        { "case do C2026-0001 assessment.record answers= "
          "figures=[]" AS_NEWCOMER,
          REFUSES, "record.json" },
        { "case do C2026-0001 assessment.record answers=@ "
          "figures=[]" AS_NEWCOMER,
          REFUSES, "record.json" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "file", S("[]"));
    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, rows);
    struct said said =
        shell_run(&sh,
                  "case do X assessment.record answers=@/file" AS_NEWCOMER);
    EXPECT(str_contains(said.err, S("answers=@/")));
}
