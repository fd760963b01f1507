/* What holds for every subcommand: help, languages, documents, statuses. */

#include "cli/help.h"
#include "cli/test_shell.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* --- help ------------------------------------------------------------- */

TEST(every_subcommand_explains_itself_in_both_languages)
{
    TEST_SHELL(sh);

    for (size_t i = 0; i < cli_subcommand_count; i++) {
        const struct subcommand *s = cli_subcommands[i];
        char zh[80];
        char en[80];

        (void)snprintf(zh, sizeof zh, "%s --help --lang zh", s->name);
        (void)snprintf(en, sizeof en, "--lang en --help %s", s->name);
        struct said in_zh = shell_run(&sh, zh);
        struct said in_en = shell_run(&sh, en);

        EXPECT_ROW(s->name, in_zh.status == 0 && in_en.status == 0);
        EXPECT_ROW(s->name, in_zh.err.n == 0 && in_en.err.n == 0);
        EXPECT_ROW(s->name, str_begins(in_en.out, S("tenstar ")));
        EXPECT_ROW(s->name,
                   str_contains(in_zh.out, text_get(LANG_ZH, s->help)));
        EXPECT_ROW(s->name,
                   str_contains(in_en.out, text_get(LANG_EN, s->help)));
        for (size_t o = 0; o < s->option_count; o++)
            EXPECT_ROW(s->options[o].name,
                       str_contains(in_en.out,
                                    text_get(LANG_EN, s->options[o].help)));
    }
}

/* They stand below each other in the list of all. */
TEST(what_a_subcommand_does_is_one_sentence_in_both_languages)
{
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        const struct subcommand *s = cli_subcommands[i];
        str en = text_get(LANG_EN, s->help);

        EXPECT_ROW(s->name, en.p[0] >= 'A' && en.p[0] <= 'Z');
        EXPECT_ROW(s->name, str_ends(en, S(".")));
        EXPECT_ROW(s->name, str_ends(text_get(LANG_ZH, s->help), S("。")));
    }
}

TEST(the_program_lists_its_subcommands_when_asked_and_when_not)
{
    static const struct {
        const char *words;
        int status;
    } rows[] = {
        { "--help", 0 },           { "help", 0 },     { "-h", 0 }, { "", 2 },
        { "--lang en --help", 0 }, { "--lang en", 2 }
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct said said = shell_run(&sh, rows[i].words);
        str where = rows[i].status == 0 ? said.out : said.err;
        str other = rows[i].status == 0 ? said.err : said.out;

        EXPECT_ROW(rows[i].words, said.status == rows[i].status);
        EXPECT_ROW(rows[i].words, other.n == 0);
        for (size_t c = 0; c < cli_subcommand_count; c++)
            EXPECT_ROW(rows[i].words,
                       str_contains(where, str_of(cli_subcommands[c]->name)));
    }
}

TEST(the_help_of_serve_names_the_address_it_takes_by_itself)
{
    TEST_SHELL(sh);

    EXPECT(str_contains(shell_run(&sh, "serve --help").out,
                        S("127.0.0.1:8010 unless given")));
    EXPECT(str_contains(shell_run(&sh, "serve --help --lang zh").out,
                        S("不写时为 127.0.0.1:8010")));
}

TEST(the_help_of_a_group_lists_its_subcommands_and_no_other)
{
    static const char *const rows[] = { "case --help", "--help case",
                                        "case --lang en --help" };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct said said = shell_run(&sh, rows[i]);

        EXPECT_ROW(rows[i], said.status == 0 && said.err.n == 0);
        for (size_t c = 0; c < cli_subcommand_count; c++) {
            const char *name = cli_subcommands[c]->name;
            char line[80];

            (void)snprintf(line, sizeof line, "  tenstar %s ", name);
            EXPECT_ROW(name, str_contains(said.out, str_of(line)) ==
                                 str_begins(str_of(name), S("case ")));
        }
    }
}

TEST(the_program_says_which_version_it_is)
{
    TEST_SHELL(sh);
    struct said said = shell_run(&sh, "--version");
    const struct json *j = shell_json(&sh, "--json --version", 0);

    EXPECT(said.status == 0 && said.err.n == 0);
    EXPECT_STR(said.out, S("tenstar " PROGRAM_VERSION "\n"));
    EXPECT_STR(shell_member(j, "version")->text, S(PROGRAM_VERSION));
}

TEST(help_and_manual_are_documents_too_when_asked_to)
{
    TEST_SHELL(sh);
    const struct json *all = shell_json(&sh, "--help --json", 0);
    const struct json *one = shell_json(&sh, "score --json --help", 0);
    const struct json *manual = shell_json(&sh, "manual --json", 0);

    EXPECT(str_contains(shell_member(all, "help")->text, S("case show")));
    EXPECT(str_begins(shell_member(one, "help")->text, S("tenstar score")));
    EXPECT(
        str_begins(shell_member(manual, "manual")->text, S(".TH TENSTAR 1 ")));
}

/* The build makes the page and has mandoc read it; here: it is roff, whole, in
 * both languages. */
TEST(the_manual_page_has_every_subcommand_with_its_words)
{
    TEST_SHELL(sh);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct said said = shell_run(&sh, l == LANG_EN ? "manual --lang en"
                                                       : "manual --lang zh");

        EXPECT(said.status == 0);
        EXPECT(str_begins(said.out, S(".TH TENSTAR 1 ")));
        for (size_t c = 0; c < cli_subcommand_count; c++) {
            const char *name = cli_subcommands[c]->name;
            EXPECT_ROW(name, str_contains(said.out, str_of(name)));
        }
        EXPECT(str_contains(said.out, text_get(l, "cli.manual.codes")));
        EXPECT(!str_contains(said.out, S("[cli.")));
    }
}

/* --- wrong usage ------------------------------------------------------ */

TEST(wrong_usage_is_named_and_ends_with_two)
{
    static const struct row rows[] = {
        { "nothing", MISUSED, "cli.unknown" },
        { "case", MISUSED, "cli.needs_subcommand" },
        { "case --data @", MISUSED, "cli.needs_subcommand" },
        { "case nothing", MISUSED, "cli.unknown_in_group" },
        { "cases list", MISUSED, "cli.unknown_near" },
        { "Case list", MISUSED, "cli.unknown_near" },
        { "--data @ case list", MISUSED, "cli.unknown" },
        { "case list", MISUSED, "cli.needs_option" },
        { "case list --data", MISUSED, "cli.needs_value" },
        { "case list --data @ --data @", MISUSED, "cli.twice" },
        { "case list --data @ more", MISUSED, "cli.too_many" },
        { "case list @", MISUSED, "cli.perhaps_option" },
        { "check body", MISUSED, "cli.perhaps_option" },
        { "serve body", MISUSED, "cli.perhaps_option" },
        { "case show --data @", MISUSED, "cli.needs_operand" },
        { "case do C --data @ --as x", MISUSED, "cli.needs_operand" },
        { "case do C c --data @", MISUSED, "cli.needs_option" },
        { "check --data @ --nothing", MISUSED, "cli.unknown_option" },
        { "check --date @", MISUSED, "cli.unknown_option_near" },
        { "check --version", MISUSED, "cli.unknown_option" },
        { "manual --json=yes", MISUSED, "cli.no_value" },
        { "manual page", MISUSED, "cli.too_many" },
    };
    TEST_SHELL(sh);

    SHELL_EXPECT_ALL(&sh, rows);
}

/* The argument of the refusal of these words, which are wrong usage. */
static str refused_argument(struct test_shell *sh, const char *words,
                            const char *argument)
{
    char with_json[120];

    (void)snprintf(with_json, sizeof with_json, "--json %s", words);
    const struct json *j = shell_json(sh, with_json, 2);
    const struct json *args =
        shell_member(shell_member(j, "refused"), "arguments");
    return shell_member(args, argument)->text;
}

TEST(what_was_taken_for_a_subcommand_is_named_whole)
{
    static const struct {
        const char *words;
        const char *argument;
        const char *word;
    } rows[] = {
        { "nothing at all", "word", "nothing" },
        { "case", "group", "case" },
        { "case nothing", "word", "case nothing" },
        { "case --lang en", "group", "case" },
        { "scheme nothing --json", "word", "scheme nothing" },
        { "cases list", "word", "cases list" },
        { "scor @/answers", "word", "scor" },
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].words,
                       refused_argument(&sh, rows[i].words, rows[i].argument),
                       str_of(rows[i].word));
}

TEST(the_nearest_subcommand_or_option_is_named_or_all_there_are)
{
    static const struct {
        const char *why;
        const char *words;
        const char *argument;
        const char *says;
    } rows[] = {
        { "a letter too few", "serv --data @", "near", "serve" },
        { "in the second word", "case lits --data @", "near", "case list" },
        { "in the first", "cas list --data @", "near", "case list" },
        { "joined by a hyphen", "case-list", "near", "case list" },
        { "in both", "schem chek x", "near", "scheme check" },
        { "a group's name", "cas", "near", "case" },
        { "what follows is no part of it", "scor x y", "near", "score" },
        { "none in the group", "case nothing", "subcommands",
          "list, show, history, do, offers, checklist, papers, review, "
          "improve, document, forecast" },
        { "a group alone", "day", "subcommands", "add" },
        { "none at all", "nothing", "subcommands",
          "scheme, person, enterprise, score, fee, records, register, id, day, "
          "found, demo, serve, case, todo, calendar, body, mail, webhook, "
          "tick, certificate, "
          "report, key, "
          "credential, "
          "log, "
          "dossier, recompute, witness, verify, check, rebuild, backup, "
          "restore, manual" },
        { "an option's name", "serve --lisen x", "near", "listen" },
        { "of those that go with all", "check --jsn", "near", "json" },
        { "a folder without its option", "check body", "option", "data" },
        { "no option near", "check --nothing", "options",
          "--data, --today, --json, --lang, --help" },
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].why,
                       refused_argument(&sh, rows[i].words, rows[i].argument),
                       str_of(rows[i].says));
}

/* After "--" a word is an operand, whatever it looks like. */
TEST(operands_that_look_like_options_ask_for_nothing)
{
    TEST_SHELL(sh);
    struct said said = shell_run(&sh, "id check -- --json");

    EXPECT(said.status == 1);
    EXPECT(said.out.n > 0 && said.out.p[0] != '{');
}

/* --- languages [CLI3] ------------------------------------------------- */

TEST(the_language_is_the_options_then_the_locales_then_chinese)
{
    static const struct {
        const char *locale;
        const char *words;
        enum lang lang;
    } rows[] = {
        { "", "nothing", LANG_ZH },
        { "C", "nothing", LANG_ZH },
        { "de_DE.UTF-8", "nothing", LANG_ZH },
        { "en_GB.UTF-8", "nothing", LANG_EN },
        { "zh_CN.UTF-8", "nothing --lang en", LANG_EN },
        { "en_GB.UTF-8", "--lang=zh nothing", LANG_ZH },
        { "en_GB.UTF-8", "--lang zh nothing", LANG_ZH },
        /* Also when the rest of the line cannot be read. */
        { "en", "check --nothing --lang=zh", LANG_ZH },
        { "en", "check --lang zh --nothing", LANG_ZH },
        { "zh", "check --lang=fr", LANG_ZH },
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++) {
        sh.locale = rows[i].locale;
        struct said said = shell_run(&sh, rows[i].words);
        bool chinese = str_contains(said.err, S("。"));

        EXPECT_ROW(rows[i].words, said.status == 2);
        EXPECT_ROW(rows[i].words, chinese == (rows[i].lang == LANG_ZH));
    }
}

/* --- when it cannot go on --------------------------------------------- */

/* [CLI4] */
TEST(output_that_cannot_be_written_is_a_failure)
{
    TEST_SHELL(sh);
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct cli_world world = {
        .clock = &sh.clock.clock,
        .entropy = &sh.entropy.entropy,
        .files = &sh.files,
        .locale = "en",
        .out = full,
        .err = open("/dev/null", O_WRONLY | O_CLOEXEC),
    };
    char program[] = "tenstar";
    char noun[] = "day";
    char verb[] = "add";
    char from[] = SHELL_TODAY;
    char limit[] = "5wd";
    char *argv[] = { program, noun, verb, from, limit, NULL };

    EXPECT(full >= 0 && world.err >= 0);
    EXPECT(cli_run(&sh.heap, &world, 5, argv) == 1);
    world.out = world.err;
    EXPECT(cli_run(&sh.heap, &world, 5, argv) == 0);
    EXPECT(close(full) == 0 && close(world.err) == 0);
}

TEST(main_can_say_why_nothing_is_run)
{
    TEST_SHELL(sh);
    int fds[2];
    char said[200] = { 0 };
    struct cli_world world = { .locale = "en" };

    EXPECT(pipe(fds) == 0);
    world.err = fds[1];
    EXPECT(cli_refuse(&sh.heap, &world, err_memory()) == 1);
    EXPECT(close(fds[1]) == 0);
    ssize_t n = read(fds[0], said, sizeof said - 1);
    EXPECT(n > 0 && close(fds[0]) == 0);
    EXPECT(str_begins(str_of(said), S("tenstar: ")));
    EXPECT(str_contains(str_of(said), text_get(LANG_EN, "err.memory")));
}
