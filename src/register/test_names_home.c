#include "register/test_names_home.h"

#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARENA = 64 << 20, NAMES_MOST = 100 };

static void open_names(struct test_names_home *t)
{
    t->names = NULL;
    EXPECT_OK(names_open(&t->arena, &t->place, &t->names));
}

void test_names_begin(struct test_names_home *t)
{
    t->heap = HEAP_LIBC;
    t->files = FILE_SYSTEM;
    arena_init(&t->arena, &t->heap, ARENA);
    (void)snprintf(t->folder, sizeof t->folder, "/tmp/tenstar-names-XXXXXX");
    EXPECT(mkdtemp(t->folder) != NULL);
    t->place = (struct names_place){ &t->heap, &t->files, str_of(t->folder),
                                     TEST_NAMES_ORIGIN, TEST_NAMES_FILE };
    open_names(t);
}

void test_names_again(struct test_names_home *t)
{
    names_end(&t->names);
    open_names(t);
}

void test_names_end(struct test_names_home *t)
{
    names_end(&t->names);
    EXPECT_OK(names_throw_away(&t->files, &t->arena, str_of(t->folder)));
    EXPECT(rmdir(t->folder) == 0);
    arena_end(&t->arena);
}

uint32_t test_names_found(struct names_view *v, str asked)
{
    struct search_request rq = test_names_request(asked, 20);
    struct heap h = HEAP_LIBC;
    struct search_room *room = NULL;
    struct search_answer x = { 0 };
    TEST_ARENA(a, 1 << 24);

    if (EXPECT_OK(search_room_new(&h, &room)))
        EXPECT_OK(names_find(v, &a, room, &rq, &x));
    search_room_free(&room);
    return x.count;
}

uint32_t test_names_now(struct test_names_home *t, str asked)
{
    scoped(names_let) struct names_view *v = names_see(t->names);

    return test_names_found(v, asked);
}

void test_names_put(struct test_names_home *t, uint32_t id, str name,
                    uint64_t serial)
{
    const struct search_document d = { .id = id, .name = name };

    EXPECT_OK(names_change(t->names, &t->arena, &d, 1, serial));
}

void test_names_tend(struct test_names_home *t)
{
    bool more = true;

    while (more && EXPECT_OK(names_tend(t->names, &t->arena, &more)))
        continue;
}

size_t test_names_files(struct test_names_home *t)
{
    struct file_names found = { 0 };
    size_t n = 0;

    EXPECT_OK(folder_list(&t->files, &t->arena, str_of(t->folder), NAMES_MOST,
                          &found));
    for (size_t i = 0; i < found.n; i++)
        n += str_ends(found.at[i], S(".seg"));
    return n;
}
