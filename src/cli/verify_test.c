/* tenstar verify, on the command line: things, files, statuses.  What is proved
 * of each thing: credential/verify_thing_test.c, tests/stories/verify.sh. */

#include "cli/test_shell.h"
#include "verify/test_log.h"

#include <stdio.h>

#define CODE "HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S"

TEST(a_thing_is_a_file_or_the_text_itself)
{
    static const struct row rows[] = {
        { "verify 71226SC0006R0S", FINDS, "\"verdict\": \"nothing\"" },
        { "verify 71226sc0006r0s", FINDS, "\"number\": \"71226SC0006R0S\"" },
        { "verify " CODE, FINDS, "\"thing\": \"qr\"" },
        { "verify http://register.example.cn/c/71226SC0006R0S", FINDS,
          "\"thing\": \"address\"" },
        { "verify @/paper.pdf", FINDS, "\"id\": \"verify.pdf_unsigned\"" },
        { "verify 'hello_world'", FINDS, "\"id\": \"verify.unknown\"" },
        { "verify @/none.pdf", REFUSES, "file.missing" },
        { "verify none.json", REFUSES, "file.missing" },
        { "verify @", REFUSES, "file.folder" },
        { "verify", MISUSED, "cli.needs_operand" },
        { "verify a b", MISUSED, "cli.too_many" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "paper.pdf", S("%PDF-1.7\n"));
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(what_it_goes_by_has_to_be_there_and_to_be_what_it_should)
{
    static const struct row rows[] = {
        { "verify N0001 --keys @/none", REFUSES, "file.missing" },
        { "verify N0001 --keys @/bad", REFUSES, "json.syntax" },
        { "verify N0001 --policy @/bad", REFUSES, "policy.words" },
        { "verify N0001 --from @/none", REFUSES, "file.missing" },
        { "verify N0001 --from @/bad", REFUSES, "file.no_folder" },
        { "verify N0001 --from ftp://x", MISUSED, "cli.verify_from_scheme" },
        { "verify N0001 --from file:///tmp", MISUSED,
          "cli.verify_from_scheme" },
        { "verify N0001 --from @", FINDS, "\"verdict\": \"nothing\"" },
        { "verify N0001 --on 2026-02-30", MISUSED, "cli.day" },
        { "verify N0001 --on 2026-02-28", FINDS, "\"on\": \"2026-02-28\"" },
        { "verify N0001", FINDS, "\"on\": \"" SHELL_TODAY "\"" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "bad", S("hello"));
    SHELL_EXPECT_ALL(&sh, rows);
}

/* [CV2] In the folder itself, or under log/ as it is served. */
TEST(a_copy_of_the_log_is_found_where_it_may_be)
{
    TEST_SHELL(sh);
    struct said vkey;
    struct buf b;
    str policy = S("");

    shell_demonstrate(&sh, 0);
    EXPECT(shell_run(&sh, "log checkpoint --data @/demo").status == 0);
    EXPECT(shell_run(&sh, "log export @/out/log --data @/demo").status == 0);
    vkey = shell_run(&sh, "log vkey --data @/demo");
    buf_init(&b, &sh.arena, 1000);
    buf_str(&b, S("log "));
    buf_str(&b, vkey.out);
    buf_str(&b, S("quorum none\n"));
    EXPECT_OK(buf_done(&b, &policy));
    shell_write(&sh, "policy", policy);

    struct said direct =
        shell_run(&sh, "verify NONE-0001 --from @/out/log --policy @/policy");
    struct said below =
        shell_run(&sh, "verify NONE-0001 --from @/out --policy @/policy");
    EXPECT(direct.status == 1 && below.status == 1);
    EXPECT(str_contains(direct.out, S("is whole and unaltered")));
    EXPECT(str_contains(direct.out, S("has no certificate NONE-0001")));
    EXPECT_STR(below.out, direct.out);
}

/* --- altered [LC1] [LC4] -------------------------------------------------- */

static void lay_file(struct test_shell *sh, const struct test_log_file *f)
{
    struct buf b;
    str path = S("");

    buf_init(&b, &sh->arena, 200);
    buf_printf(&b, "copy/%.*s", STR_ARG(f->path));
    EXPECT_OK(buf_done(&b, &path));
    shell_write(sh, path.p, f->bytes);
}

static void lay_log(struct test_shell *sh, const struct test_log *log)
{
    static const char *const folders[] = {
        "copy",
        "copy/tile",
        "copy/tile/entries",
        "copy/tile/entries/002.p",
        "copy/tile/0",
        "copy/tile/0/002.p",
        "copy/tile/1",
        "copy/tile/1/000.p",
    };

    for (size_t i = 0; i < COUNT(folders); i++)
        EXPECT_ROW_OK(folders[i],
                      folder_make(&sh->files, &sh->arena,
                                  shell_path(sh, folders[i]), FOLDER_PRIVATE));
    for (size_t i = 0; i < log->n; i++)
        lay_file(sh, &log->files[i]);
    shell_write(sh, "policy", log->policy);
}

#define VERIFY_COPY "verify 71226SC0006R0S --from @/copy --policy @/policy"

/* Why it is refuted first. */
static str refuted(struct test_shell *sh)
{
    const struct json *j = shell_json(sh, VERIFY_COPY " --json", 1);
    const struct json *list = shell_member(j, "findings");

    for (const struct json *f = list->first; f != NULL; f = f->next) {
        if (str_eq(json_get_str(f, S("is")), S("refuted")))
            return json_get_str(f, S("id"));
    }
    return S("nothing");
}

TEST(a_copy_of_the_log_altered_in_any_file_is_refused_with_the_reason)
{
    TEST_SHELL(sh);
    struct test_log log;

    test_log_make(&log, &sh.arena, TEST_LOG_SIZE);
    lay_log(&sh, &log);
    EXPECT(str_contains(shell_run(&sh, VERIFY_COPY).out,
                        S("is whole and unaltered")));
    for (const struct test_log_row *r = test_log_rows; r->path != NULL; r++) {
        const str *bytes = test_log_file(&log, r->path);
        struct test_log_file f = { str_of(r->path), S("") };

        if (bytes == NULL)
            continue;
        f.bytes = test_log_altered(&sh.arena, *bytes, r);
        lay_file(&sh, &f);
        EXPECT_ROW_STR(r->what, refuted(&sh), str_of(r->id));
        f.bytes = *bytes;
        lay_file(&sh, &f);
    }
    EXPECT(str_contains(shell_run(&sh, VERIFY_COPY).out,
                        S("is whole and unaltered")));
}

/* Hashes need not be there; entries do. */
TEST(a_copy_without_one_of_its_files_is_told_from_one_that_is_whole)
{
    TEST_SHELL(sh);
    struct test_log log;
    static const struct row row = { VERIFY_COPY, REFUSES, "file.missing" };

    test_log_make(&log, &sh.arena, TEST_LOG_SIZE);
    lay_log(&sh, &log);
    EXPECT_OK(
        file_remove(&sh.files, &sh.arena, shell_path(&sh, "copy/tile/0/001")));
    EXPECT(str_contains(shell_run(&sh, VERIFY_COPY).out,
                        S("is whole and unaltered")));
    EXPECT_OK(file_remove(&sh.files, &sh.arena,
                          shell_path(&sh, "copy/tile/entries/001")));
    shell_expect(&sh, &row);
}

/* --- a mirror of the register [CV4] [MI1] ----------------------------------
 */

/* A demonstration without cases has no certificate: what it has is laid into
 * its store as a file's. */
static void lay_mirror(struct test_shell *sh)
{
    struct said vkey;
    struct buf b;
    str policy = S("");

    shell_demonstrate(sh, 1);
    EXPECT(shell_run(sh, "register mirror @/mirror --data @/demo").status == 0);
    vkey = shell_run(sh, "log vkey --data @/demo");
    buf_init(&b, &sh->arena, 1000);
    buf_str(&b, S("log "));
    buf_str(&b, vkey.out);
    buf_str(&b, S("quorum none\n"));
    EXPECT_OK(buf_done(&b, &policy));
    shell_write(sh, "policy", policy);
}

#define CHECK_MIRROR "verify @/mirror --policy @/policy"

/* Does what is said of the whole mirror hold? */
static bool mirror_holds(struct test_shell *sh)
{
    return str_contains(shell_run(sh, CHECK_MIRROR " --json").out,
                        S("\"verdict\": \"holds\""));
}

TEST(a_mirror_proves_of_a_number_and_of_an_enterprise_what_it_has)
{
    static const struct row rows[] = {
        { CHECK_MIRROR, DOES, "\"verdict\": \"holds\"" },
        { CHECK_MIRROR, DOES, "\"id\": \"verify.mirror_whole\"" },
        { "verify @/mirror", FINDS, "\"verdict\": \"nothing\"" },
        { "verify NONE-1 --from @/mirror --policy @/policy", FINDS,
          "\"id\": \"verify.mirror_none\"" },
        { "verify 91350100M000100Y43 --from @/mirror --policy @/policy", DOES,
          "\"id\": \"verify.holder_none\"" },
        { "register root --data @/demo", DOES, "\"entered\": false" },
        { "register prove 91350100M000100Y43 --data @/demo", DOES,
          "\"holder\":null" },
        { "register prove 91350100M000100Y43 --data @/demo --out @/p.json",
          DOES, "\"file\":" },
        { "verify @/p.json --policy @/policy", DOES,
          "\"id\": \"verify.holder_none\"" },
        { "verify @/p.json", FINDS, "\"id\": \"verify.holder_claims\"" },
        { "register prove 91350100M000100Y44 --data @/demo", REFUSES,
          "holder.uscc" },
        { "register prove", MISUSED, "cli.needs_operand" },
        { "register mirror --data @/demo", MISUSED, "cli.needs_operand" },
    };
    TEST_SHELL(sh);

    lay_mirror(&sh);
    SHELL_EXPECT_ALL(&sh, rows);
}

/* Bytes of a file here and there: its first, its last, and some between. */
enum { TRIED = 9 };

static void alter_each(struct test_shell *sh, const char *name)
{
    str bytes = S("");

    EXPECT_ROW_OK(name, file_read(&sh->files, &sh->arena, shell_path(sh, name),
                                  1 << 20, &bytes));
    for (size_t i = 0; i < TRIED && bytes.n > 0; i++) {
        char *altered = arena_zero(&sh->arena, bytes.n);
        size_t at = i * (bytes.n - 1) / (TRIED - 1);

        if (altered == NULL)
            return;
        memcpy(altered, bytes.p, bytes.n);
        altered[at] = (char)(altered[at] ^ 1);
        shell_write(sh, name, (str){ altered, bytes.n });
        EXPECT_ROW(name, !mirror_holds(sh));
    }
    shell_write(sh, name, bytes);
}

/* The names below a folder of the mirror, each with the folder. */
static void alter_all(struct test_shell *sh, const char *folder)
{
    struct file_names names = { 0 };

    EXPECT_ROW_OK(folder, folder_list(&sh->files, &sh->arena,
                                      shell_path(sh, folder), 1000, &names));
    for (size_t i = 0; i < names.n; i++) {
        str path = S("");

        EXPECT_OK(file_in(&sh->arena, str_of(folder), names.at[i], &path));
        const char *name = path.p; /* NUL-ended */
        if (failed(folder_check(&sh->files, &sh->arena, shell_path(sh, name))))
            alter_each(sh, name);
        else
            alter_all(sh, name);
    }
}

TEST(no_byte_of_a_mirror_is_altered_unseen)
{
    TEST_SHELL(sh);

    lay_mirror(&sh);
    EXPECT(mirror_holds(&sh));
    alter_all(&sh, "mirror");
    EXPECT(mirror_holds(&sh));
}
