/* The body's keys, on the command line; what they have signed. [KU1]-[KU3]
 * [17065 7.12] */

#include "cli/test_shell.h"

#include <stdio.h>

#define NUMBER "00025SC0001R0M" /* of the demonstration's one case */

TEST(what_a_key_signed_is_listed_or_it_is_said_why_not)
{
    static const struct row rows[] = {
        { "key uses credential 1 --data @/demo", DOES,
          "\"number\": \"" NUMBER "\"" },
        { "key uses qr 1 --data @/demo", DOES, "\"serial\": 1" },
        { "key uses log 1 --data @/demo", DOES, "\"size\": " },
        { "key uses pdf 1 --data @/demo", DOES, "[]" },
        { "key uses pdf 2 --data @/demo", REFUSES, "key.unknown" },
        { "key uses sm2 1 --data @/demo", REFUSES, "key.unknown" },
        { "key uses log 2 --data @/demo", REFUSES, "key.unknown" },
        { "key uses credential 0 --data @/demo", REFUSES, "key.unknown" },
        { "key uses credential x --data @/demo", MISUSED, "cli.key_serial" },
        { "key uses credential 1.5 --data @/demo", MISUSED, "cli.key_serial" },
        { "key uses paper 1 --data @/demo", MISUSED, "cli.key_choice" },
        { "key uses qr 1 --data @/none", REFUSES, "app.none" },
        { "key uses qr --data @/demo", MISUSED, "cli.needs_operand" },
        { "key uses qr 1 2 --data @/demo", MISUSED, "cli.too_many" },
        { "key uses qr 1", MISUSED, "cli.needs_option" },
        { "key uses qr 1 --data @/demo --today 1", MISUSED, "cli.day" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* No event tells of it; whoever looks for all keys is to see it. */
TEST(the_logs_own_key_is_listed_before_and_after_it_is_rotated)
{
    static const struct row before[] = {
        { "key list --data @/demo", DOES, "\"purpose\": \"log\"" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    SHELL_EXPECT_ALL(&sh, before);
    str said = shell_run(&sh, "key list --data @/demo").out;
    EXPECT(str_ends(said, S("key 1: Ed25519, since the first day\n")));
    EXPECT(shell_run(&sh, "key make log --data @/demo --as admin").status == 0);
    said = shell_run(&sh, "key list --data @/demo").out;
    EXPECT(!str_contains(said, S("since the first day")));
    SHELL_EXPECT_ALL(&sh, before);
}

/* The last line that is printed. */
static str last_line(str text)
{
    str rest = text;
    str last = S("");

    while (rest.n > 0)
        last = str_cut(&rest, '\n');
    return last;
}

TEST(a_key_that_signed_nothing_is_told_from_one_whose_work_is_not_kept)
{
    static const struct {
        const char *words;
        const char *says;
    } rows[] = {
        { "key uses credential 1", "1 in all." },
        { "key uses credential 2", "0 in all." },
        { "key uses qr 1", "1 in all." },
        { "key uses pdf 1", "What keys for documents (PDF) sign is not kept: "
                            "it is signed when somebody asks for it." },
        { "--lang zh key uses credential 2", "共 0 项。" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    EXPECT(
        shell_run(&sh, "key make credential --data @/demo --as admin").status ==
        0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str words = S("");

        buf_init(&b, &sh.arena, 200);
        buf_printf(&b, "%s --data @/demo", rows[i].words);
        EXPECT_OK(buf_done(&b, &words));
        EXPECT_ROW_STR(rows[i].words, last_line(shell_run(&sh, words.p).out),
                       str_of(rows[i].says));
    }
}

TEST(each_use_has_its_day_and_what_was_signed)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    str said = shell_run(&sh, "key uses credential 1 --data @/demo").out;
    EXPECT(str_contains(said, S(" certificate " NUMBER ", credential 1\n")));
    said = shell_run(&sh, "key uses log 1 --data @/demo").out;
    EXPECT(str_contains(said, S(" checkpoint of ")));

    const struct json *uses =
        shell_json(&sh, "key uses credential 1 --data @/demo --json", 0);
    EXPECT(uses != NULL && uses->count == 1);
}

/* [S21] [S22] */
TEST(a_credential_is_signed_by_sm2_where_there_is_a_key_for_it)
{
    static const struct row before[] = {
        { "certificate show " NUMBER " --sm2 --data @/demo", REFUSES,
          "key.none" },
        { "key make sm2 --kind ed25519 --data @/demo --as admin", REFUSES,
          "key.kind" },
    };
    static const struct row after[] = {
        { "certificate show " NUMBER " --sm2 --data @/demo", DOES, "sm2-1" },
        { "certificate show 00000SC9999R0M --sm2 --data @/demo", REFUSES,
          "credential.none" },
        { "key uses sm2 1 --data @/demo", DOES, "[]" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    SHELL_EXPECT_ALL(&sh, before);
    EXPECT(shell_run(&sh, "key make sm2 --data @/demo --as admin").status == 0);
    SHELL_EXPECT_ALL(&sh, after);
}

/* [KY7]  Another key beside the log's own, which is never the last to go. */
TEST(the_log_goes_on_after_another_key_was_asked_for_it)
{
    static const struct row first[] = {
        { "key retire log 1 --why lost --data @/demo --as admin", REFUSES,
          "key.unknown" },
        { "key make log --data @/demo --as head", REFUSES, "key.makes" },
    };
    static const struct row changing[] = {
        { "key make log --data @/demo --as admin", REFUSES, "key.changing" },
        { "log show --data @/demo", DOES, "\"stopped\": null" },
    };
    static const struct row changed[] = {
        { "key retire log 2 --why lost --data @/demo --as admin", REFUSES,
          "key.last" },
        { "log show --data @/demo", DOES, "\"stopped\": null" },
        { "check --data @/demo", DOES, "" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, first);
    EXPECT(shell_run(&sh, "key make log --data @/demo --as admin").status == 0);
    SHELL_EXPECT_ALL(&sh, changing);
    EXPECT(shell_run(&sh, "key retire log 1 --why rotated --data @/demo"
                          " --as admin")
               .status == 0);
    SHELL_EXPECT_ALL(&sh, changed);
}

/* --- without a key, and afterwards ------------------------------------ */

#define OF_CASE " --data @/demo --today 2026-11-24"

static struct said shell_of_case(struct test_shell *sh, const char *words)
{
    char whole[200];

    (void)snprintf(whole, sizeof whole, "%s" OF_CASE, words);
    return shell_run(sh, whole);
}

/* [CR3] Whoever can mend it is told how; the enterprise, and programs, are not.
 */
TEST(people_read_that_a_certificate_lacks_its_credential_and_what_to_do)
{
    static const struct {
        const char *shows;
        bool told;
    } rows[] = {
        { "certificate show 00025SC0001R0M-1", true },
        { "certificate show 00025SC0001R0M", false },
        { "certificate show 00025SC0001R0M-1 --on " SHELL_TODAY, false },
        { "certificate show 00025SC0001R0M-1 --json", false },
        { "case show C2024-0001 --as certificates", true },
        { "case show C2024-0001 --as applicant-001", false },
    };
    static const struct {
        const char *does; /* before it is shown */
        const char *says;
    } times[] = {
        { "case do C2024-0001 certificate.sub n=1 --as certificates",
          "Make a key, then what is missing: tenstar key make credential" },
        { "key make credential --as admin", "There is a key now; make what is"
                                            " missing: tenstar credential" },
        { "credential make --as certificates", NULL },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    EXPECT(
        shell_run(&sh, "key retire credential 1 --why lost --as admin" OF_CASE)
            .status == 0);
    for (size_t when = 0; when < COUNT(times); when++) {
        struct said said = shell_of_case(&sh, times[when].does);

        EXPECT_ROW(times[when].does, said.status == 0);
        for (size_t i = 0; i < COUNT(rows); i++) {
            bool told = rows[i].told && times[when].says != NULL;

            said = shell_of_case(&sh, rows[i].shows);
            EXPECT_ROW(rows[i].shows, said.status == 0);
            EXPECT_ROW(rows[i].shows,
                       str_contains(said.out, S("has no credential")) == told);
            EXPECT_ROW(rows[i].shows,
                       !told ||
                           str_contains(said.out, str_of(times[when].says)));
        }
    }
}

/* [CR3] A certificate that ended meanwhile gets none any more. */
TEST(people_read_that_an_ended_certificate_gets_no_credential_any_more)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    EXPECT(
        shell_run(&sh, "key retire credential 1 --why lost --as admin" OF_CASE)
            .status == 0);
    EXPECT(shell_run(&sh, "case do C2024-0001 certificate.sub n=1"
                          " --as certificates" OF_CASE)
               .status == 0);
    EXPECT(shell_run(&sh, "case do C2024-0001 certificate.sub_end why=closed"
                          " number=00025SC0001R0M-1 reasons=x"
                          " --as certificates" OF_CASE)
               .status == 0);
    struct said said =
        shell_run(&sh, "certificate show 00025SC0001R0M-1" OF_CASE);
    EXPECT(str_contains(said.out, S("and gets none any more")));
    said = shell_run(&sh, "case show C2024-0001 --as certificates" OF_CASE);
    EXPECT(!str_contains(said.out, S("has no credential")));
}
