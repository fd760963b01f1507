#include "sys/stop.h"

#include "base/check.h"

#include <pthread.h>
#include <signal.h>

/* What fails here fails only for signals that do not exist. */
static sigset_t held(void)
{
    sigset_t set;

    check(sigemptyset(&set) == 0);
    check(sigaddset(&set, SIGTERM) == 0);
    check(sigaddset(&set, SIGINT) == 0);
    return set;
}

void stop_hold(void)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigset_t set = held();

    check(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
    check(sigaction(SIGPIPE, &ignore, NULL) == 0);
}

int stop_wait(void)
{
    sigset_t set = held();
    int which;

    check(sigwait(&set, &which) == 0);
    return which;
}
