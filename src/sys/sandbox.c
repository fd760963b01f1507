#include "sys/sandbox.h"

#include "base/size.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static err refused(struct arena *a)
{
    return err_new(a, ERR_IO, "sandbox.refused", ARG_INT("number", errno));
}

static err limit(struct arena *a, __rlimit_resource_t what, rlim_t n)
{
    const struct rlimit r = { n, n };

    return setrlimit(what, &r) == 0 ? OK : refused(a);
}

#if defined(__x86_64__)
#define OUR_CALLS AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_CALLS AUDIT_ARCH_AARCH64
#endif

enum { X32_BIT = 0x40000000 }; /* of x86_64: the calls of 32 bits */

/* clang-format off */
#define FIELD(name)                                                            \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* [SB5]  Then the call's number is at hand. */
#define OURS_ONLY                                                              \
    FIELD(arch),                                                               \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_CALLS, 1, 0),                      \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),                       \
    FIELD(nr),                                                                 \
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),                        \
    REFUSE

#define FORBID(call)                                                           \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), REFUSE
#define PERMIT(call)                                                           \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1),                         \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* clang-format on */

static err filter(struct arena *a, struct sock_filter *lines, size_t n)
{
    const struct sock_fprog program = { (unsigned short)n, lines };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0)
        return refused(a);
    if (prctl(PR_SET_SECCOMP, (long)SECCOMP_MODE_FILTER, &program, 0L, 0L) != 0)
        return refused(a);
    return OK;
}

/* [SB1] */
static err forbid_calls(struct arena *a)
{
    static struct sock_filter lines[] = {
        OURS_ONLY,
        FORBID(__NR_socket),
        FORBID(__NR_connect),
        FORBID(__NR_bind),
        FORBID(__NR_execve),
        FORBID(__NR_execveat),
        FORBID(__NR_ptrace),
        FORBID(__NR_process_vm_readv),
        FORBID(__NR_process_vm_writev),
        FORBID(__NR_mount),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };

    return filter(a, lines, COUNT(lines));
}

/* [SB4]  What memory, a library that reads an open file, and a sanitizer's end
 * need.  newfstatat() is how fstat() asks; it may ask of names too, and learns
 * no more than that there is one. */
static err permit_calls(struct arena *a)
{
    static struct sock_filter lines[] = {
        OURS_ONLY,
        PERMIT(__NR_read),
        PERMIT(__NR_write),
        PERMIT(__NR_readv),
        PERMIT(__NR_writev),
        PERMIT(__NR_pread64),
        PERMIT(__NR_lseek),
        PERMIT(__NR_fstat),
        PERMIT(__NR_newfstatat),
        PERMIT(__NR_dup),
        PERMIT(__NR_fcntl),
        PERMIT(__NR_close),
        PERMIT(__NR_mmap),
        PERMIT(__NR_munmap),
        PERMIT(__NR_mremap),
        PERMIT(__NR_mprotect),
        PERMIT(__NR_madvise),
        PERMIT(__NR_brk),
        PERMIT(__NR_futex),
        PERMIT(__NR_sched_yield),
        PERMIT(__NR_getrandom),
        PERMIT(__NR_clock_gettime),
        PERMIT(__NR_getpid),
        PERMIT(__NR_gettid),
        PERMIT(__NR_rt_sigaction),
        PERMIT(__NR_rt_sigprocmask),
        PERMIT(__NR_rt_sigreturn),
        PERMIT(__NR_sigaltstack),
        PERMIT(__NR_exit),
        PERMIT(__NR_exit_group),
        REFUSE,
    };

    return filter(a, lines, COUNT(lines));
}

err sandbox_enter(struct arena *a, const struct sandbox *s)
{
    TRY(limit(a, RLIMIT_CORE, 0));
    TRY(limit(a, RLIMIT_FSIZE, 0)); /* [SB2] pipes are no files */
    TRY(limit(a, RLIMIT_NOFILE, (rlim_t)s->files));
    if (s->memory > 0)
        TRY(limit(a, RLIMIT_AS, s->memory));
    return s->alone ? permit_calls(a) : forbid_calls(a);
}

err sandbox_seconds(struct arena *a, int seconds)
{
    struct rusage used;
    struct rlimit r;

    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &r) != 0)
        return refused(a);
    r.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (rlim_t)seconds + 1;
    return setrlimit(RLIMIT_CPU, &r) == 0 ? OK : refused(a);
}
