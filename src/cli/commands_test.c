/* What each subcommand that only reads says, and what it refuses. */

#include "cli/test_shell.h"
#include "scheme/test_files.h"

#include <stdio.h>

/* --- packages --------------------------------------------------------- */

/* The package mini with `old` replaced by `new`, as @/NAME/scheme.yaml. */
static void change_package(struct test_shell *sh, const char *name,
                           const char *old, const char *new)
{
    str text = test_file(&sh->arena, "tests/schemes/mini/scheme.yaml");
    size_t at = str_find(text, str_of(old));
    struct buf b;
    str changed = S("");
    char file[80];

    EXPECT_ROW(old, at < text.n);
    buf_init(&b, &sh->arena, 1 << 20);
    buf_str(&b, str_first(text, at));
    buf_str(&b, str_of(new));
    buf_str(&b, str_from(text, at + strlen(old)));
    EXPECT_OK(buf_done(&b, &changed));
    EXPECT_OK(folder_make(&sh->files, &sh->arena, shell_path(sh, name),
                          FOLDER_PUBLIC));
    (void)snprintf(file, sizeof file, "%s/scheme.yaml", name);
    shell_write(sh, file, changed);
}

TEST(scheme_check_and_show_read_packages_and_name_what_is_wrong)
{
    static const struct row rows[] = {
        { "scheme check tests/schemes/mini", DOES, "\"sound\": true" },
        { "scheme check schemes/ten-star", DOES, "\"scheme\": \"ten-star\"" },
        { "scheme check schemes/five-star", DOES, "\"sound\": true" },
        { "scheme check schemes/iso-9001/", DOES, "\"sound\": true" },
        { "scheme check @/wrong", FINDS, "\"line\": 5" },
        { "scheme check @/no_yaml", FINDS, "\"id\": \"yaml." },
        { "scheme check @/empty", REFUSES, "package.no_file" },
        { "scheme check @", REFUSES, "package.no_file" },
        { "scheme check @/none", REFUSES, "package.missing_known" },
        { "scheme check @/empty/none", REFUSES, "package.missing" },
        { "scheme check @/file", REFUSES, "file.no_folder" },
        { "scheme check", MISUSED, "cli.needs_operand" },
        { "scheme check a b", MISUSED, "cli.too_many" },
        { "scheme show tests/schemes/mini", DOES, "\"id\": \"mini\"" },
        { "scheme show schemes/ten-star", DOES, "\"words\": [" },
        { "scheme show schemes/ten-star", DOES, "\"attempts\": 3" },
        { "scheme show schemes/ten-star", DOES, "\"id\": \"call_back\"" },
        { "scheme show schemes/ten-star", DOES, "\"id\": \"satisfaction\"" },
        { "scheme show schemes/iso-9001", DOES, "\"method\": \"clauses\"" },
        { "scheme show @/wrong", REFUSES, "package.unsound" },
        { "scheme show @/none", REFUSES, "package.missing_known" },
        { "scheme show ten-star", REFUSES, "package.missing_known" },
        { "scheme show ''", REFUSES, "file.name" },
        { "scheme show", MISUSED, "cli.needs_operand" },
    };
    TEST_SHELL(sh);

    change_package(&sh, "wrong", "id: mini", "id: Mini!");
    change_package(&sh, "no_yaml", "format: 1", "format: [1");
    EXPECT_OK(folder_make(&sh.files, &sh.arena, shell_path(&sh, "empty"),
                          FOLDER_PUBLIC));
    shell_write(&sh, "file", S("x"));
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(scheme_diff_tells_rule_by_rule_what_changed)
{
    static const struct row rows[] = {
        { "scheme diff tests/schemes/mini tests/schemes/mini", DOES,
          "\"differences\": []" },
        { "scheme diff tests/schemes/mini @/second", DOES,
          "\"fact\": \"version\"" },
        { "scheme diff tests/schemes/mini @/second", DOES,
          "\"before\": \"1\"" },
        { "scheme diff tests/schemes/mini @/second", DOES,
          "\"difference\": \"changed\"" },
        { "scheme diff @/second tests/schemes/mini", DOES,
          "\"before\": \"2\"" },
        { "scheme diff tests/schemes/mini @/wrong", REFUSES,
          "package.unsound" },
        { "scheme diff @/none tests/schemes/mini", REFUSES,
          "package.missing_known" },
        { "scheme diff tests/schemes/mini", MISUSED, "cli.needs_operand" },
    };
    TEST_SHELL(sh);

    change_package(&sh, "second", "version: \"1\"", "version: \"2\"");
    change_package(&sh, "wrong", "id: mini", "id: Mini!");
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(an_administrator_freezes_a_package_for_cases_to_come)
{
    static const struct row rows[] = {
        { "scheme freeze tests/schemes/mini --data @/demo --as head", REFUSES,
          "registry.freezes" },
        { "scheme freeze tests/schemes/mini --data @/demo --as nobody", REFUSES,
          "session.unknown" },
        { "scheme freeze @/wrong --data @/demo --as admin", REFUSES,
          "package.unsound" },
        { "scheme freeze @/untrue --data @/demo --as admin", REFUSES,
          "package.unsound" },
        { "scheme freeze tests/schemes/mini --data @/none --as admin", REFUSES,
          "app.none" },
        { "scheme freeze tests/schemes/mini --data @/demo", MISUSED,
          "cli.needs_option" },
        { "scheme freeze tests/schemes/mini --data @/demo --as admin"
          " --today 1",
          MISUSED, "cli.day" },
        { "case do new case.open scheme=mini level=ten --as newcomer"
          " --data @/demo",
          REFUSES, "app.no_scheme" },
        { "scheme freeze tests/schemes/mini --data @/demo --as admin", DOES,
          "\"scheme\": \"mini\"" },
        { "scheme freeze @/other --data @/demo --as admin", REFUSES,
          "registry.version" },
        { "scheme freeze @/second --data @/demo --as admin", DOES,
          "\"version\": \"2\"" },
        { "case do new case.open scheme=mini level=ten --as newcomer"
          " --data @/demo",
          DOES, "case.opened" },
        { "check --data @/demo", DOES, "\"events\":" },
    };
    TEST_SHELL(sh);

    change_package(&sh, "wrong", "id: mini", "id: Mini!");
    change_package(&sh, "other", "min: 80, stars: 3", "min: 80, stars: 4");
    change_package(&sh, "untrue", "version: \"1\"", "version: \"3\"");
    EXPECT_OK(folder_make(&sh.files, &sh.arena,
                          shell_path(&sh, "untrue/golden"), FOLDER_PUBLIC));
    shell_write(&sh, "untrue/golden/one.yaml",
                S("all_met: true\nexpect: { shown: 1.00 }\n"));
    change_package(&sh, "second", "version: \"1\"", "version: \"2\"");
    EXPECT(shell_run(&sh, "demo @/demo --size 0").status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* FILE:LINE:COLUMN, as compilers print it. */
TEST(what_is_wrong_with_a_package_is_told_with_its_place_once)
{
    static const struct {
        const char *words;
        const char *place;
    } rows[] = {
        { "scheme check @/wrong", "wrong/scheme.yaml:5:5: " },
        { "scheme show @/wrong", "wrong/scheme.yaml:5:5: " },
        { "scheme check @/no_yaml", "no_yaml/scheme.yaml:" },
        { "scheme show @/no_yaml", "no_yaml/scheme.yaml:" },
        { "score @/no_yaml @/answers", "no_yaml/scheme.yaml:" },
        { "score tests/schemes/mini @/answers", "answers:1:5: " },
    };
    TEST_SHELL(sh);

    change_package(&sh, "wrong", "id: mini", "id: Mini!");
    change_package(&sh, "no_yaml", "format: 1", "format: [1");
    shell_write(&sh, "answers", S("a: b: c\n"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct said said = shell_run(&sh, rows[i].words);
        str text = said.out.n > 0 ? said.out : said.err;
        size_t at = str_find(text, str_of(rows[i].place));

        EXPECT_ROW(rows[i].words, said.status == 1 && at < text.n);
        EXPECT_ROW(rows[i].words,
                   !str_contains(str_from(text, at + 1),
                                 str_first(str_of(rows[i].place), 8)));
    }
}

TEST(whoever_names_no_package_is_told_which_there_are)
{
    static const struct {
        const char *why;
        const char *words;
        const char *known;
    } rows[] = {
        { "a bare name", "scheme show ten-star",
          "schemes/five-star, schemes/iso-9001, schemes/ten-star" },
        { "with a stroke at its end", "scheme check ten-star/",
          "schemes/five-star, schemes/iso-9001, schemes/ten-star" },
        { "beside others", "scheme check schemes/tenstar",
          "schemes/five-star, schemes/iso-9001, schemes/ten-star" },
        { "only packages count", "score tests/nothing x", NULL },
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++) {
        char words[80];

        (void)snprintf(words, sizeof words, "--json %s", rows[i].words);
        const struct json *refused =
            shell_member(shell_json(&sh, words, 1), "refused");
        const struct json *known =
            json_get(shell_member(refused, "arguments"), S("known"));
        EXPECT_ROW(rows[i].why, (known == NULL) == (rows[i].known == NULL));
        if (known != NULL)
            EXPECT_ROW_STR(rows[i].why, known->text, str_of(rows[i].known));
    }
}

/* What lies in a folder that is no package is not read at all: here a folder
 * in a folder, which no package may hold. */
TEST(a_folder_without_scheme_yaml_is_left_alone)
{
    static const struct row rows[] = {
        { "scheme check @/a", REFUSES, "package.no_file" },
        { "scheme show @/a", REFUSES, "package.no_file" },
        { "score @/a @/answers", REFUSES, "package.no_file" },
    };
    TEST_SHELL(sh);

    EXPECT_OK(folder_make(&sh.files, &sh.arena, shell_path(&sh, "a/b/c"),
                          FOLDER_PUBLIC));
    shell_write(&sh, "answers", S("answers: []\nfigures: []\n"));
    SHELL_EXPECT_ALL(&sh, rows);
    struct said said = shell_run(&sh, "scheme check @/a");
    EXPECT(str_contains(said.err, shell_path(&sh, "a/scheme.yaml")));
}

/* --- scores ----------------------------------------------------------- */

TEST(score_reads_answers_and_names_what_is_wrong_with_them)
{
    static const struct row rows[] = {
        { "score tests/schemes/mini @/good", DOES, "\"level\":" },
        { "score tests/schemes/mini @/nothing", DOES, "\"shown\": \"0.00\"" },
        { "score tests/schemes/mini @/unknown", FINDS, "\"line\": 2" },
        { "score tests/schemes/mini @/no_yaml", FINDS, "\"problems\": [" },
        { "score tests/schemes/mini @/none", REFUSES, "file.missing" },
        { "score @/none @/good", REFUSES, "package.missing" },
        { "score @/good tests/schemes/mini", MISUSED, "cli.swapped" },
        { "score @/none tests/schemes/mini", REFUSES, "package.missing" },
        { "score tests/schemes/mini tests/schemes/mini", REFUSES,
          "file.folder" },
        { "score @/good @/good", REFUSES, "file.no_folder" },
        { "score tests/schemes/mini", MISUSED, "cli.needs_operand" },
        { "score", MISUSED, "cli.needs_operand" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "good", S("answers: []\nfigures: []\n"));
    shell_write(&sh, "nothing", S("answers: []\nfigures: []\n"));
    shell_write(&sh, "unknown",
                S("answers:\n  - { indicator: no.such,"
                  " result: met }\nfigures: []\n"));
    shell_write(&sh, "no_yaml", S("answers: [\n"));
    SHELL_EXPECT_ALL(&sh, rows);
}

/* --- codes and days --------------------------------------------------- */

TEST(id_check_says_what_a_code_is_and_whether_it_can_be_right)
{
    static const struct row rows[] = {
        { "id check 91350100M000100Y43", DOES, "\"kind\": \"uscc\"" },
        { "id check 91350100m000100y43", DOES, "\"valid\": true" },
        { "id check 91350100M000100Y44", FINDS, "\"expected\": \"3\"" },
        { "id check 91350100M000100I43", FINDS, "\"fault\": \"character\"" },
        { "id check 91350100M000100X42", DOES, "\"valid\": true" },
        { "id check 91350100M000100X42", DOES, "\"fault\": \"embedded\"" },
        { "id check 91350100M000100X43", FINDS, "\"fault\": \"check\"" },
        { "id check M000100Y4", DOES, "\"kind\": \"organisation\"" },
        { "id check 13800138000", DOES, "\"kind\": \"mobile\"" },
        { "id check 4008123123", DOES, "\"kind\": \"hotline\"" },
        { "id check 1", FINDS, "\"kind\": \"unknown\"" },
        { "id check ''", FINDS, "\"fault\": \"length\"" },
        { "id check", MISUSED, "cli.needs_operand" },
        { "id check 1 2", MISUSED, "cli.too_many" },
    };
    TEST_SHELL(sh);

    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(day_add_counts_limits_and_knows_what_it_does_not_know)
{
    static const struct row rows[] = {
        { "day add 2026-11-24 5wd", DOES, "\"on\": \"2026-12-01\"" },
        { "day add 2026-11-24 1wd", DOES, "\"on\": \"2026-11-25\"" },
        { "day add 2026-11-24 0wd", MISUSED, "cli.span_none" },
        { "day add 2026-11-24 0d", MISUSED, "cli.span_none" },
        { "day add 2026-11-24 0m", MISUSED, "cli.span_none" },
        { "day add 2026-11-24 30d", DOES, "\"on\": \"2026-12-24\"" },
        { "day add 2026-01-31 1m", DOES, "\"on\": \"2026-02-28\"" },
        { "day add 2026-11-24 3m", DOES, "\"provisional\": false" },
        /* Across the end of the last year whose calendar is out. */
        { "day add 2026-12-28 30wd", DOES, "\"provisional\": true" },
        { "day add 2026-02-29 5wd", MISUSED, "cli.day" },
        { "day add 24.11.2026 5wd", MISUSED, "cli.day" },
        { "day add '' 5wd", MISUSED, "cli.day" },
        { "day add 2026-11-24 5", MISUSED, "cli.span" },
        { "day add 2026-11-24 wd", MISUSED, "cli.span" },
        { "day add 2026-11-24 -5wd", MISUSED, "cli.span" },
        { "day add 2026-11-24 5w", MISUSED, "cli.span" },
        { "day add 2026-11-24", MISUSED, "cli.needs_operand" },
    };
    TEST_SHELL(sh);

    SHELL_EXPECT_ALL(&sh, rows);
}

/* --- an installation -------------------------------------------------- */

TEST(cases_certificates_and_checks_are_read_from_an_installation)
{
    static const struct row rows[] = {
        { "case list --data @/demo", DOES, "\"number\": \"C2024-0001\"" },
        { "case list --data @/demo --as quality", DOES, "\"due\":" },
        { "case list --data @/demo --after C2024-0000", DOES, "C2024-0001" },
        { "case list --data @/demo --as nobody", REFUSES, "session.unknown" },
        { "case list --data @/demo --today 2026-13-01", MISUSED, "cli.day" },
        { "case list --data @/none", REFUSES, "app.none" },
        { "case list --data @", REFUSES, "app.none" },

        { "case show C2024-0001 --data @/demo", DOES, "\"stage\":" },
        { "case show C2024-0001 --data @/demo --as quality", DOES,
          "\"certificate\":" },
        /* [CA6] Nobody learns that there is a case they may not read. */
        { "case show C2024-0001 --data @/demo --as newcomer", REFUSES,
          "case.missing" },
        { "case show C2024-0002 --data @/demo", REFUSES, "case.missing" },
        { "case show '' --data @/demo", REFUSES, "case.missing" },
        { "case show C2024-0001 --data @/none", REFUSES, "app.none" },

        { "case history C2024-0001 --data @/demo", DOES,
          "\"type\": \"case.opened\"" },
        { "case history C2024-0001 --data @/demo --as newcomer", REFUSES,
          "case.missing" },
        { "case history C2024-0009 --data @/demo", REFUSES, "case.missing" },

        { "certificate show @N --data @/demo", REFUSES, "lookup.number" },
        { "certificate show 00025SC0001R0M --data @/demo", DOES,
          "\"status\": \"valid\"" },
        { "certificate show 00025sc0001r0m --data @/demo", DOES,
          "\"number\": \"00025SC0001R0M\"" },
        { "certificate show 00025SC0001R0M --data @/demo --today 2028-01-02",
          DOES, "\"status\": \"expired\"" },
        { "certificate show 00025SC0001R0M --data @/demo --today 1", MISUSED,
          "cli.day" },
        { "certificate show 00025SC0001R0M --data @/demo --on " SHELL_TODAY,
          DOES, "\"valid\"" },
        { "certificate show 00025SC0001R0M --data @/demo --on 2026-11-25",
          REFUSES, "lookup.not_yet" },
        { "certificate show 00025SC0001R0M --data @/demo --on 2099-12-31"
          " --today 2099-12-31",
          DOES, "\"expired\"" },
        { "certificate show 00025SC0001R0M --data @/demo --on 2024-12-31",
          REFUSES, "lookup.not_then" },
        { "certificate show 00025SC0001R0M --data @/demo --on 1", MISUSED,
          "cli.day" },
        { "certificate show --data @/demo", MISUSED, "cli.needs_operand" },
        { "certificate show 1 --data @/none", REFUSES, "app.none" },

        { "check --data @/demo", DOES, "\"certificates\": 1" },
        { "check --data @/none", REFUSES, "app.none" },
        { "check --data ''", REFUSES, "file.name" },
        { "check", MISUSED, "cli.needs_option" },
        { "rebuild --data @/demo", DOES, "\"certificates\": 1" },
        { "check --data @/demo", DOES, "\"certificates\": 1" },
        { "register rebuild --data @/demo", DOES, "\"answers\": 1" },
        { "register rebuild --data @/demo", DOES, "\"left_out\": 0" },
        { "register rebuild --data @/none", REFUSES, "app.none" },
        { "register rebuild", MISUSED, "cli.needs_option" },
        { "rebuild --data @/none", REFUSES, "app.none" },
        { "rebuild", MISUSED, "cli.needs_option" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    SHELL_EXPECT_ALL(&sh, rows);
}

#define OF_CASE " --data @/demo --today 2026-11-24"
#define MARK    "certificate mark 00025SC0001R0M" OF_CASE

/* [M21] [MU1] Drawn it is in the guide for staff, tests/guide.sh. */
TEST(the_mark_of_a_certificate_is_drawn_for_no_other_use)
{
    static const struct row rows[] = {
        { MARK " --use 1", REFUSES, "mark.number" },
        { MARK " --use 0", MISUSED, "cli.number" },
        { MARK, MISUSED, "cli.needs_option" },
        { MARK " --use 1 --mono --reversed", MISUSED, "cli.mark_colour" },
        { MARK " --use 1 --as newcomer", REFUSES, "case.missing" },
        { "certificate mark X1 --use 1" OF_CASE, REFUSES, "lookup.number" },
    };
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 1").status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* [LU4] */
TEST(people_read_of_a_sub_certificate_whose_it_is)
{
    static const struct row of_sub[] = {
        { "certificate mark 00025SC0001R0M-1 --use 1" OF_CASE, REFUSES,
          "mark.of_sub" },
    };
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 1").status == 0);
    struct said said = shell_run(&sh, "case do C2024-0001 certificate.sub n=1"
                                      " --as certificates" OF_CASE);
    EXPECT(str_contains(said.out, S("\nCertificate 00025SC0001R0M-1\n")));
    said = shell_run(&sh, "certificate show 00025SC0001R0M-1" OF_CASE);
    EXPECT(str_begins(said.out, S("00025SC0001R0M-1: Valid\n")));
    EXPECT(str_contains(said.out, S("Sub-certificate of 00025SC0001R0M\n")));
    said = shell_run(&sh, "certificate show 00025SC0001R0M" OF_CASE);
    EXPECT(
        str_contains(said.out, S("Sub-certificate 00025SC0001R0M-1: Valid")));
    EXPECT(!str_contains(said.out, S("since")));
    EXPECT(shell_run(&sh, "case do C2024-0001 certificate.sub_end why=closed"
                          " number=00025SC0001R0M-1 reasons=x"
                          " --as certificates" OF_CASE)
               .status == 0);
    said = shell_run(&sh, "certificate show 00025SC0001R0M" OF_CASE);
    EXPECT(str_contains(said.out, S("Sub-certificate 00025SC0001R0M-1:"
                                    " Cancelled since 24 November 2026\n")));
    SHELL_EXPECT_ALL(&sh, of_sub);
    said = shell_run(&sh, "certificate show 00025SC0001R0M-1" OF_CASE);
    EXPECT(str_contains(said.out, S("In this status since 24 November 2026")));
}

TEST(people_read_what_comes_next_in_a_case_and_who_does_it)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);
    struct said said = shell_run(&sh, "case show C2026-0001 --data @/demo");
    EXPECT(str_contains(said.out, S("\nNext: Apply for certification"
                                    " (application.submit), by applicant\n")));
    EXPECT(!str_contains(said.out, S("Next customer")));
    EXPECT(shell_run(&sh, "case do C2026-0001 case.withdraw reasons=x"
                          " --data @/demo --as newcomer")
               .status == 0);
    said = shell_run(&sh, "case show C2026-0001 --data @/demo");
    EXPECT(said.status == 0 && !str_contains(said.out, S("Next: ")));
}

#define DECIDED    "case do C2026-0004 decision."
#define AT_DEMO    " --data @/demo"
#define CONDITIONS "'[{\"text\":\"x\",\"until\":\"2027-03-01\"}]'"

/* The head signs what the head can read. [17065 7.6] [条例 22] */
TEST(people_of_the_body_read_the_decision_that_waits_for_a_signature)
{
    static const char *const holds[] = {
        "\nDecision: granted, Ten stars (not signed yet)\n",
        "\n  With condition 1, until 1 March 2027: x\n",
    };
    static const char show[] = "case show C2026-0004" AT_DEMO;
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 6").status == 0);
    EXPECT(!str_contains(shell_run(&sh, show).out, S("Decision")));
    EXPECT(shell_run(&sh, DECIDED "grant --as reviewer" AT_DEMO
                                  " conditions=" CONDITIONS)
               .status == 0);
    struct said said = shell_run(&sh, show);
    for (size_t i = 0; i < COUNT(holds); i++)
        EXPECT_ROW(holds[i], str_contains(said.out, str_of(holds[i])));
    said = shell_run(&sh, "case show C2026-0004 --as applicant-006" AT_DEMO);
    EXPECT(said.status == 0 && !str_contains(said.out, S("Decision")));
    said = shell_run(&sh, DECIDED "return reasons=why --as head" AT_DEMO);
    EXPECT(said.status == 0);
    said = shell_run(&sh, show);
    EXPECT(str_contains(said.out, S("\nDecision sent back on ")));
    EXPECT(!str_contains(said.out, S("not signed yet")));
}

/* domain/view.h [VW3]: the ids are the domain's, the names the register's. */
TEST(a_case_names_its_team_in_words_and_beside_the_ids_in_json)
{
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 6").status == 0);
    struct said said = shell_run(&sh, "case show C2026-0004" AT_DEMO);
    const struct json *j =
        shell_json(&sh, "case show C2026-0004 --json" AT_DEMO, 0);
    const struct json *one =
        shell_member(shell_member(j, "plan"), "team")->first;
    EXPECT(one != NULL && shell_member(one, "person")->text.n == 32);
    str name = shell_member(one, "name")->text;
    EXPECT(name.n > 0 && str_contains(said.out, name));
    EXPECT(str_contains(said.out, S("\n  Team: ")));
    EXPECT(str_contains(said.out, S(" (lead)")));
    EXPECT(!str_contains(said.out, shell_member(one, "person")->text));
}

TEST(a_case_tells_of_no_score_where_its_scheme_has_none)
{
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 6").status == 0);
    struct said said = shell_run(&sh, "case show C2026-0002" AT_DEMO);
    EXPECT(said.status == 0 && !str_contains(said.out, S("Score")));
    said = shell_run(&sh, "case show C2024-0001" AT_DEMO);
    EXPECT(str_contains(said.out, S("Score")));
}

TEST(a_case_tells_of_a_certificate_that_it_is_not_valid)
{
    static const char show[] = "case show C2024-0001" AT_DEMO;
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    EXPECT(str_contains(shell_run(&sh, show).out, S("M, valid until ")));
    EXPECT(shell_run(&sh, "case do C2024-0001 certificate.suspend code=0111"
                          " reasons=x confirmed=2026-11-20"
                          " --as certificates" AT_DEMO)
               .status == 0);
    EXPECT(str_contains(shell_run(&sh, show).out, S("M: Suspended, ")));
    EXPECT(str_contains(
        shell_run(&sh, "certificate show 00025SC0001R0M" AT_DEMO).out,
        S("\nSuspended until 24 May 2027 at the longest\n")));
}

TEST(a_certificates_scope_is_in_the_readers_language)
{
    static const char words[] = "certificate show 00025SC0001R0M --data @/demo";
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    const struct json *scope =
        shell_member(shell_json(&sh,
                                "certificate show 00025SC0001R0M --json"
                                " --data @/demo",
                                0),
                     "scope");
    str zh = shell_member(scope, "zh")->text;
    str en = shell_member(scope, "en")->text;
    struct said said = shell_run(&sh, words);
    EXPECT(en.n > 0 && str_contains(said.out, en));
    EXPECT(!str_contains(said.out, zh));
    sh.locale = "zh_CN.UTF-8";
    said = shell_run(&sh, words);
    EXPECT(zh.n > 0 && str_contains(said.out, zh));
    EXPECT(!str_contains(said.out, en));
}

/* As on the page of a look-up. */
TEST(whoever_finds_no_certificate_is_told_of_letters_like_digits)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    struct said said =
        shell_run(&sh, "certificate show OOO25SCOOO1ROM --data @/demo");
    EXPECT(said.status == 1);
    EXPECT(str_contains(said.err, S("the digit 0 and the letter O")));
}

/* [CLI2] is for programs; people get lines. */
TEST(people_get_a_line_a_case_and_a_line_an_event)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    struct said none = shell_run(&sh, "case list --data @/demo");
    EXPECT(none.status == 0 && none.out.n == 0);
    EXPECT(shell_run(&sh, "case do new case.open scheme=ten-star level=ten"
                          " --data @/demo --as newcomer")
               .status == 0);
    struct said list = shell_run(&sh, "case list --data @/demo");
    EXPECT(str_begins(list.out, S("C2026-0001 ten-star ")));
    struct said history =
        shell_run(&sh, "case history C2026-0001 --data @/demo");
    EXPECT_STR(history.out, S("   1  2026-11-24  case.opened\n"));
}
