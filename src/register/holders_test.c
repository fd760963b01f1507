#include "register/holders.h"

#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"
#include "register/test_book.h"

#include <stdlib.h>

enum { MOST = 600, SAID = 40 };

/* The same holders in a list, from which everything is worked out anew. */
struct world {
    struct test_book book;
    struct holder {
        struct hash key;
        char said[SAID];
        size_t n; /* 0: nothing is said of it */
    } holders[MOST];
    size_t n;
    struct test_random random;
};

static str said_of(const struct holder *x)
{
    return (str){ x->said, x->n };
}

/* Some keys agree in what is kept of them, and further. */
static void begin(struct world *w, size_t n)
{
    *w = (struct world){ .n = n, .random = { TEST_SEED } };
    test_book_begin(&w->book);
    for (size_t i = 0; i < n; i++) {
        test_random_bytes(&w->random, &w->holders[i].key,
                          sizeof w->holders[i].key);
        if (i % 3 == 0)
            memset(w->holders[i].key.b, 0x77, test_random_below(&w->random, 5));
    }
}

static void change(struct world *w, size_t i, size_t n)
{
    test_random_bytes(&w->random, w->holders[i].said, SAID);
    w->holders[i].n = n;
}

/* --- worked out anew
 * ----------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}

static void slow_root(const struct world *w, struct hash *out)
{
    static struct map_pair pairs[MOST];
    size_t n = 0;

    for (size_t i = 0; i < w->n; i++) {
        const struct holder *x = &w->holders[i];

        if (x->n == 0)
            continue;
        pairs[n].key = x->key;
        sha256(x->said, x->n, pairs[n++].value.b);
    }
    qsort(pairs, n, sizeof *pairs, by_key);
    map_root(pairs, n, 0, out);
}

/* --- in one change
 * --------------------------------------------------------------- */

static void write(struct world *w, const size_t *which, size_t n)
{
    static struct holders_change c;
    struct arena *a = &w->book.arena;
    struct book_writer *writer = NULL;

    if (!EXPECT_OK(book_write(w->book.book, a, &writer)))
        return;
    memset(&c, 0, sizeof c);
    c.writer = writer;
    for (size_t i = 0; i < n; i++)
        EXPECT_OK(holders_put(&c, a, &w->holders[which[i]].key,
                              said_of(&w->holders[which[i]])));
    EXPECT_OK(holders_settle(&c, &w->book.heap, a));
    EXPECT_OK(book_commit(&writer, a));
}

static void expect_proved(const struct book_reader *r, struct world *w,
                          const struct hash *root, const struct holder *x)
{
    static struct map_proof p;
    struct hash value;
    str said;

    EXPECT_OK(
        holders_prove(r, &w->book.heap, &w->book.arena, &x->key, &said, &p));
    EXPECT_STR(said, said_of(x));
    sha256(said.p, said.n, value.b);
    EXPECT(map_proof_holds(root, &x->key, said.n > 0 ? &value : NULL, &p));
    EXPECT(!map_proof_holds(root, &x->key, said.n > 0 ? NULL : &value, &p));
}

static void expect_true(struct world *w)
{
    struct book_reader *r = NULL;
    struct hash want;
    struct hash root;

    slow_root(w, &want);
    if (!EXPECT_OK(book_read(w->book.book, &w->book.arena, &r)))
        return;
    EXPECT_OK(holders_root(r, &w->book.arena, &root));
    EXPECT(hash_eq(&root, &want));
    for (size_t i = 0; i < w->n; i++)
        expect_proved(r, w, &root, &w->holders[i]);
    EXPECT_OK(holders_check(r, &w->book.heap, &w->book.arena));
    book_read_end(&r);
}

/* --- tests
 * ------------------------------------------------------------------------- */

TEST(an_empty_register_proves_that_nobody_has_a_certificate)
{
    static struct world w;

    begin(&w, 3);
    expect_true(&w);
    test_book_end(&w.book);
}

/* They come and go, some at a time, down to none. */
TEST(every_holder_is_proved_after_every_change)
{
    static const size_t sizes[] = { 1, 2, 5, 60 };
    static struct world w;

    for (size_t s = 0; s < COUNT(sizes); s++) {
        begin(&w, sizes[s]);
        for (int round = 0; round < 12 && !test_failing(); round++) {
            size_t which[8];

            for (size_t i = 0; i < COUNT(which); i++) {
                which[i] = (size_t)test_random_below(&w.random, w.n);
                change(&w, which[i],
                       (size_t)test_random_below(&w.random, SAID));
            }
            write(&w, which, COUNT(which));
            expect_true(&w);
        }
        for (size_t i = 0; i < w.n; i++) {
            w.holders[i].n = 0;
            write(&w, &i, 1);
        }
        expect_true(&w);
        test_book_end(&w.book);
    }
}

TEST(many_holders_at_once_have_the_root_of_all)
{
    static struct world w;
    static size_t all[MOST];

    begin(&w, MOST);
    for (size_t i = 0; i < MOST; i++) {
        all[i] = i;
        change(&w, i, 1 + i % (SAID - 1));
    }
    write(&w, all, MOST);
    expect_true(&w);
    test_book_end(&w.book);
}

/* What is kept of the map was changed by somebody else. */
TEST(a_map_that_is_not_of_its_holders_is_told)
{
    static const struct {
        const char *name;
        str node;
        str bytes;
    } rows[] = {
        { "a root of another",
          { "\0\0\0\1", 4 },
          S_INIT("\x02"
                 "01234567890123456789012345678901") },
        { "a part that nobody is in",
          { "\0\1\0\5", 4 },
          S_INIT("\x01"
                 "01234567890123456789012345678901") },
        { "no node", { "\0\0\0\1", 4 }, S_INIT("short") },
    };
    static const size_t both[] = { 0, 1 };
    static struct world w;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct book_reader *r = NULL;

        begin(&w, 2);
        change(&w, 0, 5);
        change(&w, 1, 6);
        write(&w, both, 2);
        test_book_put(&w.book, BOOK_MAP, rows[i].node, rows[i].bytes);
        EXPECT_OK(book_read(w.book.book, &w.book.arena, &r));
        EXPECT_ROW_ERR(rows[i].name,
                       holders_check(r, &w.book.heap, &w.book.arena),
                       ERR_CORRUPT, "register.map");
        book_read_end(&r);
        test_book_end(&w.book);
    }
}

TEST(a_key_is_the_hash_of_the_code)
{
    struct hash key;
    struct hash want;

    holders_key(S("91110000000000001X"), &key);
    sha256("91110000000000001X", 18, want.b);
    EXPECT(hash_eq(&key, &want));
}
