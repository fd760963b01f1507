#include "register/named.h"

#include "base/buf.h"
#include "base/test.h"
#include "register/test_book.h"

enum { ORIGIN = 9 };

static const struct named_state nothing;

static void begin(struct test_book *t, struct book_writer **w)
{
    test_book_begin(t);
    EXPECT_OK(book_write(t->book, &t->arena, w));
    EXPECT_OK(named_begin(*w, &t->arena, &nothing, ORIGIN));
}

static void end(struct test_book *t, struct book_writer **w)
{
    book_abort(w);
    test_book_end(t);
}

static struct named named(const char *number, const char *name)
{
    return (struct named){ .number = str_of(number),
                           .name = str_of(name),
                           .facets = { 4403, 10, 1, 0, 65535 },
                           .kind = 1 };
}

/* A certificate with up to two names. */
static void put(struct test_book *t, struct book_writer *w, const char *number,
                const char *name, const char *former)
{
    const struct named names[] = { named(number, name), named(number, former) };

    EXPECT_OK(named_put(w, &t->arena, names, former[0] == '\0' ? 1 : 2, true));
}

static bool say_change(void *context, uint64_t serial, uint32_t id)
{
    buf_printf(context, "%d:%u ", (int)serial, id);
    return true;
}

static bool say_name(void *context, uint32_t id, const struct named *n)
{
    buf_printf(context, "%u=", id);
    buf_str(context, n->number);
    buf_char(context, '/');
    buf_str(context, n->name);
    buf_char(context, ' ');
    return true;
}

static str names(struct test_book *t, const struct book_writer *w)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &t->arena, 10000);
    EXPECT_OK(named_walk(book_writing(w), &t->arena, say_name, &b));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str changes(struct test_book *t, const struct book_writer *w,
                   uint64_t after)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &t->arena, 10000);
    EXPECT_OK(named_changes(book_writing(w), &t->arena, after, say_change, &b));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [NM1] [NM2] */
TEST(every_name_has_its_id_and_every_change_its_serial)
{
    struct book_writer *w = NULL;
    struct named_state state;
    struct test_book t;

    begin(&t, &w);
    EXPECT_STR(names(&t, w), S(""));
    put(&t, w, "A1", "one", "");
    put(&t, w, "A2", "two", "once");
    EXPECT_STR(names(&t, w), S("1=A1/one 2=A2/two 3=A2/once "));
    EXPECT_STR(changes(&t, w, 0), S("2:1 3:2 4:3 "));

    put(&t, w, "A1", "one", ""); /* as it is */
    EXPECT_STR(changes(&t, w, 4), S(""));
    put(&t, w, "A1", "uno", "one");
    put(&t, w, "A2", "two", "");
    EXPECT_STR(names(&t, w), S("1=A1/uno 2=A2/two 4=A1/one "));
    EXPECT_STR(changes(&t, w, 4), S("5:1 6:4 7:3 "));

    EXPECT_OK(named_trim(w, &t.arena, 5));
    EXPECT_STR(changes(&t, w, 0), S("6:4 7:3 "));
    EXPECT_OK(named_state(book_writing(w), &t.arena, &state));
    EXPECT(state.origin == ORIGIN && state.serial == 7 && state.next == 5 &&
           state.missed == 0);
    end(&t, &w);
}

/* [NM3] */
TEST(a_book_made_anew_gives_other_ids)
{
    static const struct {
        struct named_state before;
        uint64_t at;
        struct named_state after;
    } rows[] = {
        { { 0 }, 5, { 5, 1, 1, 0 } },
        { { 4, 70, 30, 2 }, 5, { 5, 1, 30, 0 } },
        { { 5, 70, 30, 2 }, 5, { 6, 1, 30, 0 } },
        { { 9, 70, 1 << 30, 0 }, 5, { 10, 1, 1 << 30, 0 } },
        { { 9, 70, (1 << 30) + 1, 0 }, 50, { 50, 1, 1, 0 } },
    };
    struct book_writer *w = NULL;
    struct named_state got;
    struct test_book t;

    begin(&t, &w);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        EXPECT_OK(named_begin(w, &t.arena, &rows[i].before, rows[i].at));
        EXPECT_OK(named_state(book_writing(w), &t.arena, &got));
        EXPECT(got.origin == rows[i].after.origin);
        EXPECT(got.serial == 1 && got.missed == 0);
        EXPECT(got.next == rows[i].after.next);
    }
    end(&t, &w);
}

TEST(a_name_is_found_by_its_id_with_all_that_it_is_of)
{
    struct book_writer *w = NULL;
    struct test_book t;
    struct named got = { 0 };
    bool found = true;

    begin(&t, &w);
    put(&t, w, "A1", "one", "");
    EXPECT_OK(named_get(book_writing(w), &t.arena, 1, &got, &found));
    EXPECT(found && got.kind == 1);
    EXPECT_STR(got.number, S("A1"));
    EXPECT_STR(got.name, S("one"));
    EXPECT(got.facets[SEARCH_PLACE] == 4403 &&
           got.facets[SEARCH_TRADE] == 65535);
    EXPECT_OK(named_get(book_writing(w), &t.arena, 2, &got, &found));
    EXPECT(!found);
    end(&t, &w);
}

TEST(what_is_no_packed_name_is_none)
{
    static const str wrong[] = { S_INIT("short"),
                                 S_INIT("0123456789k\x05\0four") };
    struct book_writer *w = NULL;
    struct test_book t;
    struct named got;
    bool found = true;

    begin(&t, &w);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        EXPECT_OK(book_put(w, &t.arena, BOOK_NAMES, S("\0\0\0\x01"), wrong[i]));
        EXPECT_OK(named_get(book_writing(w), &t.arena, 1, &got, &found));
        EXPECT(!found);
        EXPECT_STR(names(&t, w), S(""));
    }
    end(&t, &w);
}

/* Counted once, however often it is missed, and no more when it is back. */
TEST(a_certificate_that_cannot_be_read_is_counted)
{
    struct book_writer *w = NULL;
    struct named_state state;
    struct test_book t;

    begin(&t, &w);
    put(&t, w, "A1", "one", "once");
    for (int i = 0; i < 2; i++) {
        EXPECT_OK(named_miss(w, &t.arena, S("A1"), true));
        EXPECT_OK(named_miss(w, &t.arena, S("A2"), true));
        EXPECT_OK(named_state(book_writing(w), &t.arena, &state));
        EXPECT(state.missed == 2);
    }
    EXPECT_STR(names(&t, w), S(""));
    EXPECT_STR(changes(&t, w, 3), S("4:2 5:1 "));
    put(&t, w, "A1", "one", "");
    EXPECT_OK(named_state(book_writing(w), &t.arena, &state));
    EXPECT(state.missed == 1);
    EXPECT_STR(names(&t, w), S("3=A1/one "));
    end(&t, &w);
}

TEST(many_names_and_many_changes)
{
    enum { FORMERS = NAMED_MOST + 3, CHANGES = 2100 };
    struct book_writer *w = NULL;
    struct named all[FORMERS];
    struct named_state state;
    struct test_book t;

    begin(&t, &w);
    for (size_t i = 0; i < FORMERS; i++)
        all[i] = named("A1", "name");
    EXPECT_OK(named_put(w, &t.arena, all, FORMERS, false));
    EXPECT_STR(changes(&t, w, 0), S(""));
    EXPECT_OK(named_state(book_writing(w), &t.arena, &state));
    EXPECT(state.next == NAMED_MOST + 1 && state.serial == 1);
    for (int i = 0; i < CHANGES; i++)
        put(&t, w, "A2", i % 2 == 0 ? "even" : "odd", "");
    EXPECT_OK(named_trim(w, &t.arena, CHANGES));
    EXPECT_STR(changes(&t, w, 0), S("2101:33 "));
    end(&t, &w);
}

/* --- without memory -------------------------------------------------------
 */

static err put_all(struct heap *h, void *context)
{
    const struct test_book *t = context;
    scoped(book_abort) struct book_writer *w = NULL;
    scoped(arena_end) struct arena a;
    struct named one = named("A1", "one");

    arena_init(&a, h, 1 << 20);
    TRY(book_write(t->book, &a, &w));
    TRY(named_begin(w, &a, &nothing, ORIGIN));
    TRY(named_put(w, &a, &one, 1, true));
    TRY(named_miss(w, &a, S("A2"), true));
    return named_trim(w, &a, 2);
}

TEST(names_are_put_or_memory_is_said_to_lack)
{
    struct test_book t;

    test_book_begin(&t);
    EXPECT(test_every_allocation_fails(put_all, NULL, &t) > 0);
    test_book_end(&t);
}

/* --- words [NM4] ----------------------------------------------------------
 */

TEST(a_word_keeps_its_number_in_its_facet)
{
    struct test_book t;
    struct book_writer *w;
    uint16_t n;
    bool found;

    begin(&t, &w);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_LEVEL, S("five"), &n));
    EXPECT(n == 1);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_LEVEL, S("ten"), &n));
    EXPECT(n == 2);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_LEVEL, S("five"), &n));
    EXPECT(n == 1);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_SCHEME, S("ten"), &n));
    EXPECT(n == 1);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_SCHEME, S(""), &n));
    EXPECT(n == 0);
    EXPECT_OK(named_word(book_writing(w), &t.arena, SEARCH_LEVEL, S("ten"), &n,
                         &found));
    EXPECT(found && n == 2);
    EXPECT_OK(named_word(book_writing(w), &t.arena, SEARCH_LEVEL, S("nine"), &n,
                         &found));
    EXPECT(!found);
    end(&t, &w);
}

TEST(words_beyond_what_is_numbered_share_a_number)
{
    static const char all[] = { 'w', 'o', 'r', 'd', 's', SEARCH_LEVEL };
    static const char most[] = { '\xfe', '\xff' };
    struct test_book t;
    struct book_writer *w;
    uint16_t n;
    bool found;

    begin(&t, &w);
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_LEVEL, S("five"), &n));
    EXPECT_OK(book_put(w, &t.arena, BOOK_META, (str){ all, sizeof all },
                       (str){ most, sizeof most }));
    EXPECT_OK(named_word_put(w, &t.arena, SEARCH_LEVEL, S("ten"), &n));
    EXPECT(n == NAMED_WORDS + 1);
    EXPECT_OK(named_word(book_writing(w), &t.arena, SEARCH_LEVEL, S("nine"), &n,
                         &found));
    EXPECT(found && n == NAMED_WORDS + 1);
    EXPECT_OK(named_word(book_writing(w), &t.arena, SEARCH_LEVEL, S("five"), &n,
                         &found));
    EXPECT(found && n == 1);
    end(&t, &w);
}
