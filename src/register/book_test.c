#include "register/book.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "register/test_book.h"

#include <fcntl.h>
#include <unistd.h>

TEST(what_was_committed_is_there_for_whoever_opens_the_book)
{
    struct test_book t;

    test_book_begin(&t);
    test_book_put(&t, BOOK_ANSWERS, S("one"), S("first"));
    test_book_put(&t, BOOK_HOLDERS, S("one"), S("other"));
    test_book_put(&t, BOOK_ANSWERS, S("two"), S(""));
    test_book_put(&t, BOOK_ANSWERS, S("one"), S("second"));
    for (int round = 0; round < 2; round++) {
        EXPECT_STR(test_book_get(&t, BOOK_ANSWERS, S("one")), S("second"));
        EXPECT_STR(test_book_get(&t, BOOK_HOLDERS, S("one")), S("other"));
        EXPECT_STR(test_book_get(&t, BOOK_ANSWERS, S("two")), S(""));
        EXPECT_STR(test_book_get(&t, BOOK_META, S("one")), S("none"));
        test_book_again(&t);
    }
    test_book_end(&t);
}

/* [BK1] [BK2] */
TEST(readers_see_the_book_as_it_was_when_they_began)
{
    struct book_reader *r = NULL;
    struct book_writer *w = NULL;
    struct test_book t;
    bool found = true;
    str value;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("old"));
    EXPECT_OK(book_read(t.book, &t.arena, &r));
    EXPECT_OK(book_write(t.book, &t.arena, &w));
    EXPECT_OK(book_put(w, &t.arena, BOOK_META, S("k"), S("new")));
    EXPECT_OK(
        book_get(book_writing(w), &t.arena, BOOK_META, S("k"), &value, &found));
    EXPECT_STR(value, S("new"));
    EXPECT_OK(book_commit(&w, &t.arena));
    EXPECT(w == NULL);

    EXPECT_OK(book_get(r, &t.arena, BOOK_META, S("k"), &value, &found));
    EXPECT_STR(value, S("old"));
    EXPECT_OK(book_read_on(r, &t.arena));
    EXPECT_OK(book_get(r, &t.arena, BOOK_META, S("k"), &value, &found));
    EXPECT_STR(value, S("new"));
    book_read_end(&r);
    EXPECT(r == NULL);
    test_book_end(&t);
}

TEST(what_was_given_up_is_nowhere)
{
    struct book_writer *w = NULL;
    struct test_book t;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("old"));
    EXPECT_OK(book_write(t.book, &t.arena, &w));
    EXPECT_OK(book_put(w, &t.arena, BOOK_META, S("k"), S("new")));
    EXPECT_OK(book_drop(w, &t.arena, BOOK_META, S("k")));
    EXPECT_OK(book_drop(w, &t.arena, BOOK_META, S("not there")));
    book_abort(&w);
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("old"));
    test_book_end(&t);
}

TEST(a_table_that_is_cleared_is_empty_and_no_other)
{
    struct book_writer *w = NULL;
    struct test_book t;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("kept"));
    test_book_put(&t, BOOK_ANSWERS, S("k"), S("gone"));
    EXPECT_OK(book_write(t.book, &t.arena, &w));
    EXPECT_OK(book_clear(w, &t.arena, BOOK_ANSWERS));
    EXPECT_OK(book_commit(&w, &t.arena));
    EXPECT_STR(test_book_get(&t, BOOK_ANSWERS, S("k")), S("none"));
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("kept"));
    test_book_put(&t, BOOK_ANSWERS, S("k"), S("new"));
    EXPECT_STR(test_book_get(&t, BOOK_ANSWERS, S("k")), S("new"));
    test_book_end(&t);
}

TEST(a_reader_that_rested_reads_on)
{
    struct book_reader *r = NULL;
    struct test_book t;
    bool found = false;
    str value;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("old"));
    EXPECT_OK(book_read(t.book, &t.arena, &r));
    for (int round = 0; round < 2; round++) {
        book_read_rest(r);
        test_book_put(&t, BOOK_META, S("k"), S("new"));
        EXPECT_OK(book_read_on(r, &t.arena));
        EXPECT_OK(book_get(r, &t.arena, BOOK_META, S("k"), &value, &found));
        EXPECT(found);
        EXPECT_STR(value, S("new"));
    }
    book_read_rest(r);
    book_read_end(&r);
    test_book_end(&t);
}

/* [BK2] */
TEST(a_book_that_was_thrown_away_begins_anew)
{
    struct test_book t;

    test_book_begin(&t);
    EXPECT_OK(book_throw_away(&t.arena, S("/nowhere/at/all")));
    test_book_put(&t, BOOK_META, S("k"), S("old"));
    EXPECT_OK(book_throw_away(&t.arena, str_of(t.folder)));
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("old"));
    test_book_again(&t);
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("none"));
    test_book_end(&t);
}

/* --- in order ----------------------------------------------------------------
 */

struct seen {
    struct buf keys;
    size_t left;
};

static bool see(void *context, str key, str value)
{
    struct seen *s = context;

    buf_str(&s->keys, key);
    buf_str(&s->keys, value);
    buf_char(&s->keys, ' ');
    return --s->left > 0;
}

TEST(a_walk_goes_by_the_order_of_the_keys)
{
    static const struct {
        str from;
        size_t most;
        str seen;
    } rows[] = {
        { S_INIT("a"), 9, S_INIT("b1 ba2 c3 ") },
        { S_INIT("b"), 2, S_INIT("b1 ba2 ") },
        { S_INIT("bb"), 9, S_INIT("c3 ") },
        { S_INIT("d"), 9, S_INIT("") },
    };
    struct book_reader *r = NULL;
    struct test_book t;
    uint64_t n = 0;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("c"), S("3"));
    test_book_put(&t, BOOK_META, S("ba"), S("2"));
    test_book_put(&t, BOOK_META, S("b"), S("1"));
    EXPECT_OK(book_read(t.book, &t.arena, &r));
    EXPECT_OK(book_count(r, &t.arena, BOOK_META, &n));
    EXPECT(n == 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seen s = { .left = rows[i].most };
        str keys;

        buf_init(&s.keys, &t.arena, 1 << 10);
        EXPECT_OK(book_walk(r, &t.arena, BOOK_META, rows[i].from, see, &s));
        EXPECT_OK(buf_done(&s.keys, &keys));
        EXPECT_ROW_STR(rows[i].from.p, keys, rows[i].seen);
    }
    book_read_end(&r);
    test_book_end(&t);
}

/* --- what goes wrong
 * ------------------------------------------------------------ */

/* [BK2] */
TEST(a_file_that_is_no_book_is_told)
{
    struct test_book t;
    int fd;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("v"));
    book_end(&t.book);
    fd = open(test_book_path(&t).p, O_WRONLY | O_CLOEXEC);
    for (off_t at = 0; at < 8192; at += 4096)
        EXPECT(pwrite(fd, "this is not a book of ours......", 32, at) == 32);
    EXPECT(close(fd) == 0);
    EXPECT_ERR(book_open(&t.arena, &t.heap, str_of(t.folder), TEST_BOOK_ROOM,
                         &t.book),
               ERR_CORRUPT, "register.damaged");
    test_book_end(&t);
}

TEST(a_folder_that_is_not_there_has_no_book)
{
    TEST_ARENA(a, 1 << 20);
    struct heap h = HEAP_LIBC;
    struct book *b = NULL;

    EXPECT_ERR(book_open(&a, &h, S("/nowhere/at/all"), TEST_BOOK_ROOM, &b),
               ERR_IO, "register.io");
    EXPECT(b == NULL);
}

TEST(a_book_without_room_says_so_and_stays_as_it_was)
{
    enum { VALUE = 1 << 20, VALUES = 80 };
    struct book_writer *w = NULL;
    struct test_book t;
    err e = OK;

    test_book_begin(&t);
    test_book_put(&t, BOOK_META, S("k"), S("before"));
    const char *large = arena_zero(&t.arena, VALUE);
    EXPECT(large != NULL);
    EXPECT_OK(book_write(t.book, &t.arena, &w));
    for (char i = 1; i <= VALUES && !failed(e); i++)
        e = book_put(w, &t.arena, BOOK_ANSWERS, (str){ &i, 1 },
                     (str){ large, VALUE });
    EXPECT_ERR(e, ERR_LIMIT, "register.full");
    book_abort(&w);
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("before"));
    test_book_put(&t, BOOK_META, S("k"), S("after"));
    EXPECT_STR(test_book_get(&t, BOOK_META, S("k")), S("after"));
    test_book_end(&t);
}

TEST(of_too_many_readers_the_last_is_told)
{
    static struct book_reader *readers[BOOK_READERS + 1];
    struct test_book t;
    size_t n = 0;
    err e = OK;

    test_book_begin(&t);
    while (n < COUNT(readers) && !failed(e)) {
        e = book_read(t.book, &t.arena, &readers[n]);
        n += !failed(e);
    }
    EXPECT(n == BOOK_READERS);
    EXPECT_ERR(e, ERR_BUSY, "register.readers");
    while (n > 0)
        book_read_end(&readers[--n]);
    EXPECT_OK(book_read(t.book, &t.arena, &readers[0]));
    book_read_end(&readers[0]);
    test_book_end(&t);
}

/* --- without memory
 * ------------------------------------------------------------- */

static err use_once(struct heap *h, void *context)
{
    struct test_book *t = context;
    scoped(arena_end) struct arena a;
    scoped(book_end) struct book *b = NULL;
    scoped(book_read_end) struct book_reader *r = NULL;
    scoped(book_abort) struct book_writer *w = NULL;

    arena_init(&a, h, 1 << 20);
    TRY(book_open(&a, h, str_of(t->folder), TEST_BOOK_ROOM, &b));
    TRY(book_write(b, &a, &w));
    TRY(book_put(w, &a, BOOK_META, S("k"), S("v")));
    TRY(book_commit(&w, &a));
    return book_read(b, &a, &r);
}

TEST(a_book_survives_every_failed_allocation)
{
    struct test_book t;

    test_book_begin(&t);
    book_end(&t.book);
    EXPECT(test_every_allocation_fails(use_once, NULL, &t) > 3);
    test_book_end(&t);
}
