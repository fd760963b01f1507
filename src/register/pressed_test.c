#include "register/pressed.h"

#include "base/arena.h"
#include "base/heap.h"
#include "register/test_book.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT = 600, TEXTS = 200, LONG = 70000, ROOM = 8 << 20 };

/* What answers are like. */
static str answer(struct arena *a, struct test_random *r)
{
    static const char *const stands[] = { "valid", "suspended", "withdrawn" };
    char *text = arena_zero(a, TEXT);

    if (text == NULL)
        abort();
    int n = snprintf(
        text, TEXT,
        "{\"criterion\":\"GB/T 27922-2011\",\"holder\":\"%llx\",\"imported\":"
        "true,\"issued\":\"20%02u-01-02\",\"number\":\"%05uSC%05uR0M\","
        "\"status\":\"%s\",\"status_since\":\"2026-03-04\",\"uscc\":\"%llu\"}",
        (unsigned long long)test_random_next(r),
        (unsigned)test_random_below(r, 100),
        (unsigned)test_random_below(r, 100000),
        (unsigned)test_random_below(r, 100000), stands[test_random_below(r, 3)],
        (unsigned long long)test_random_next(r));
    return (str){ text, (size_t)n };
}

static str back(struct arena *a, str pressed, str like, size_t n)
{
    char *to = arena_zero(a, n + 1);

    if (to == NULL)
        abort();
    return pressed_read(pressed, like, to, n) ? (str){ to, n } : S("no text");
}

/* Press and learn within one commit; what it came to. */
static str learn(struct test_book *t, struct press *p, str text)
{
    struct book_writer *w = NULL;
    str pressed = S("");

    EXPECT_OK(press_text(p, &t->arena, text, &pressed));
    if (!EXPECT_OK(book_write(t->book, &t->arena, &w)))
        return pressed;
    EXPECT_OK(press_learn(p, w, &t->arena, text, pressed.n));
    EXPECT_OK(book_commit(&w, &t->arena));
    return pressed;
}

/* [PR1]  All are read by what was learnt in the end. */
TEST(texts_that_are_alike_become_small_and_come_back)
{
    struct test_random r = { TEST_SEED };
    struct test_book t;
    struct press *p = NULL;
    str texts[TEXTS];
    str pressed[TEXTS];
    size_t whole = 0;
    size_t small = 0;

    test_book_begin(&t);
    EXPECT_OK(press_new(&t.arena, S(""), &p));
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = answer(&t.arena, &r);
        pressed[i] = learn(&t, p, texts[i]);
        whole += texts[i].n;
        small += pressed[i].n;
    }
    EXPECT(small * 2 < whole);
    str like = test_book_get(&t, BOOK_META, S("like"));
    EXPECT(like.n > 0 && like.n <= PRESSED_LIKE_MAX);
    for (size_t i = 0; i < TEXTS; i++)
        EXPECT(str_eq(back(&t.arena, pressed[i], like, texts[i].n), texts[i]));
    test_book_end(&t);
}

/* [PR2]  Another press of what stands there makes the same of a text. */
TEST(what_was_learnt_stands_in_the_book)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct test_random random = { TEST_SEED };
    struct test_book t;
    struct press *p = NULL;
    struct press *other = NULL;
    str like = S("?");
    str a = S("");
    str b = S("");

    test_book_begin(&t);
    EXPECT_OK(book_read(t.book, &t.arena, &r));
    EXPECT_OK(pressed_like(r, &t.arena, &like));
    EXPECT(like.n == 0); /* nothing yet */
    EXPECT_OK(press_new(&t.arena, like, &p));
    (void)learn(&t, p, answer(&t.arena, &random));
    EXPECT_OK(book_read_on(r, &t.arena));
    EXPECT_OK(pressed_like(r, &t.arena, &like));
    EXPECT(like.n > 0);
    EXPECT_OK(press_new(&t.arena, like, &other));
    str text = answer(&t.arena, &random);
    EXPECT_OK(press_text(p, &t.arena, text, &a));
    EXPECT_OK(press_text(other, &t.arena, text, &b));
    EXPECT(str_eq(a, b) && a.n < text.n / 2);
    book_read_end(&r);
    test_book_end(&t);
}

/* Nothing is learnt of a text that is small as it is, nor of one that is too
 * long; a `like` that is too long counts by its end. */
TEST(what_is_learnt_has_bounds)
{
    struct test_random r = { TEST_SEED };
    struct test_book t;
    struct press *p = NULL;
    struct press *end = NULL;
    str like;
    str a = S("");
    str b = S("");

    test_book_begin(&t);
    EXPECT_OK(press_new(&t.arena, S(""), &p));
    char *noise = arena_zero(&t.arena, LONG);
    if (noise == NULL)
        abort();
    EXPECT_STR(back(&t.arena, learn(&t, p, (str){ noise, LONG }), S(""), 0),
               S("no text"));
    test_random_bytes(&r, noise, LONG);
    str pressed = learn(&t, p, (str){ noise, LONG });
    EXPECT(str_eq(back(&t.arena, pressed, S(""), LONG), (str){ noise, LONG }));
    EXPECT_STR(back(&t.arena, learn(&t, p, S("")), S(""), 0), S(""));
    EXPECT_STR(test_book_get(&t, BOOK_META, S("like")), S("none"));
    for (int i = 0; i < 2; i++)
        (void)learn(&t, p, (str){ noise + (size_t)i * 3000, 3000 });
    like = test_book_get(&t, BOOK_META, S("like"));
    EXPECT(str_eq(like, (str){ noise, 3000 }));
    EXPECT_OK(press_new(&t.arena, (str){ noise, LONG }, &p));
    EXPECT_OK(
        press_new(&t.arena,
                  (str){ noise + LONG - PRESSED_LIKE_MAX, PRESSED_LIKE_MAX },
                  &end));
    EXPECT_OK(press_text(p, &t.arena, (str){ noise + LONG - 900, 900 }, &a));
    EXPECT_OK(press_text(end, &t.arena, (str){ noise + LONG - 900, 900 }, &b));
    EXPECT(str_eq(a, b) && a.n < 20);
    test_book_end(&t);
}

/* [PR3]  Beginnings, other bytes, other lengths: each in a room of its own, so
 * that a byte beyond it is seen. */
TEST(bytes_that_were_not_pressed_do_no_harm)
{
    struct test_random r = { TEST_SEED };
    TEST_ARENA(a, ROOM);
    struct press *p = NULL;
    str like = answer(&a, &r);
    str text = answer(&a, &r);
    str pressed = S("");

    EXPECT_OK(press_new(&a, like, &p));
    EXPECT_OK(press_text(p, &a, text, &pressed));
    for (size_t n = 0; n < pressed.n; n++)
        EXPECT_STR(back(&a, str_first(pressed, n), like, text.n), S("no text"));
    EXPECT_STR(back(&a, pressed, like, text.n + 1), S("no text"));
    EXPECT_STR(back(&a, pressed, like, text.n - 1), S("no text"));
    for (int i = 0; i < 20000; i++) {
        char *from = malloc(pressed.n);
        char *to = malloc(text.n);
        size_t n = test_random_below(&r, pressed.n) + 1;

        if (from == NULL || to == NULL)
            abort();
        memcpy(from, pressed.p, pressed.n);
        from[test_random_below(&r, pressed.n)] =
            (char)(uint8_t)test_random_below(&r, 256);
        from[test_random_below(&r, pressed.n)] ^= (char)(1 << i % 7);
        (void)pressed_read((str){ from, i % 2 == 0 ? pressed.n : n }, like, to,
                           text.n);
        free(from);
        free(to);
    }
}

static err press_one(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct press *p;
    str out;

    arena_init(&a, h, ROOM);
    TRY(press_new(&a, S("one like the other"), &p));
    return press_text(p, &a, S("one like another"), &out);
}

TEST(without_memory_nothing_is_pressed)
{
    EXPECT(test_every_allocation_fails(press_one, NULL, NULL) >= 1);
}
