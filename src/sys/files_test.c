#include "sys/files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test; emptied and removed at the end. */
struct place {
    struct file_ops f;
    struct arena *a;
    char name[TEST_PATH];
};

static void place_init(struct place *p, struct arena *a)
{
    *p = (struct place){ .f = FILE_SYSTEM, .a = a };
    test_place(p->name, "file");
    EXPECT(mkdtemp(p->name) != NULL);
}

static str in(const struct place *p, str name)
{
    struct buf b;
    str path = S("");

    buf_init(&b, p->a, 8000);
    buf_str(&b, str_of(p->name));
    buf_char(&b, '/');
    buf_str(&b, name);
    EXPECT_OK(buf_done(&b, &path));
    return path;
}

static void place_end(struct place *p)
{
    struct file_names names = { 0 };

    EXPECT_OK(folder_list(&p->f, p->a, str_of(p->name), 1000, &names));
    for (size_t i = 0; i < names.n; i++)
        EXPECT_OK(file_remove(&p->f, p->a, in(p, names.at[i])));
    EXPECT(rmdir(p->name) == 0);
}

/* The names of every file, dotted ones too, must be gone: no "*.new" left. */
static bool nothing_half_written(const struct place *p)
{
    bool clean = true;
    DIR *d = opendir(p->name);

    for (const struct dirent *e; (e = readdir(d)) != NULL;)
        clean = clean && !str_ends(str_of(e->d_name), S(".new"));
    closedir(d);
    return clean;
}

TEST(what_was_written_is_read_back_with_its_mode)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    struct stat st;
    str got = S("");

    place_init(&p, &a);
    EXPECT_OK(
        file_write(&p.f, &a, in(&p, S("key")), S("se\0cret"), FILE_SECRET));
    EXPECT_OK(file_read(&p.f, &a, in(&p, S("key")), 100, &got));
    EXPECT_STR(got, S("se\0cret"));
    EXPECT(got.p[got.n] == '\0');
    EXPECT(stat(in(&p, S("key")).p, &st) == 0 && (st.st_mode & 0777) == 0600);

    EXPECT_OK(file_write(&p.f, &a, in(&p, S("key")), S(""), FILE_SECRET));
    EXPECT_OK(file_read(&p.f, &a, in(&p, S("key")), 0, &got));
    EXPECT(got.n == 0);
    EXPECT(nothing_half_written(&p));
    place_end(&p);
}

TEST(a_file_is_read_up_to_its_limit_and_not_beyond)
{
    static const size_t sizes[] = { 1, 16383, 16384, 16385, 32768, 50000 };
    TEST_ARENA(a, 1 << 22);
    struct place p;
    char *bytes = arena_zero(&a, 50000);

    place_init(&p, &a);
    memset(bytes, 'x', 50000);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        str path = in(&p, S("f"));
        str text = { bytes, sizes[i] };
        str got = S("untouched");
        EXPECT_OK(file_write(&p.f, &a, path, text, FILE_PUBLIC));
        EXPECT_ERR(file_read(&p.f, &a, path, sizes[i] - 1, &got), ERR_LIMIT,
                   "file.limit");
        EXPECT_STR(got, S("untouched"));
        EXPECT_OK(file_read(&p.f, &a, path, sizes[i], &got));
        EXPECT(str_eq(got, text));
        EXPECT_OK(file_read(&p.f, &a, path, sizes[i] + 1, &got));
        EXPECT(str_eq(got, text));
    }
    place_end(&p);
}

/* [BL3] In room for what it is known to have, and a little besides. */
TEST(a_file_of_a_known_size_takes_no_more_room_than_that)
{
    enum { SIZE = 5000000, ROOMY = 4 * SIZE, BESIDE = 16384 };
    TEST_ARENA(a, ROOMY);
    TEST_ARENA(little, SIZE + BESIDE);
    struct place p;
    char *bytes = arena_zero(&a, SIZE);
    str got;

    place_init(&p, &a);
    str path = in(&p, S("f"));
    EXPECT_OK(file_write(&p.f, &a, path, (str){ bytes, SIZE }, FILE_SECRET));
    EXPECT_OK(file_read_sized(&p.f, &little, path, SIZE, &got));
    EXPECT(got.n == SIZE);
    EXPECT_ERR(file_read_sized(&p.f, &a, path, SIZE - 1, &got), ERR_LIMIT,
               "file.limit");
    place_end(&p);
}

TEST(errors_say_what_stands_in_the_way)
{
    static const struct {
        int number;
        enum err_code code;
        const char *id;
    } rows[] = {
        { ENOENT, ERR_NOT_FOUND, "file.missing" },
        { EACCES, ERR_IO, "file.denied" },
        { EPERM, ERR_IO, "file.denied" },
        { EROFS, ERR_IO, "file.denied" },
        { ENOSPC, ERR_IO, "file.full" },
        { EDQUOT, ERR_IO, "file.full" },
        { EISDIR, ERR_IO, "file.folder" },
        { ENOTDIR, ERR_IO, "file.no_folder" },
        { EMFILE, ERR_IO, "file.handles" },
        { ENFILE, ERR_IO, "file.handles" },
        { EIO, ERR_IO, "file.device" },
        { ELOOP, ERR_IO, "file.system" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = file_err(&a, S("some/path"), rows[i].number);
        EXPECT_ROW_ERR(rows[i].id, e, rows[i].code, rows[i].id);
        EXPECT_STR(err_arg_text(e, "path"), S("some/path"));
    }
}

TEST(real_refusals_of_the_system)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    struct file_names names = { 0 };
    str got = S("");

    place_init(&p, &a);
    str file = in(&p, S("file"));
    EXPECT_OK(file_write(&p.f, &a, file, S("x"), FILE_PUBLIC));
    EXPECT_ERR(file_read(&p.f, &a, in(&p, S("no")), 9, &got), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(file_read(&p.f, &a, str_of(p.name), 9, &got), ERR_IO,
               "file.folder");
    EXPECT_ERR(file_read(&p.f, &a, in(&p, S("file/x")), 9, &got), ERR_IO,
               "file.no_folder");
    EXPECT_ERR(file_write(&p.f, &a, in(&p, S("no/x")), S(""), FILE_PUBLIC),
               ERR_NOT_FOUND, "file.parent");
    EXPECT_ERR(file_write(&p.f, &a, in(&p, S("")), S(""), FILE_PUBLIC),
               ERR_INVALID, "file.name");
    EXPECT_ERR(file_remove(&p.f, &a, in(&p, S("no"))), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(folder_list(&p.f, &a, in(&p, S("no")), 9, &names), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(folder_make(&p.f, &a, file, FOLDER_PRIVATE), ERR_IO,
               "file.no_folder");
    place_end(&p);
}

TEST(what_cannot_be_a_path_is_refused)
{
    TEST_ARENA(a, 1 << 16);
    char *long_name = arena_zero(&a, 5000);
    const char *z = "untouched";

    memset(long_name, 'x', 5000);
    EXPECT_ERR(file_path(&a, S(""), &z), ERR_INVALID, "file.name");
    EXPECT_ERR(file_path(&a, S("a\0b"), &z), ERR_INVALID, "file.name");
    EXPECT_ERR(file_path(&a, (str){ long_name, 4096 }, &z), ERR_INVALID,
               "file.name");
    EXPECT(strcmp(z, "untouched") == 0);
    EXPECT_OK(file_path(&a, (str){ long_name, 4095 }, &z));
}

TEST(folders_are_made_with_those_above_them)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    struct stat st;

    place_init(&p, &a);
    str deep = in(&p, S("a//b/c/"));
    EXPECT_OK(folder_make(&p.f, &a, deep, FOLDER_PRIVATE));
    EXPECT_OK(folder_make(&p.f, &a, deep, FOLDER_PRIVATE));
    EXPECT(stat(deep.p, &st) == 0 && (st.st_mode & 0777) == 0700);
    EXPECT(rmdir(in(&p, S("a/b/c")).p) == 0);
    EXPECT(rmdir(in(&p, S("a/b")).p) == 0);
    EXPECT(rmdir(in(&p, S("a")).p) == 0);
    place_end(&p);
}

TEST(a_folder_is_told_from_a_file_and_from_nothing)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    str file;

    place_init(&p, &a);
    file = in(&p, S("file"));
    EXPECT_OK(file_write(&p.f, &a, file, S("x"), FILE_PUBLIC));
    EXPECT_OK(folder_check(&p.f, &a, str_of(p.name)));
    EXPECT_OK(folder_check(&p.f, &a, in(&p, S("/"))));
    EXPECT_ERR(folder_check(&p.f, &a, file), ERR_IO, "file.no_folder");
    EXPECT_ERR(folder_check(&p.f, &a, in(&p, S("none"))), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(folder_check(&p.f, &a, S("")), ERR_INVALID, "file.name");
    EXPECT_OK(file_remove(&p.f, &a, file));
    place_end(&p);
}

TEST(a_path_without_a_folder_is_in_the_working_folder)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    char was[4096];

    place_init(&p, &a);
    EXPECT(getcwd(was, sizeof was) != NULL && chdir(p.name) == 0);
    EXPECT_OK(file_write(&p.f, &a, S("plain"), S("1"), FILE_PUBLIC));
    EXPECT_OK(file_remove(&p.f, &a, S("plain")));
    EXPECT(chdir(was) == 0);
    place_end(&p);
}

TEST(a_listing_is_sorted_leaves_dots_out_and_has_a_limit)
{
    TEST_ARENA(a, 1 << 22);
    struct place p;
    struct file_names names = { 0 };
    char name[8];

    place_init(&p, &a);
    for (int i = 99; i >= 0; i--) {
        (void)snprintf(name, sizeof name, "n%02d", i);
        EXPECT_OK(
            file_write(&p.f, &a, in(&p, str_of(name)), S(""), FILE_PUBLIC));
    }
    EXPECT_OK(file_write(&p.f, &a, in(&p, S(".hidden")), S(""), FILE_PUBLIC));
    EXPECT_ERR(folder_list(&p.f, &a, str_of(p.name), 99, &names), ERR_LIMIT,
               "file.many");
    EXPECT(names.n == 0);
    EXPECT_OK(folder_list(&p.f, &a, str_of(p.name), 100, &names));
    EXPECT(names.n == 100);
    EXPECT_STR(names.at[0], S("n00"));
    for (size_t i = 1; i < names.n; i++)
        EXPECT(str_cmp(names.at[i - 1], names.at[i]) < 0);
    EXPECT_OK(file_remove(&p.f, &a, in(&p, S(".hidden"))));
    place_end(&p);
}

TEST(what_a_crash_left_behind_is_written_over)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    struct buf b;
    str left = S("");
    str got = S("");

    place_init(&p, &a);
    buf_init(&b, &a, 100);
    buf_printf(&b, ".f.%d.new", (int)gettid());
    EXPECT_OK(buf_done(&b, &left));
    EXPECT_OK(file_write(&p.f, &a, in(&p, left), S("half"), FILE_PUBLIC));
    EXPECT_OK(file_write(&p.f, &a, in(&p, S("f")), S("whole"), FILE_SECRET));
    EXPECT_OK(file_read(&p.f, &a, in(&p, S("f")), 9, &got));
    EXPECT_STR(got, S("whole"));
    EXPECT(nothing_half_written(&p));
    place_end(&p);
}

/* One thing done through `f`; what it must leave behind is checked after. */
struct io_case {
    const char *name;
    err (*run)(struct file_ops *f, struct arena *a, const struct place *p);
};

static err run_write(struct file_ops *f, struct arena *a, const struct place *p)
{
    return file_write(f, a, in(p, S("f")), S("new bytes"), FILE_PUBLIC);
}

static err run_read(struct file_ops *f, struct arena *a, const struct place *p)
{
    str got = S("");

    return file_read(f, a, in(p, S("f")), 100, &got);
}

static err run_list(struct file_ops *f, struct arena *a, const struct place *p)
{
    struct file_names names = { 0 };

    return folder_list(f, a, str_of(p->name), 100, &names);
}

static err run_make(struct file_ops *f, struct arena *a, const struct place *p)
{
    return folder_make(f, a, in(p, S("x/y")), FOLDER_PRIVATE);
}

static err run_remove(struct file_ops *f, struct arena *a,
                      const struct place *p)
{
    return file_remove(f, a, in(p, S("f")));
}

/* Fail call n of one run; false when there was nothing left to fail. */
static bool fail_call(const struct io_case *c, struct place *p, long n,
                      bool for_good)
{
    TEST_ARENA(a, 1 << 20);
    struct file_fault f;
    str got = S("");

    EXPECT_OK(file_write(&p->f, &a, in(p, S("f")), S("old"), FILE_PUBLIC));
    file_fault_init(&f, n, for_good, EIO);
    f.short_calls = true;
    err e = c->run(&f.ops, &a, p);
    if (f.injected > 0)
        EXPECT_ROW_ERR(c->name, e, ERR_IO, "file.device");
    else
        EXPECT_ROW_OK(c->name, e);
    EXPECT_ROW(c->name, f.open == 0);

    /* [FI2] Old or new, never a mixture; gone only when it was removed. */
    err look = file_read(&p->f, &a, in(p, S("f")), 100, &got);
    bool gone = failed(look) && look.info->code == ERR_NOT_FOUND;
    EXPECT_ROW(c->name,
               gone ? c->run == run_remove
                    : str_eq(got, S("old")) || str_eq(got, S("new bytes")));
    EXPECT_ROW(c->name, nothing_half_written(p) || for_good);
    (void)rmdir(in(p, S("x/y")).p);
    (void)rmdir(in(p, S("x")).p);
    return f.injected > 0;
}

static void fail_every_call(const struct io_case *c, struct place *p,
                            bool for_good)
{
    long n = 1;

    while (n < 1000 && fail_call(c, p, n, for_good))
        n++;
    EXPECT_ROW(c->name, n > 2 && n < 1000);
}

TEST(every_call_can_fail_and_leaves_old_or_new)
{
    static const struct io_case cases[] = {
        { "write", run_write }, { "read", run_read },     { "list", run_list },
        { "make", run_make },   { "remove", run_remove },
    };
    TEST_ARENA(a, 1 << 22);
    struct place p;

    place_init(&p, &a);
    for (size_t i = 0; i < COUNT(cases); i++) {
        fail_every_call(&cases[i], &p, false);
        fail_every_call(&cases[i], &p, true);
    }
    /* Sweep up what a run that failed for good could not. */
    EXPECT_OK(file_write(&p.f, &a, in(&p, S("f")), S(""), FILE_PUBLIC));
    place_end(&p);
}

TEST(a_call_that_was_interrupted_is_made_again)
{
    TEST_ARENA(a, 1 << 20);
    struct place p;
    struct file_fault f;
    str got = S("");

    place_init(&p, &a);
    EXPECT_OK(file_write(&p.f, &a, in(&p, S("f")), S("old"), FILE_PUBLIC));
    file_fault_init(&f, 2, false, EINTR); /* open, then the first read */
    EXPECT_OK(file_read(&f.ops, &a, in(&p, S("f")), 9, &got));
    EXPECT_STR(got, S("old"));
    EXPECT(f.injected == 1);
    file_fault_init(&f, 2, false, EINTR); /* open, then the first write */
    EXPECT_OK(file_write(&f.ops, &a, in(&p, S("f")), S("new"), FILE_PUBLIC));
    EXPECT(f.injected == 1);
    EXPECT_OK(file_read(&p.f, &a, in(&p, S("f")), 9, &got));
    EXPECT_STR(got, S("new"));
    place_end(&p);
}

TEST(a_file_in_a_folder_has_a_path_that_is_no_longer_than_paths_are)
{
    TEST_ARENA(a, 1 << 16);
    char long_name[4096];
    str path = S("");

    memset(long_name, 'x', sizeof long_name);
    EXPECT_OK(file_in(&a, S("/a/b"), S("c/d"), &path));
    EXPECT_STR(path, S("/a/b/c/d"));
    EXPECT_OK(file_in(&a, S(""), S("c"), &path));
    EXPECT_STR(path, S("/c"));
    EXPECT_OK(file_in(&a, S("ab"), (str){ long_name, 4093 }, &path));
    EXPECT(path.n == 4096);
    EXPECT_ERR(file_in(&a, S("ab"), (str){ long_name, 4094 }, &path), ERR_LIMIT,
               "buf.limit");
}

static err everything(struct heap *h, void *context)
{
    const struct place *p = context;
    scoped(arena_end) struct arena a;
    struct file_ops f = FILE_SYSTEM;
    str got = S("");
    struct file_names names = { 0 };

    arena_init(&a, h, 1 << 20);
    TRY(folder_make(&f, &a, in(p, S("x/y")), FOLDER_PRIVATE));
    TRY(file_write(&f, &a, in(p, S("f")), S("1"), FILE_PUBLIC));
    TRY(file_read(&f, &a, in(p, S("f")), 9, &got));
    TRY(folder_list(&f, &a, str_of(p->name), 9, &names));
    return file_remove(&f, &a, in(p, S("f")));
}

TEST(every_allocation_failure_is_reported)
{
    TEST_ARENA(a, 1 << 24);
    struct place p;

    place_init(&p, &a);
    EXPECT(test_every_allocation_fails(everything, NULL, &p) > 0);
    EXPECT(rmdir(in(&p, S("x/y")).p) == 0);
    EXPECT(rmdir(in(&p, S("x")).p) == 0);
    if (access(in(&p, S("f")).p, F_OK) == 0)
        EXPECT_OK(file_remove(&p.f, &a, in(&p, S("f"))));
    place_end(&p);
}

TEST(the_folder_of_a_file_is_what_open_takes_for_it)
{
    EXPECT_STR(file_folder(S("a/b/c")), S("a/b"));
    EXPECT_STR(file_folder(S("a//b")), S("a"));
    EXPECT_STR(file_folder(S("/a")), S("/"));
    EXPECT_STR(file_folder(S("a")), S("."));
}
