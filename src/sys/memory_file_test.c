/* Files in memory: written by path, read back, gone. */

#include "sys/memory_file.h"

#include "base/arena.h"
#include "base/test.h"
#include "sys/files.h"

#include <fcntl.h>
#include <unistd.h>

static void write_path(const char *path, str text)
{
    int fd = open(path, O_WRONLY | O_TRUNC);

    EXPECT(fd >= 0);
    EXPECT(write(fd, text.p, text.n) == (ssize_t)text.n);
    EXPECT(close(fd) == 0);
}

/* [MF1] */
TEST(what_is_written_to_its_path_is_read_back_and_then_gone)
{
    TEST_ARENA(a, 1 << 20);
    struct memory_file f = MEMORY_FILE_NONE;
    char path[sizeof f.path];
    str got;

    EXPECT_OK(memory_file_new(&a, &f));
    EXPECT_OK(memory_file_read(&f, &a, 0, &got));
    EXPECT(got.n == 0);
    write_path(f.path, S("first"));
    write_path(f.path, S("一二"));
    EXPECT_OK(memory_file_read(&f, &a, 100, &got));
    EXPECT_STR(got, S("一二"));
    EXPECT(got.p[got.n] == '\0');
    memcpy(path, f.path, sizeof path);
    memory_file_end(&f);
    EXPECT(f.fd == -1);
    EXPECT(access(path, F_OK) != 0);
    memory_file_end(&f); /* again: nothing */
}

TEST(a_memory_file_is_read_up_to_a_limit)
{
    TEST_ARENA(a, 1 << 20);
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;
    str got = S("untouched");

    EXPECT_OK(memory_file_new(&a, &f));
    write_path(f.path, S("12345"));
    EXPECT_ERR(memory_file_read(&f, &a, 4, &got), ERR_LIMIT, "file.limit");
    EXPECT_STR(got, S("untouched"));
    EXPECT_OK(memory_file_read(&f, &a, 5, &got));
    EXPECT_STR(got, S("12345"));
}

TEST(bytes_are_added_behind_those_there_are)
{
    TEST_ARENA(a, 1 << 20);
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;
    str got;

    EXPECT_OK(memory_file_new(&a, &f));
    EXPECT_OK(memory_file_add(&f, &a, S("one ")));
    EXPECT_OK(memory_file_add(&f, &a, S("")));
    EXPECT_OK(memory_file_add(&f, &a, S("two")));
    EXPECT_OK(memory_file_read(&f, &a, 100, &got));
    EXPECT_STR(got, S("one two"));
    struct memory_file none = MEMORY_FILE_NONE;
    EXPECT(failed(memory_file_add(&none, &a, S("x"))));
}
