#include "cli/test_shell.h"

#include "base/arena.h"
#include "base/check.h"

#include <stdio.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ARENA_LIMIT = 512 << 20, WORDS_MOST = 60, WORDS_BYTES = 1 << 16 };
enum { COPY_MOST = 64 << 20 };

bool shell_open(struct test_shell *sh)
{
    const int64_t noon = INT64_C(12) * 3600 * 1000000;
    day today = 0;

    *sh = (struct test_shell){
        .heap = HEAP_LIBC,
        .files = FILE_SYSTEM,
        .locale = "en",
    };
    EXPECT(day_parse(S(SHELL_TODAY), &today));
    clock_set_init(&sh->clock, day_start_micros(today) + noon);
    entropy_seeded_init(&sh->entropy, 3);
    arena_init(&sh->arena, &sh->heap, ARENA_LIMIT);
    test_place(sh->folder, "shell");
    bool made = mkdtemp(sh->folder) != NULL;
    EXPECT(made);
    return made;
}

static int remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    return remove(path);
}

void shell_end(struct test_shell *sh)
{
    (void)nftw(sh->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    entropy_seeded_end(&sh->entropy);
    arena_end(&sh->arena);
}

/* --- words ------------------------------------------------------------ */

/* A word as it is meant: folder put in, blanks and quotes made. */
static char *word_of(struct test_shell *sh, str word)
{
    bool quoted = false;
    struct buf b;
    str out = S("");

    buf_init(&b, &sh->arena, WORDS_BYTES);
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '\'')
            quoted = !quoted;
        else if (word.p[i] == '@' && !quoted)
            buf_str(&b, str_of(sh->folder));
        else
            buf_char(&b, quoted && word.p[i] == '_' ? ' ' : word.p[i]);
    }
    check(!failed(buf_done(&b, &out)));
    return (char *)(uintptr_t)out.p; /* in our arena, to be written to */
}

static int split(struct test_shell *sh, const char *words, char **argv)
{
    str rest = str_of(words);
    int n = 1;

    argv[0] = word_of(sh, S("tenstar"));
    while (rest.p != NULL && n < WORDS_MOST) {
        str word = str_cut(&rest, ' ');
        if (word.n > 0)
            argv[n++] = word_of(sh, word);
    }
    check(rest.p == NULL);
    argv[n] = NULL;
    return n;
}

/* --- running ---------------------------------------------------------- */

static str read_all(struct test_shell *sh, int fd)
{
    off_t n = lseek(fd, 0, SEEK_END);
    char *p = arena_zero(&sh->arena, (size_t)n + 1);

    check(p != NULL && pread(fd, p, (size_t)n, 0) == n && close(fd) == 0);
    return (str){ p, (size_t)n };
}

static int run(struct test_shell *sh, struct heap *heap, const char *words,
               const int fds[2])
{
    char *argv[WORDS_MOST + 1];
    int argc = split(sh, words, argv);
    struct cli_world world = {
        .clock = &sh->clock.clock,
        .entropy = &sh->entropy.entropy,
        .files = &sh->files,
        .locale = sh->locale,
        .secret = sh->secret,
        .passphrase = sh->passphrase,
        .new_passphrase = sh->new_passphrase,
        .credentials = sh->credentials,
        .out = fds[0],
        .err = fds[1],
    };

    return cli_run(heap, &world, argc, argv);
}

struct said shell_run(struct test_shell *sh, const char *words)
{
    const int fds[2] = { memfd_create("out", MFD_CLOEXEC),
                         memfd_create("err", MFD_CLOEXEC) };
    struct said said;

    check(fds[0] >= 0 && fds[1] >= 0);
    said.status = run(sh, &sh->heap, words, fds);
    said.out = read_all(sh, fds[0]);
    said.err = read_all(sh, fds[1]);
    return said;
}

int shell_try(struct test_shell *sh, struct heap *heap, const char *words)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int fds[2] = { nowhere, nowhere };

    check(nowhere >= 0);
    int status = run(sh, heap, words, fds);
    check(close(nowhere) == 0);
    return status;
}

/* --- demonstrations --------------------------------------------------- */

/* What was made of each size, until the program ends. */
static struct {
    struct test_shell shell;
    bool asked;
    bool made;
} demonstrations[SHELL_DEMOS];

static void forget(void)
{
    for (size_t i = 0; i < SHELL_DEMOS; i++) {
        if (demonstrations[i].asked)
            shell_end(&demonstrations[i].shell);
    }
}

static bool make_demonstration(struct test_shell *sh, int size)
{
    char words[40];

    if (!shell_open(sh))
        return false;
    (void)snprintf(words, sizeof words, "demo @/demo --size %d", size);

    struct said made = shell_run(sh, words);
    EXPECT_ROW_STR(words, made.err, S(""));
    EXPECT_ROW(words, made.status == 0);
    return made.status == 0;
}

/* The shell whose folder holds it, or NULL. */
static struct test_shell *demonstration(int size)
{
    check(size >= 0 && size < SHELL_DEMOS);
    if (!demonstrations[0].asked && !demonstrations[1].asked)
        check(atexit(forget) == 0);
    if (!demonstrations[size].asked) {
        demonstrations[size].asked = true;
        demonstrations[size].made =
            make_demonstration(&demonstrations[size].shell, size);
    }
    return demonstrations[size].made ? &demonstrations[size].shell : NULL;
}

/* Where nftw(3) copies to: it takes no context. */
static struct {
    struct test_shell *to;
    size_t from; /* bytes of the folder's name, which the paths begin with */
} copying;

static int copy_one(const char *path, const struct stat *, int kind,
                    struct FTW *)
{
    struct test_shell *sh = copying.to;
    const char *name = path + copying.from + 1;
    str bytes = S("");

    if (kind == FTW_D)
        return failed(folder_make(&sh->files, &sh->arena, shell_path(sh, name),
                                  FOLDER_PRIVATE));
    return failed(file_read(&sh->files, &sh->arena, str_of(path), COPY_MOST,
                            &bytes)) ||
           failed(file_write(&sh->files, &sh->arena, shell_path(sh, name),
                             bytes, FILE_SECRET));
}

void shell_demonstrate(struct test_shell *sh, int size)
{
    struct test_shell *from = demonstration(size);

    EXPECT_ROW("a demonstration was made", from != NULL);
    if (from == NULL)
        return;
    copying.to = sh;
    copying.from = strlen(from->folder);
    EXPECT(nftw(shell_path(from, "demo").p, copy_one, 16, FTW_PHYS) == 0);
}

static const struct json *parse(struct test_shell *sh, const char *words,
                                str text)
{
    struct json *j = NULL;

    EXPECT_ROW_OK(words, json_parse(&sh->arena, text, &j));
    return j;
}

const struct json *shell_json(struct test_shell *sh, const char *words,
                              int status)
{
    struct said said = shell_run(sh, words);

    if (said.status != status)
        fprintf(stderr, "%.*s", STR_ARG(said.err));
    EXPECT_ROW(words, said.status == status);
    return parse(sh, words, said.out);
}

const struct json *shell_member(const struct json *j, const char *key)
{
    static const struct json none = { .kind = JSON_NULL, .number = -1 };
    const struct json *member = j == NULL ? NULL : json_get(j, str_of(key));

    EXPECT_ROW(key, member != NULL);
    return member == NULL ? &none : member;
}

str shell_path(struct test_shell *sh, const char *name)
{
    struct buf b;
    str path = S("");

    buf_init(&b, &sh->arena, WORDS_BYTES);
    buf_printf(&b, "%s/%s", sh->folder, name);
    check(!failed(buf_done(&b, &path)));
    return path;
}

void shell_write(struct test_shell *sh, const char *name, str bytes)
{
    EXPECT_ROW_OK(name, file_write(&sh->files, &sh->arena, shell_path(sh, name),
                                   bytes, FILE_PUBLIC));
}

/* --- tables ----------------------------------------------------------- */

static const int statuses[] = {
    [DOES] = 0,
    [FINDS] = 1,
    [REFUSES] = 1,
    [MISUSED] = 2,
};

static const char *with(struct test_shell *sh, const char *before,
                        const char *words)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &sh->arena, WORDS_BYTES);
    buf_printf(&b, "%s %s", before, words);
    check(!failed(buf_done(&b, &out)));
    return out.p;
}

/* What stderr has to say when this was refused. */
static str sentence(struct test_shell *sh, const struct json *refused)
{
    struct buf b;
    str message = json_get_str(refused, S("message"));
    str out = S("");

    buf_init(&b, &sh->arena, WORDS_BYTES);
    buf_str(&b, S("tenstar: "));
    buf_str(&b, message);
    buf_char(&b, '\n');
    check(!failed(buf_done(&b, &out)));
    return out;
}

/* With --json, stdout is one document. */
static void expect_json(struct test_shell *sh, const struct row *row,
                        const char *language, str *sentence_out)
{
    const char *words = with(sh, language, row->words);
    struct said said = shell_run(sh, with(sh, "--json", words));
    const struct json *j = parse(sh, words, said.out);
    const struct json *refused =
        j == NULL || j->kind != JSON_OBJECT ? NULL : json_get(j, S("refused"));
    bool good = row->outcome == DOES || row->outcome == FINDS;

    EXPECT_ROW(words, said.status == statuses[row->outcome]);
    EXPECT_ROW(words, good == (refused == NULL));
    *sentence_out = refused == NULL ? S("") : sentence(sh, refused);
    EXPECT_ROW_STR(words, said.err, *sentence_out);
    if (refused == NULL)
        EXPECT_ROW(words, str_contains(said.out, str_of(row->says)));
    else
        EXPECT_ROW_STR(words, json_get_str(refused, S("id")),
                       str_of(row->says));
}

void shell_expect(struct test_shell *sh, const struct row *row)
{
    static const char *const languages[] = { "--lang=zh", "--lang=en" };

    for (size_t i = 0; i < COUNT(languages); i++) {
        const char *words = with(sh, languages[i], row->words);
        struct said said = shell_run(sh, words);
        str why = S("");

        expect_json(sh, row, languages[i], &why);
        EXPECT_ROW(words, said.status == statuses[row->outcome]);
        EXPECT_ROW_STR(words, said.err, why);
        EXPECT_ROW(words, (said.out.n > 0) == (why.n == 0));
    }
}
