#include "sys/child.h"

#include "base/arena.h"
#include "base/buf.h"
#include "sys/files.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

err child_folder(struct arena *a, str *out)
{
    char *path = arena_zero(a, PATH_MOST + 1);
    ssize_t n;
    str found;

    TRY_MEMORY(path);
    n = readlink("/proc/self/exe", path, PATH_MOST);
    if (n < 0)
        return file_err(a, S("/proc/self/exe"), errno);
    found = (str){ path, (size_t)n };
    while (found.n > 1 && found.p[found.n - 1] != '/')
        found.n--;
    if (found.n > 1)
        found.n--;
    path[found.n] = '\0';
    *out = found;
    return OK;
}

int64_t child_in(int64_t milliseconds)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000 + milliseconds;
}

/* --- beginning and end ------------------------------------------------ */

static err start_error(struct arena *a, const char *program, int number)
{
    return err_new(a, ERR_IO, "child.start",
                   ARG_STR("program", str_of(program)),
                   ARG_INT("number", number));
}

/* Our ends of two socket pairs, which take MSG_NOSIGNAL as pipes do not. */
struct ends {
    int to[2];
    int from[2];
    int given; /* borrowed; -1: none */
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

static void ends_close(struct ends *e)
{
    close_end(&e->to[0]);
    close_end(&e->to[1]);
    close_end(&e->from[0]);
    close_end(&e->from[1]);
}

static int spawn(const char *program, const char *argument,
                 const struct ends *e, pid_t *pid)
{
    char *words[] = { NULL, NULL, NULL };
    posix_spawn_file_actions_t actions;
    int number = posix_spawn_file_actions_init(&actions);

    if (number != 0)
        return number;
    /* execve() writes to none of them */
    memcpy(&words[0], &program, sizeof program);
    memcpy(&words[1], &argument, sizeof argument);
    number = posix_spawn_file_actions_adddup2(&actions, e->to[0], 0);
    if (number == 0)
        number = posix_spawn_file_actions_adddup2(&actions, e->from[1], 1);
    if (number == 0 && e->given >= 0)
        number =
            posix_spawn_file_actions_adddup2(&actions, e->given, CHILD_GIVEN);
    if (number == 0)
        number = posix_spawn(pid, program, &actions, NULL, words, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    return number;
}

static err start(struct arena *a, const char *program, const char *argument,
                 int given, struct child *out)
{
    scoped(ends_close) struct ends e = { { -1, -1 }, { -1, -1 }, given };
    const int kind = SOCK_STREAM | SOCK_CLOEXEC;
    int number = 0;
    pid_t pid = 0;

    if (socketpair(AF_UNIX, kind, 0, e.to) != 0 ||
        socketpair(AF_UNIX, kind, 0, e.from) != 0)
        return start_error(a, program, errno);
    number = spawn(program, argument, &e, &pid);
    if (number != 0)
        return start_error(a, program, number);
    *out = (struct child){ pid, e.to[1], e.from[0], 0 };
    e.to[1] = -1;
    e.from[0] = -1;
    return OK;
}

err child_start(struct arena *a, const char *name, const char *argument,
                struct child *out)
{
    return child_start_giving(a, name, argument, -1, out);
}

err child_start_giving(struct arena *a, const char *name, const char *argument,
                       int fd, struct child *out)
{
    struct buf b;
    str folder = S("");
    str program;

    TRY(child_folder(a, &folder));
    buf_init(&b, a, PATH_MOST);
    buf_printf(&b, "%.*s/%s", STR_ARG(folder), name);
    TRY(buf_done(&b, &program));
    return start(a, program.p, argument, fd, out);
}

void child_end(struct child *c)
{
    int status = 0;

    close_end(&c->to);
    close_end(&c->from);
    if (c->pid <= 0)
        return;
    /* nothing happens to one that is ending already: its signal stays */
    (void)kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    c->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    c->pid = 0;
}

/* --- words, there and back -------------------------------------------- */

static err died(struct arena *a)
{
    return err_new(a, ERR_IO, "child.died");
}

/* Wait until `fd` is ready for `what`. */
static err wait_for(struct arena *a, int fd, short what, int64_t until)
{
    struct pollfd p = { .fd = fd, .events = what };
    int got;

    do {
        int64_t left = until - child_in(0);

        if (left <= 0)
            return err_new(a, ERR_BUSY, "child.slow");
        got = poll(&p, 1, (int)left);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return died(a);
    return got == 0 ? err_new(a, ERR_BUSY, "child.slow") : OK;
}

static bool try_again(int number)
{
    return number == EINTR || number == EAGAIN;
}

err child_write(struct arena *a, const struct child *c, str bytes,
                int64_t until)
{
    while (bytes.n > 0) {
        ssize_t n;

        TRY(wait_for(a, c->to, POLLOUT, until));
        n = send(c->to, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && try_again(errno))
            continue;
        if (n < 0)
            return died(a);
        bytes = str_from(bytes, (size_t)n);
    }
    return OK;
}

err child_read(struct arena *a, const struct child *c, void *to, size_t n,
               int64_t until)
{
    char *at = to;

    while (n > 0) {
        ssize_t got;

        TRY(wait_for(a, c->from, POLLIN, until));
        got = recv(c->from, at, n, MSG_DONTWAIT);
        if (got < 0 && try_again(errno))
            continue;
        if (got <= 0)
            return died(a);
        at += got;
        n -= (size_t)got;
    }
    return OK;
}

bool child_take(int fd, void *to, size_t n)
{
    char *at = to;

    while (n > 0) {
        ssize_t got = read(fd, at, n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

bool child_give(int fd, const void *from, size_t n)
{
    const char *at = from;

    while (n > 0) {
        ssize_t put = write(fd, at, n);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += put;
        n -= (size_t)put;
    }
    return true;
}
