/* Programs of ours beside us. [CH1]..[CH3] */
#include "sys/child.h"

#include "base/size.h"
#include "base/test.h"
#include "sys/memory_file.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* What tenstar has to say, without end where it is asked to be a worker. */
TEST(what_a_child_says_is_heard)
{
    TEST_ARENA(a, 1 << 20);
    scoped(child_end) struct child c = CHILD_NONE;
    char text[8] = { 0 };

    EXPECT_OK(child_start(&a, "tenstar", "--help", &c));
    EXPECT_OK(child_read(&a, &c, text, 7, child_in(20000)));
    EXPECT_STR(str_of(text), S("Tenstar"));
}

TEST(a_program_that_is_not_there_cannot_be_started)
{
    TEST_ARENA(a, 1 << 20);
    struct child c = CHILD_NONE;

    EXPECT_ERR(child_start(&a, "no-such-program", "x", &c), ERR_IO,
               "child.start");
    EXPECT(c.pid == 0 && c.to == -1);
}

/* [CH1]  It waits for a document that never comes. */
TEST(a_child_that_says_nothing_is_waited_for_no_longer_than_allowed)
{
    TEST_ARENA(a, 1 << 20);
    scoped(child_end) struct child c = CHILD_NONE;
    char text[4];

    EXPECT_OK(child_start(&a, "tenstar-painter", "paint-worker", &c));
    EXPECT_ERR(child_read(&a, &c, text, 4, child_in(20)), ERR_BUSY,
               "child.slow");
    EXPECT_ERR(child_read(&a, &c, text, 4, child_in(0)), ERR_BUSY,
               "child.slow");
}

TEST(a_child_that_died_is_an_error_and_no_signal)
{
    TEST_ARENA(a, 1 << 20);
    scoped(child_end) struct child c = CHILD_NONE;
    char text[4];

    EXPECT_OK(child_start(&a, "tenstar-painter", "paint-worker", &c));
    EXPECT(kill(c.pid, SIGKILL) == 0);
    EXPECT_ERR(child_read(&a, &c, text, 4, child_in(20000)), ERR_IO,
               "child.died");
    /* all it had open is closed when it can be waited for */
    EXPECT(waitid(P_PID, (id_t)c.pid, NULL, WEXITED | WNOWAIT) == 0);
    EXPECT_ERR(child_write(&a, &c, S("more"), child_in(20000)), ERR_IO,
               "child.died");
}

/* [CH2] */
TEST(nothing_is_left_of_a_child_that_was_ended)
{
    TEST_ARENA(a, 1 << 20);
    struct child c = CHILD_NONE;

    EXPECT_OK(child_start(&a, "tenstar-painter", "paint-worker", &c));
    pid_t pid = c.pid;
    child_end(&c);
    EXPECT(kill(pid, 0) != 0 && c.pid == 0 && c.to == -1 && c.from == -1);
    EXPECT(c.signal == SIGKILL);
    child_end(&c); /* twice is once */
    EXPECT(c.signal == SIGKILL);
}

/* What ended it before us is what is said. */
TEST(a_child_that_a_signal_ended_is_known_by_it)
{
    TEST_ARENA(a, 1 << 20);
    static const int signals[] = { SIGXCPU, SIGSEGV, SIGTERM };

    for (size_t i = 0; i < COUNT(signals); i++) {
        struct child c = CHILD_NONE;

        EXPECT_OK(child_start(&a, "tenstar-painter", "paint-worker", &c));
        EXPECT(kill(c.pid, signals[i]) == 0);
        EXPECT(waitid(P_PID, (id_t)c.pid, NULL, WEXITED | WNOWAIT) == 0);
        child_end(&c);
        EXPECT(c.signal == signals[i]);
    }
}

TEST(a_child_that_ended_by_itself_has_no_signal)
{
    TEST_ARENA(a, 1 << 20);
    struct child c = CHILD_NONE;

    EXPECT_OK(child_start(&a, "tenstar", "--version", &c));
    EXPECT(waitid(P_PID, (id_t)c.pid, NULL, WEXITED | WNOWAIT) == 0);
    child_end(&c);
    EXPECT(c.pid == 0 && c.signal == 0);
}

TEST(what_is_given_is_taken)
{
    int ends[2];
    char text[5] = { 0 };

    EXPECT(pipe(ends) == 0);
    EXPECT(child_give(ends[1], "four", 4));
    EXPECT(child_take(ends[0], text, 4));
    EXPECT_STR(str_of(text), S("four"));
    (void)close(ends[1]);
    EXPECT(!child_take(ends[0], text, 1)); /* the end */
    (void)close(ends[0]);
    EXPECT(!child_give(ends[1], "x", 1));
}

/* [CH3] */
TEST(a_child_has_the_file_it_is_given_and_we_keep_ours)
{
    TEST_ARENA(a, 1 << 20);
    scoped(child_end) struct child c = CHILD_NONE;
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;
    char link[64];
    char shown[64] = { 0 };
    char ours[64] = { 0 };

    EXPECT_OK(memory_file_new(&a, &f));
    EXPECT_OK(memory_file_add(&f, &a, S("given")));
    EXPECT_OK(
        child_start_giving(&a, "tenstar-painter", "paint-worker", f.fd, &c));
    (void)snprintf(link, sizeof link, "/proc/%d/fd/%d", c.pid, CHILD_GIVEN);
    EXPECT(readlink(link, shown, sizeof shown - 1) > 0);
    EXPECT(readlink(f.path, ours, sizeof ours - 1) > 0);
    EXPECT_STR(str_of(shown), str_of(ours));
}
