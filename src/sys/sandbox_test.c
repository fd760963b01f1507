/* What a process gives up. [SB1]..[SB5] */
#include "sys/sandbox.h"

#include "base/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `try` returns in a process of its own that gave everything up. */
static int within(int (*try)(void), bool alone)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        TEST_ARENA(a, 1 << 16);
        const struct sandbox s = { 0, 64, alone };

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
        EXPECT_ROW(rows[i].why, within(rows[i].try, false) == rows[i].want);
}

static int ask_directory(void)
{
    return syscall(SYS_getcwd, (char[4096]){ 0 }, (size_t)4096) < 0 ? errno : 0;
}

static int remove_file(void)
{
    return unlink("/no/such/file") < 0 ? errno : 0;
}

static int kill_parent(void)
{
    return kill(getppid(), 0) < 0 ? errno : 0;
}

static int take_memory(void)
{
    void *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return p == MAP_FAILED ? errno : munmap(p, 1 << 20);
}

static int write_open(void)
{
    return write(STDERR_FILENO, "", 0) < 0 ? errno : 0;
}

/* [SB4] */
TEST(one_that_is_alone_opens_nothing)
{
    static const struct {
        const char *why;
        int (*try)(void);
        int want;
    } rows[] = {
        { "a socket", open_socket, EPERM },
        { "another program", start_program, EPERM },
        { "a file that is read", read_file, EPERM },
        { "a file in memory", write_file, EBADF },
        { "where it is", ask_directory, EPERM },
        { "a file that goes", remove_file, EPERM },
        { "its parent", kill_parent, EPERM },
        { "memory", take_memory, 0 },
        { "what is open", write_open, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i].why, within(rows[i].try, true) == rows[i].want);
}

/* [SB5]  By the numbers of i386 getpid() is 20, which x86_64 calls writev():
 * a list of numbers alone would let it through. */
#if defined(__x86_64__)
static int call_as_i386(void)
{
    long got = 20;

    __asm__ volatile("int $0x80"
                     : "+a"(got)
                     :
                     : "memory", "r8", "r9", "r10", "r11");
    return got > 0 ? 0 : 1;
}

static int call_as_x32(void)
{
    return syscall(0x40000000 | SYS_getpid) < 0 ? errno : 0;
}

TEST(calls_of_another_kind_of_processor_are_none)
{
    for (int alone = 0; alone <= 1; alone++) {
        int got = within(call_as_i386, alone != 0);

        /* Ended by SIGSYS; by SIGSEGV where the machine knows no such calls at
         * all, of which a sanitizer makes an exit of its own. */
        EXPECT(got != 0);
        EXPECT(within(call_as_x32, alone != 0) == EPERM);
    }
}
#endif
