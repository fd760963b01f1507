#include "sys/lock.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "sys/files.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static str fresh_folder(char *name)
{
    test_place(name, "lock");
    EXPECT(mkdtemp(name) != NULL);
    return str_of(name);
}

static void remove_folder(struct arena *a, str folder)
{
    struct file_ops f = FILE_SYSTEM;
    struct buf b;
    str path = S("");

    buf_init(&b, a, 100);
    buf_str(&b, folder);
    buf_str(&b, S("/lock"));
    EXPECT_OK(buf_done(&b, &path));
    EXPECT_OK(file_remove(&f, a, path));
    EXPECT(rmdir(folder.p) == 0);
}

static int64_t number_of(err e, const char *name)
{
    const struct err_arg *g = e.info->args;

    while (g->name != NULL && strcmp(g->name, name) != 0)
        g++;
    return g->number;
}

TEST(a_second_taker_is_told_who_holds_the_lock)
{
    TEST_ARENA(a, 1 << 16);
    struct file_ops f = FILE_SYSTEM;
    struct lock first = LOCK_NONE;
    struct lock second = LOCK_NONE;
    char name[TEST_PATH];
    str folder = fresh_folder(name);

    EXPECT_OK(lock_take(&f, &a, folder, &first));
    err e = lock_take(&f, &a, folder, &second);
    EXPECT_ERR(e, ERR_BUSY, "lock.held");
    EXPECT_STR(err_arg_text(e, "folder"), folder);
    EXPECT(number_of(e, "process") == getpid());
    EXPECT(second.fd == -1);

    lock_drop(&first);
    EXPECT(first.fd == -1);
    EXPECT_OK(lock_take(&f, &a, folder, &second));
    lock_drop(&second);
    lock_drop(&second);
    remove_folder(&a, folder);
}

TEST(a_holder_that_has_not_said_who_it_is_is_process_zero)
{
    TEST_ARENA(a, 1 << 16);
    struct file_ops f = FILE_SYSTEM;
    struct lock first = LOCK_NONE;
    struct lock second = LOCK_NONE;
    char name[TEST_PATH];
    str folder = fresh_folder(name);

    EXPECT_OK(lock_take(&f, &a, folder, &first));
    EXPECT(ftruncate(first.fd, 0) == 0);
    err e = lock_take(&f, &a, folder, &second);
    EXPECT_ERR(e, ERR_BUSY, "lock.held");
    EXPECT(number_of(e, "process") == 0);
    lock_drop(&first);
    remove_folder(&a, folder);
}

TEST(a_folder_that_is_not_there_cannot_be_locked)
{
    TEST_ARENA(a, 1 << 16);
    struct file_ops f = FILE_SYSTEM;
    struct lock l = LOCK_NONE;

    EXPECT_ERR(lock_take(&f, &a, S("/nonexistent"), &l), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(lock_take(&f, &a, S("a\0b"), &l), ERR_INVALID, "file.name");
    EXPECT(l.fd == -1);
}

TEST(every_call_of_taking_a_lock_can_fail)
{
    char name[TEST_PATH];
    str folder = fresh_folder(name);
    TEST_ARENA(outer, 1 << 16);
    long points = 0;

    for (long n = 1;; n++) {
        TEST_ARENA(a, 1 << 16);
        struct file_fault f;
        struct lock l = LOCK_NONE;

        file_fault_init(&f, n, true, EIO);
        f.short_calls = true;
        err e = lock_take(&f.ops, &a, folder, &l);
        EXPECT(failed(e) == (f.injected > 0));
        EXPECT(f.open == (l.fd >= 0) && failed(e) == (l.fd < 0));
        lock_drop(&l);
        EXPECT(f.open == 0 || f.injected > 0);
        points = n;
        if (!failed(e))
            break;
        EXPECT_ERR(e, ERR_IO, "file.device");
    }
    EXPECT(points > 4);
    remove_folder(&outer, folder);
}

static err take_once(struct heap *h, void *context)
{
    /* A lock is dropped with the files it was taken with: they go after it. */
    struct file_ops f = FILE_SYSTEM;
    scoped(arena_end) struct arena a;
    scoped(lock_drop) struct lock l = LOCK_NONE;

    arena_init(&a, h, 1 << 16);
    return lock_take(&f, &a, *(str *)context, &l);
}

TEST(taking_a_lock_survives_every_allocation_failure)
{
    char name[TEST_PATH];
    str folder = fresh_folder(name);
    TEST_ARENA(a, 1 << 16);

    EXPECT(test_every_allocation_fails(take_once, NULL, &folder) > 0);
    remove_folder(&a, folder);
}
