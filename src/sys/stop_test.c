#include "sys/stop.h"

#include "base/test.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

TEST(a_held_signal_waits_until_it_is_asked_for)
{
    sigset_t before;

    EXPECT(pthread_sigmask(SIG_SETMASK, NULL, &before) == 0);
    stop_hold();

    EXPECT(raise(SIGTERM) == 0);
    EXPECT(stop_wait() == SIGTERM);
    EXPECT(raise(SIGINT) == 0);
    EXPECT(stop_wait() == SIGINT);

    EXPECT(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
}

static void *wait_elsewhere(void *got)
{
    *(int *)got = stop_wait();
    return NULL;
}

TEST(a_thread_started_later_inherits_the_hold)
{
    sigset_t before;
    pthread_t thread;
    int got = 0;

    EXPECT(pthread_sigmask(SIG_SETMASK, NULL, &before) == 0);
    stop_hold();
    EXPECT(pthread_create(&thread, NULL, wait_elsewhere, &got) == 0);
    EXPECT(pthread_kill(thread, SIGINT) == 0);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(got == SIGINT);
    EXPECT(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
}

TEST(writing_to_a_closed_pipe_is_an_error_not_the_end)
{
    sigset_t before;
    int ends[2];

    EXPECT(pthread_sigmask(SIG_SETMASK, NULL, &before) == 0);
    stop_hold();
    EXPECT(pipe(ends) == 0);
    EXPECT(close(ends[0]) == 0);
    EXPECT(write(ends[1], "x", 1) == -1 && errno == EPIPE);
    EXPECT(close(ends[1]) == 0);
    EXPECT(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
}
