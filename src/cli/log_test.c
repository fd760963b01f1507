/* The transparency log, on the command line. */

#include "cli/test_shell.h"
#include "merkle/tlog_proof.h"

/* A witness's verifier key. */
#define WITNESS                                                                \
    "w1.example+54fb016d+BKON4Vyq2S1+YN8H7bR25Z5BnsBcgxBPrG5ksjtvvu/Y"

TEST(the_log_is_shown_signed_proved_and_copied_or_it_is_said_why_not)
{
    static const struct row rows[] = {
        { "log show --data @/demo", DOES, "\"stopped\": null" },
        { "log show --data @/none", REFUSES, "app.none" },
        { "log show", MISUSED, "cli.needs_option" },
        { "log vkey --data @/demo", DOES, "\"vkey\": \"" },
        { "log vkey --data @/none", REFUSES, "app.none" },
        { "log checkpoint --data @/demo", DOES, "\"checkpoint\": \"" },
        { "log checkpoint --data @/none", REFUSES, "app.none" },
        { "log proof 0 --data @/demo", DOES, "\"index\": 0" },
        { "log proof 0 --data @/demo --out @/0.tlog-proof", DOES,
          "\"index\": 0" },
        { "log proof 0 --data @/demo --out @/none/0", REFUSES, "file.parent" },
        { "log proof 99999 --data @/demo", REFUSES, "log.no_entry" },
        { "log proof 9999999999999999 --data @/demo", REFUSES,
          "log.no_certificate" },
        { "log proof 00000SC9999R0M --data @/demo", REFUSES,
          "log.no_certificate" },
        { "log proof --data @/demo", MISUSED, "cli.needs_operand" },
        { "log export @/out --data @/demo", DOES, "\"size\": " },
        { "log export @/out --data @/demo", DOES, "\"files\": 0" },
        { "log export @/out/checkpoint --data @/demo", REFUSES,
          "file.no_folder" },
        { "log export --data @/demo", MISUSED, "cli.needs_operand" },
        { "log", MISUSED, "cli.needs_subcommand" },
        { "log witness", MISUSED, "cli.unknown_in_group" },
        { "log witness list --data @/demo", DOES, "[]" },
        { "log witness list --data @/none", REFUSES, "app.none" },
        { "log witness ask --data @/demo", DOES, "[]" },
        { "log witness add one " WITNESS " http://127.0.0.1:1 --data @/demo"
          " --as head",
          REFUSES, "witnesses.names" },
        { "log witness add one " WITNESS " http://127.0.0.1:1 --data @/demo",
          MISUSED, "cli.needs_option" },
        { "log witness remove two --data @/demo --as admin", REFUSES,
          "witnesses.unknown" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

static str printed(struct test_shell *sh, const char *words)
{
    struct said said = shell_run(sh, words);

    EXPECT_ROW_STR(words, said.err, S(""));
    EXPECT_ROW(words, said.status == 0);
    return said.out;
}

static const struct trust_policy *policy_of(struct test_shell *sh)
{
    const struct trust_policy *p = NULL;
    struct buf b;
    str text = S("");

    buf_init(&b, &sh->arena, 1000);
    buf_str(&b, S("log "));
    buf_str(&b, printed(sh, "log vkey --data @/demo"));
    buf_str(&b, S("quorum none\n"));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(policy_read(&sh->arena, text, &p));
    return p;
}

/* What is printed is what a stranger can check with the key alone. */
TEST(checkpoint_and_proof_verify_with_the_key_that_is_printed)
{
    TEST_SHELL(sh);
    struct policy_seen seen = { 0 };
    struct tlog_proof p = { 0 };
    struct hash leaf;

    shell_demonstrate(&sh, 0);
    const struct trust_policy *policy = policy_of(&sh);
    if (policy == NULL)
        return;
    EXPECT_OK(policy_check(&sh.arena, policy,
                           printed(&sh, "log checkpoint --data @/demo"),
                           &seen));
    EXPECT_OK(tlog_proof_read(&sh.arena,
                              printed(&sh, "log proof 1 --data @/demo"), &p));
    merkle_leaf(p.extra, &leaf);
    EXPECT_OK(tlog_proof_check(&sh.arena, &p, &leaf, policy, &seen));
    EXPECT(p.index == 1);
}

/* [T2] Who looks after the log sees it in the exit status. */
TEST(a_log_that_has_stopped_is_found_wrong)
{
    TEST_SHELL(sh);
    static const struct row rows[] = {
        { "log show --data @/demo", FINDS, "\"stopped\": \"tlog.anchor\"" },
        { "log checkpoint --data @/demo", REFUSES, "tlog.anchor" },
        { "check --data @/demo", REFUSES, "tlog.anchor" },
    };

    shell_demonstrate(&sh, 0);
    shell_write(&sh, "demo/log.checkpoint", S("nonsense\n"));
    SHELL_EXPECT_ALL(&sh, rows);
    EXPECT(str_contains(shell_run(&sh, "log show --data @/demo").out,
                        S("The log has stopped.")));
}
