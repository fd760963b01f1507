/* Many certificates as files. [PB1]..[PB3] [M20] */

#include "cli/test_shell.h"

#include <stdio.h>
#include <unistd.h>

#define TO "--data @/demo --unsigned --lang en "

TEST(many_certificates_are_asked_for_in_one_of_three_ways)
{
    static const struct row rows[] = {
        { "certificate pdf " TO, MISUSED, "cli.papers_where" },
        { "certificate pdf X --into @/o --out @/x.pdf " TO, MISUSED,
          "cli.papers_where" },
        { "certificate pdf X Y --out @/x.pdf " TO, MISUSED,
          "cli.papers_where" },
        { "certificate pdf X --all --out @/x.pdf " TO, MISUSED,
          "cli.papers_where" },
        { "certificate pdf X --issued-to 2026-01-01 --out @/x.pdf " TO, MISUSED,
          "cli.papers_where" },
        { "certificate pdf --into @/o " TO, MISUSED, "cli.papers_which" },
        { "certificate pdf X --all --into @/o " TO, MISUSED,
          "cli.papers_which" },
        { "certificate pdf --all --issued-from 2026-01-01 --into @/o " TO,
          MISUSED, "cli.papers_which" },
        { "certificate pdf --issued-from x --into @/o " TO, MISUSED,
          "cli.day" },
        { "certificate pdf --issued-to x --into @/o " TO, MISUSED, "cli.day" },
        { "certificate pdf --issued-from 2026-01-02 --issued-to 2026-01-01 "
          "--into @/o " TO,
          MISUSED, "cli.papers_span" },
        { "certificate pdf --all --into @/file " TO, REFUSES,
          "file.no_folder" },
        { "certificate pdf X Y --into @/o " TO, FINDS,
          "\"id\": \"lookup.number\"" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    shell_write(&sh, "file", S("x"));
    SHELL_EXPECT_ALL(&sh, rows);
}

/* What a run says it did. */
struct did {
    const char *words;
    int status;
    int64_t written;
    int64_t kept;
    int64_t not_valid;
    size_t failed;
};

static void expect_did(struct test_shell *sh, const struct did *d)
{
    const struct json *j = shell_json(sh, d->words, d->status);

    EXPECT_ROW(d->words, shell_member(j, "written")->number == d->written);
    EXPECT_ROW(d->words, shell_member(j, "kept")->number == d->kept);
    EXPECT_ROW(d->words, shell_member(j, "not_valid")->number == d->not_valid);
    EXPECT_ROW(d->words, shell_member(j, "failed")->count == d->failed);
}

/* The one of the demonstration, issued on 2 January 2025. */
#define ONE "00025SC0001R0M"

TEST(a_run_that_was_stopped_goes_on_where_it_was_and_names_what_failed)
{
    static const struct did first[] = {
        { "certificate pdf --all --into @/o --json " TO, 0, 1, 0, 0, 0 },
        { "certificate pdf --all --into @/o --json " TO, 0, 0, 1, 0, 0 },
        { "certificate pdf NONE " ONE " --into @/o --json " TO, 1, 0, 1, 0, 1 },
    };
    static const struct did later[] = {
        { "certificate pdf NONE " ONE " NONE2 --into @/o --json " TO, 1, 1, 0,
          0, 2 },
        { "certificate pdf " ONE " 00025sc0001r0m --into @/q --json " TO, 0, 1,
          1, 0, 0 },
        { "certificate pdf --all --into @/p --today 2037-01-01 --json " TO, 0,
          0, 0, 1, 0 },
        { "certificate pdf " ONE " --into @/p --today 2037-01-01 --json " TO, 1,
          0, 0, 0, 1 },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    for (size_t i = 0; i < COUNT(first); i++)
        expect_did(&sh, &first[i]);
    EXPECT(unlink(shell_path(&sh, "o/" ONE ".pdf").p) == 0);
    for (size_t i = 0; i < COUNT(later); i++)
        expect_did(&sh, &later[i]);
}

TEST(both_days_of_a_span_belong_to_it)
{
    static const struct did rows[] = {
        { "certificate pdf --issued-from 2025-01-02 --into @/a --json " TO, 0,
          1, 0, 0, 0 },
        { "certificate pdf --issued-from 2025-01-03 --into @/b --json " TO, 0,
          0, 0, 0, 0 },
        { "certificate pdf --issued-to 2025-01-02 --into @/c --json " TO, 0, 1,
          0, 0, 0 },
        { "certificate pdf --issued-to 2025-01-01 --into @/d --json " TO, 0, 0,
          0, 0, 0 },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_did(&sh, &rows[i]);
}
