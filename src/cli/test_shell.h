#ifndef CLI_TEST_SHELL_H
#define CLI_TEST_SHELL_H

/*
 * test_shell -- the program's words, run in this process; tests only.
 *
 *     TEST_SHELL(sh);
 *     EXPECT(shell_run(&sh, "day add 2026-11-24 5wd").status == 0);
 *
 * Words stand apart by blanks.  "@" in one stands for a folder of the test's
 * own, so "--data @/demo" is a place nobody else has; "_" is a blank within a
 * word when it stands between two quotes: 'two_words'.
 *
 *   [SH1] Clock and entropy are the test's: it is noon of SHELL_TODAY.
 *   [SH2] The folder goes with the scope.
 */

#include "base/size.h"
#include "base/test.h"
#include "cli/cli.h"
#include "codec/json.h"

#define SHELL_TODAY "2026-11-24"

struct test_shell {
    struct heap heap;
    struct arena arena; /* of the test: what programs said */
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct file_ops files;
    const char *locale; /* "en" */
    const char *secret;
    const char *passphrase;
    const char *new_passphrase;
    const char *credentials;
    char folder[TEST_PATH];
};

bool shell_open(struct test_shell *sh);
void shell_end(struct test_shell *sh);

#define TEST_SHELL(name)                                                       \
    scoped(shell_end) struct test_shell name;                                  \
    if (!shell_open(&name))                                                    \
    return

/* The demonstration that "demo @/demo --size N" makes, N below SHELL_DEMOS:
 * made once a program, and copied, for a case of it takes seconds. */
enum { SHELL_DEMOS = 2 };
void shell_demonstrate(struct test_shell *sh, int size);

struct said {
    int status;
    str out;
    str err;
};

struct said shell_run(struct test_shell *sh, const char *words);

/* The same over another heap, and nothing kept of what it says. */
int shell_try(struct test_shell *sh, struct heap *heap, const char *words);

/* stdout as the one JSON document that it has to be [CLI2]; NULL when it is
 * none, which fails the test. */
const struct json *shell_json(struct test_shell *sh, const char *words,
                              int status);

/* Member `key`; something of no kind and no value when there is none, so that
 * a test can go on and fail. */
const struct json *shell_member(const struct json *j, const char *key);

/* A file in the shell's folder. */
void shell_write(struct test_shell *sh, const char *name, str bytes);
str shell_path(struct test_shell *sh, const char *name);

/* --- tables ----------------------------------------------------------- */

enum outcome {
    DOES,    /* exit 0; `says` stands in the JSON document */
    FINDS,   /* exit 1, nothing failed; `says` stands in the document */
    REFUSES, /* exit 1; `says` is the refusal's id */
    MISUSED, /* exit 2; the same */
};

struct row {
    const char *words;
    enum outcome outcome;
    const char *says;
};

/*
 * Run the words with and without --json, in both languages:
 *   with it, stdout is one document, stderr has what went wrong or nothing;
 *   without it, what went wrong is on stderr alone, in the same sentence.
 */
void shell_expect(struct test_shell *sh, const struct row *row);

#define SHELL_EXPECT_ALL(sh, rows)                                             \
    for (size_t i_ = 0; i_ < COUNT(rows); i_++)                                \
    shell_expect((sh), &(rows)[i_])

#endif
