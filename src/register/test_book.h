#ifndef REGISTER_TEST_BOOK_H
#define REGISTER_TEST_BOOK_H

/* test_book -- a book in a folder of its own, for tests. */

#include "base/arena.h"
#include "base/heap.h"
#include "base/test.h"
#include "register/book.h"

enum { TEST_BOOK_ROOM = 64 << 20 };

struct test_book {
    char folder[TEST_PATH];
    struct heap heap;
    struct arena arena;
    struct book *book; /* NULL: it could not be opened, and the test failed */
};

void test_book_begin(struct test_book *t);
void test_book_end(struct test_book *t);

/* The path of its file. */
str test_book_path(struct test_book *t);

/* Close it and open it again. */
void test_book_again(struct test_book *t);

/* One pair, committed. */
void test_book_put(struct test_book *t, enum book_table table, str key,
                   str value);

/* What stands there for a new reader; "none". */
str test_book_get(struct test_book *t, enum book_table table, str key);

#endif
