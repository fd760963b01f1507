#include "sys/sandbox.h"

#include "base/size.h"

#include <errno.h>
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

/* clang-format off */
#define FORBID(call)                                                           \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1),                         \
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
/* clang-format on */

/* [SB1]  By the numbers of this machine's own system calls: the program has no
 * others compiled in. */
static err forbid_calls(struct arena *a)
{
    static struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
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
    const struct sock_fprog program = { COUNT(lines), lines };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0)
        return refused(a);
    if (prctl(PR_SET_SECCOMP, (long)SECCOMP_MODE_FILTER, &program, 0L, 0L) != 0)
        return refused(a);
    return OK;
}

err sandbox_enter(struct arena *a, const struct sandbox *s)
{
    TRY(limit(a, RLIMIT_CORE, 0));
    TRY(limit(a, RLIMIT_FSIZE, 0)); /* [SB2] pipes are no files */
    TRY(limit(a, RLIMIT_NOFILE, (rlim_t)s->files));
    if (s->memory > 0)
        TRY(limit(a, RLIMIT_AS, s->memory));
    return forbid_calls(a);
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
