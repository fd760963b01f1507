#include "register/names_parts.h"

#include "base/test.h"
#include "register/test_names_home.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { MANY = 320 };

/* Ids from `from` on, all called so. */
static const struct search_document *many(struct arena *a, uint32_t from,
                                          str name)
{
    struct search_document *d = arena_array(a, MANY, sizeof *d);

    EXPECT(d != NULL);
    for (uint32_t i = 0; d != NULL && i < MANY; i++)
        d[i] = (struct search_document){ .id = from + i, .name = name };
    return d;
}

static void make_many(struct test_names_home *t, str name, uint64_t serial)
{
    EXPECT_OK(names_make(t->names, &t->arena, many(&t->arena, 0, name), MANY,
                         (struct names_mark){ t->place.origin, serial }));
}

/* [NA3] */
TEST(names_in_files_are_there_again_up_to_what_was_kept)
{
    struct test_names_home t;

    test_names_begin(&t);
    EXPECT(names_kept(t.names) == 0);
    EXPECT(names_settled(t.names) == 0);
    EXPECT(names_now(t.names).serial == 0);
    make_many(&t, S("西安银行"), 5);
    EXPECT(names_kept(t.names) == 5);
    test_names_put(&t, 1, S("长安银行"), 6);
    EXPECT(names_kept(t.names) == 5);
    EXPECT(names_settled(t.names) == 5);

    test_names_again(&t);
    EXPECT(names_kept(t.names) == 5);
    EXPECT(test_names_now(&t, S("西安")) == MANY);
    EXPECT(test_names_now(&t, S("长安")) == 0);
    test_names_put(&t, 1, S("长安银行"), 6);
    EXPECT(test_names_now(&t, S("长安")) == 1);
    test_names_end(&t);
}

/* What is too small for a file is settled all the same: whoever opens it makes
 * all of it. */
TEST(a_small_register_is_in_memory_only)
{
    struct test_names_home t;

    test_names_begin(&t);
    test_names_put(&t, 1, S("长安银行"), 3);
    test_names_put(&t, 2, S("长安银行"), 4);
    EXPECT(names_kept(t.names) == 0);
    EXPECT(names_settled(t.names) == 3);
    test_names_tend(&t);
    EXPECT(names_kept(t.names) == 0);
    EXPECT(names_settled(t.names) == 4);
    EXPECT(test_names_files(&t) == 0);
    test_names_again(&t);
    EXPECT(test_names_now(&t, S("长安")) == 0);
    test_names_end(&t);
}

/* Names that were taken away leave the first file, which may become too small
 * to be one: then nothing is kept. */
TEST(what_was_kept_stays_kept_until_all_has_to_be_made_again)
{
    enum { LARGE = MANY * 9 };
    struct test_names_home t;
    struct search_document *d;

    test_names_begin(&t);
    d = arena_array(&t.arena, LARGE, sizeof *d);
    for (uint32_t i = 0; i < LARGE; i++)
        d[i] = (struct search_document){ .id = i, .name = S("西安银行") };
    EXPECT_OK(names_make(t.names, &t.arena, d, LARGE, mark_of(1)));
    EXPECT_OK(names_change(t.names, &t.arena,
                           many(&t.arena, LARGE, S("长安银行")), MANY, 2));
    test_names_put(&t, LARGE + MANY, S("长安银行"), 3);
    EXPECT_OK(names_change(t.names, &t.arena,
                           many(&t.arena, LARGE, S("长安航空")), MANY, 4));
    test_names_tend(&t);
    EXPECT(names_kept(t.names) == 4);
    EXPECT(test_names_files(&t) == 2);
    EXPECT_OK(names_change(t.names, &t.arena, many(&t.arena, LARGE, S("")),
                           MANY - 100, 5));
    test_names_tend(&t);
    EXPECT(names_kept(t.names) == 5);
    test_names_again(&t);
    EXPECT(test_names_now(&t, S("长安")) == 101);

    for (uint32_t i = 0; i < LARGE; i++)
        d[i] = (struct search_document){ .id = i, .name = S("") };
    EXPECT_OK(names_change(t.names, &t.arena, d, LARGE, 6));
    test_names_tend(&t);
    EXPECT(names_kept(t.names) == 0);
    EXPECT(names_settled(t.names) == 6);
    EXPECT(test_names_files(&t) == 0);
    EXPECT(test_names_now(&t, S("长安")) == 101);
    test_names_again(&t);
    EXPECT(test_names_now(&t, S("长安")) == 0);
    test_names_end(&t);
}

/* [NA4] */
TEST(names_of_another_origin_are_thrown_away)
{
    struct test_names_home t;

    test_names_begin(&t);
    make_many(&t, S("西安银行"), 5);
    EXPECT(test_names_files(&t) == 1);
    t.place.origin++;
    test_names_again(&t);
    EXPECT(names_kept(t.names) == 0);
    EXPECT(test_names_now(&t, S("西安")) == 0);
    EXPECT(test_names_files(&t) == 0);
    make_many(&t, S("长安银行"), 1);
    EXPECT(names_kept(t.names) == 1);
    EXPECT(names_now(t.names).origin == t.place.origin);

    /* Made of another while they are open. */
    t.place.origin++;
    make_many(&t, S("西安银行"), 2);
    EXPECT(names_now(t.names).origin == t.place.origin);
    test_names_again(&t);
    EXPECT(names_kept(t.names) == 2);
    test_names_end(&t);
}

/* A byte of a file is another. */
static void spoil(struct test_names_home *t, const char *name, off_t at)
{
    char path[80];
    char byte = 'x';
    int fd;

    (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
    fd = open(path, O_RDWR | O_CLOEXEC);
    EXPECT(fd >= 0);
    EXPECT(pread(fd, &byte, 1, at) == 1);
    byte = (char)(byte ^ 1);
    EXPECT(pwrite(fd, &byte, 1, at) == 1);
    EXPECT(close(fd) == 0);
}

TEST(a_damaged_file_is_refused_and_can_be_made_again)
{
    static const off_t places[] = { 0, 9, 30, 5000 };
    struct test_names_home t;

    test_names_begin(&t);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        make_many(&t, S("西安银行"), 5);
        names_end(&t.names);
        char name[40];
        (void)snprintf(name, sizeof name, "names-%010zu.seg", (size_t)1);
        spoil(&t, name, places[i]);
        EXPECT_ERR(names_open(&t.arena, &t.place, &t.names), ERR_CORRUPT,
                   "search.damaged");
        EXPECT(t.names == NULL);
        EXPECT_OK(names_throw_away(&t.files, &t.arena, str_of(t.folder)));
        test_names_again(&t);
        EXPECT(names_kept(t.names) == 0);
    }
    test_names_end(&t);
}

TEST(a_file_that_is_missing_is_damage)
{
    struct test_names_home t;
    char path[80];

    test_names_begin(&t);
    make_many(&t, S("西安银行"), 5);
    names_end(&t.names);
    (void)snprintf(path, sizeof path, "%s/names-0000000001.seg", t.folder);
    EXPECT(unlink(path) == 0);
    EXPECT_ERR(names_open(&t.arena, &t.place, &t.names), ERR_CORRUPT,
               "search.damaged");
    test_names_end(&t);
}

TEST(a_list_that_is_not_whole_is_none)
{
    struct test_names_home t;
    char path[80];

    test_names_begin(&t);
    (void)snprintf(path, sizeof path, "%s/names.list", t.folder);
    for (off_t at = 0; at < 48; at += 8) {
        make_many(&t, S("西安银行"), 5);
        names_end(&t.names);
        spoil(&t, "names.list", at);
        test_names_again(&t);
        EXPECT(names_kept(t.names) == 0);
        EXPECT(test_names_files(&t) == 0);
    }
    EXPECT_OK(
        file_write(&t.files, &t.arena, str_of(path), S("x"), FILE_SECRET));
    test_names_again(&t);
    EXPECT(names_kept(t.names) == 0);
    str long_one = { arena_zero(&t.arena, 10000), 10000 };
    EXPECT_OK(
        file_write(&t.files, &t.arena, str_of(path), long_one, FILE_SECRET));
    test_names_again(&t);
    EXPECT(names_kept(t.names) == 0);
    test_names_end(&t);
}

/* --- whatever fails ---------------------------------------------------------
 */

/* Make them, change them, merge them. */
static err live(struct heap *h, void *context)
{
    struct test_names_home *t = context;
    struct names_place place = t->place;
    scoped(names_end) struct names *n = NULL;
    scoped(arena_end) struct arena a;
    bool more;

    place.heap = h;
    arena_init(&a, h, 1 << 26);
    TRY(names_throw_away(place.files, &a, place.folder));
    TRY(names_open(&a, &place, &n));
    const struct search_document *d = many(&t->arena, 0, S("西安银行"));
    TRY(names_make(n, &a, d, MANY, mark_of(1)));
    TRY(names_change(n, &a, d, MANY - 1, 2));
    TRY(names_change(n, &a, d, 1, 3));
    TRY(names_tend(n, &a, &more));
    names_end(&n);
    return names_open(&a, &place, &n);
}

TEST(names_without_memory_say_so_and_lose_nothing)
{
    struct test_names_home t;

    test_names_begin(&t);
    names_end(&t.names);
    EXPECT(test_every_allocation_fails(live, NULL, &t) > 20);
    test_names_end(&t);
}

/* The folder is as before or as after, whichever call fails. */
TEST(names_on_a_bad_disk_are_those_of_before_or_after)
{
    struct test_names_home t;
    struct file_fault fault = { .injected = 1 };

    test_names_begin(&t);
    for (long at = 1; fault.injected > 0 && !test_failing(); at++) {
        make_many(&t, S("西安银行"), 1);
        test_names_put(&t, 1, S("长安银行"), 2);
        EXPECT_OK(names_change(t.names, &t.arena,
                               many(&t.arena, 1, S("长安银行")), MANY, 3));
        names_end(&t.names);

        file_fault_init(&fault, at, true, EIO);
        t.place.files = &fault.ops;
        err e = names_open(&t.arena, &t.place, &t.names);
        if (!failed(e)) {
            e = names_change(t.names, &t.arena,
                             many(&t.arena, 1, S("长安银行")), MANY, 3);
            bool more;
            if (!failed(e))
                e = names_tend(t.names, &t.arena, &more);
            EXPECT(test_names_now(&t, S("银行")) == MANY + 1);
            EXPECT(test_names_now(&t, S("西安")) == 1);
        }
        EXPECT(fault.open == 0);
        t.place.files = &t.files;
        test_names_again(&t);
        uint32_t old = test_names_now(&t, S("西安"));
        EXPECT(old == (names_kept(t.names) == 1 ? MANY : 1));
        if (!failed(e))
            EXPECT(names_kept(t.names) == 3);
    }
    test_names_end(&t);
}
