#include "register/board.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
    struct heap heap;
    char folder[40];
};

static void begin(struct place *p)
{
    p->heap = HEAP_LIBC;
    (void)snprintf(p->folder, sizeof p->folder, "/tmp/tenstar-board-XXXXXX");
    EXPECT(mkdtemp(p->folder) != NULL);
}

static void end(struct place *p)
{
    char path[60];

    (void)snprintf(path, sizeof path, "%s/marks.1", p->folder);
    (void)unlink(path);
    EXPECT(rmdir(p->folder) == 0);
}

static struct board *open_at(struct arena *a, struct place *p)
{
    struct board *b = NULL;

    EXPECT_OK(board_open(a, &p->heap, str_of(p->folder), true, &b));
    return b;
}

/* [BD2] */
TEST(what_is_marked_stays_so_until_it_is_asked_about_what_came_later)
{
    TEST_ARENA(a, 1 << 16);
    struct place p;

    begin(&p);
    struct board *b = open_at(&a, &p);
    EXPECT(board_newest(b) == 0);
    EXPECT(!board_is_marked(b, S("A1"), 0));
    board_mark(b, S("A1"));
    board_mark(b, S("A2"));
    EXPECT(board_newest(b) == 2);
    EXPECT(board_is_marked(b, S("A1"), 0) && board_is_marked(b, S("A2"), 1));
    EXPECT(!board_is_marked(b, S("A1"), 1) && !board_is_marked(b, S("A3"), 0));
    board_mark_all(b);
    EXPECT(board_is_marked(b, S("A3"), 2) && !board_is_marked(b, S("A3"), 3));
    board_end(&b);
    EXPECT(b == NULL);
    board_end(&b);
    end(&p);
}

/* [BD1] */
TEST(another_program_s_marks_are_seen)
{
    TEST_ARENA(a, 1 << 16);
    struct board *b;
    struct place p;
    int status = 1;

    begin(&p);
    b = open_at(&a, &p);
    pid_t child = fork();
    if (child == 0) {
        struct board *other = open_at(&a, &p);

        board_mark(other, S("A1"));
        board_end(&other);
        _exit(0);
    }
    EXPECT(waitpid(child, &status, 0) == child && status == 0);
    EXPECT(board_newest(b) == 1 && board_is_marked(b, S("A1"), 0));
    board_end(&b);
    b = open_at(&a, &p);
    EXPECT(board_is_marked(b, S("A1"), 0));
    board_end(&b);
    end(&p);
}

TEST(a_board_that_is_not_there_is_made_or_not)
{
    TEST_ARENA(a, 1 << 16);
    struct board *b = NULL;
    struct stat st;
    struct place p;
    char path[60];

    begin(&p);
    EXPECT_OK(board_open(&a, &p.heap, str_of(p.folder), false, &b));
    EXPECT(b == NULL);
    b = open_at(&a, &p);
    (void)snprintf(path, sizeof path, "%s/marks.1", p.folder);
    EXPECT(stat(path, &st) == 0 &&
           st.st_blocks * 512 >= (long)BOARD_PLACES * 8);
    board_end(&b);
    EXPECT_OK(board_open(&a, &p.heap, str_of(p.folder), false, &b));
    EXPECT(b != NULL);
    board_end(&b);
    end(&p);
    EXPECT_ERR(board_open(&a, &p.heap, S("/nowhere/at/all"), true, &b), ERR_IO,
               "register.io");
    EXPECT_ERR(board_open(&a, &p.heap, S("/dev/null"), false, &b), ERR_IO,
               "register.io");
}

static err open_once(struct heap *h, void *context)
{
    struct place *p = context;
    scoped(arena_end) struct arena a;
    scoped(board_end) struct board *b = NULL;

    arena_init(&a, h, 1 << 16);
    TRY(board_open(&a, h, str_of(p->folder), true, &b));
    return OK;
}

TEST(a_board_survives_every_failed_allocation)
{
    struct place p;

    begin(&p);
    EXPECT(test_every_allocation_fails(open_once, NULL, &p) > 1);
    end(&p);
}
