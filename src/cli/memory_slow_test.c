/* Every subcommand that only reads files, with every allocation failing. */

#include "cli/test_shell.h"

struct trying {
    struct test_shell *sh;
    const char *words;
};

static err try_words(struct heap *h, void *context)
{
    const struct trying *t = context;

    return shell_try(t->sh, h, t->words) == 0 ? OK : err_memory();
}

TEST(a_command_without_memory_fails_and_keeps_nothing)
{
    static const char *const lines[] = {
        ("day add " SHELL_TODAY " 5wd --json"),
        "id check 91350100M000100Y43",
        "scheme check tests/schemes/mini --json",
        "scheme show tests/schemes/mini",
        "scheme show tests/schemes/mini --json",
        "score tests/schemes/mini @/answers",
        "score tests/schemes/mini @/answers --json",
        "manual",
        "--help",
    };
    TEST_SHELL(sh);

    shell_write(&sh, "answers", S("answers: []\nfigures: []\n"));
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct trying t = { &sh, lines[i] };

        EXPECT_ROW(lines[i], shell_try(&sh, &sh.heap, lines[i]) == 0);
        EXPECT_ROW(lines[i],
                   test_every_allocation_fails(try_words, NULL, &t) > 0);
    }
}
