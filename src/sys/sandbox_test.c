/* What a process gives up. [SB1]..[SB3] */
#include "sys/sandbox.h"

#include "base/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `try` returns in a process of its own that gave everything up. */
static int within(int (*try)(void))
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        TEST_ARENA(a, 1 << 16);
        const struct sandbox s = { 0, 64 };

        if (failed(sandbox_enter(&a, &s)))
            _exit(99);
        _exit(try());
    }
    (void)waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* The errno of what failed, 0 when it did not. */
static int open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
}

static int start_program(void)
{
    char *words[] = { NULL };

    (void)execve("/bin/true", words, words);
    return errno;
}

static int write_file(void)
{
    int fd = memfd_create("x", 0);

    const struct sigaction ignored = { .sa_handler = SIG_IGN };

    (void)sigaction(SIGXFSZ, &ignored, NULL);
    return write(fd, "x", 1) < 0 ? errno : 0;
}

static int read_file(void)
{
    return open("/dev/null", O_RDONLY | O_CLOEXEC) < 0 ? errno : 0;
}

static int use_time(void)
{
    TEST_ARENA(a, 1 << 16);
    struct rlimit r;

    if (failed(sandbox_seconds(&a, 3)) || getrlimit(RLIMIT_CPU, &r) != 0)
        return 99;
    return r.rlim_cur >= 3 && r.rlim_cur <= 6 ? 0 : 1;
}

TEST(what_was_given_up_is_gone_and_the_rest_goes_on)
{
    static const struct {
        const char *why;
        int (*try)(void);
        int want;
    } rows[] = {
        { "a socket", open_socket, EPERM },
        { "another program", start_program, EPERM },
        { "a file that grows", write_file, EFBIG },
        { "a file that is read", read_file, 0 },
        { "so many seconds of the processor", use_time, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i].why, within(rows[i].try) == rows[i].want);
}
