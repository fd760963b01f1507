#include "register/test_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARENA = 64 << 20, PATH = 80 };

static void open_book(struct test_book *t)
{
    t->book = NULL;
    EXPECT_OK(book_open(&t->arena, &t->heap, str_of(t->folder), TEST_BOOK_ROOM,
                        &t->book));
}

void test_book_begin(struct test_book *t)
{
    t->heap = HEAP_LIBC;
    arena_init(&t->arena, &t->heap, ARENA);
    test_place(t->folder, "book");
    EXPECT(mkdtemp(t->folder) != NULL);
    open_book(t);
}

str test_book_path(struct test_book *t)
{
    char *path = arena_zero(&t->arena, PATH);

    if (path == NULL)
        abort();
    (void)snprintf(path, PATH, "%s/answers.mdb", t->folder);
    return str_of(path);
}

void test_book_again(struct test_book *t)
{
    book_end(&t->book);
    open_book(t);
}

void test_book_end(struct test_book *t)
{
    char lock[PATH];
    str path = test_book_path(t);

    book_end(&t->book);
    (void)snprintf(lock, sizeof lock, "%s-lock", path.p);
    EXPECT(unlink(path.p) == 0);
    (void)unlink(lock);
    EXPECT(rmdir(t->folder) == 0);
    arena_end(&t->arena);
}

void test_book_put(struct test_book *t, enum book_table table, str key,
                   str value)
{
    struct book_writer *w = NULL;

    if (!EXPECT_OK(book_write(t->book, &t->arena, &w)))
        return;
    EXPECT_OK(book_put(w, &t->arena, table, key, value));
    EXPECT_OK(book_commit(&w, &t->arena));
}

str test_book_get(struct test_book *t, enum book_table table, str key)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    bool found = false;
    str value;

    if (!EXPECT_OK(book_read(t->book, &t->arena, &r)) ||
        !EXPECT_OK(book_get(r, &t->arena, table, key, &value, &found)))
        return S("failed");
    if (!found)
        return S("none");
    char *kept = arena_zero(&t->arena, value.n + 1);
    if (kept == NULL)
        return S("no memory");
    memcpy(kept, value.p, value.n);
    return (str){ kept, value.n };
}
