#include "sys/files_fault.h"

#include <errno.h>
#include <fcntl.h>

/* The machine's calls need no object of their own. */
static struct file_ops *const machine = NULL;

/* Threads of one work share a file system. */
#define ADD(to, n) __atomic_add_fetch(&(to), (n), __ATOMIC_RELAXED)

static bool fails(struct file_ops *ops)
{
    struct file_fault *f = (struct file_fault *)ops;
    long call = ADD(f->calls, 1);

    if (f->fail_at == 0 || call < f->fail_at)
        return false;
    if (call > f->fail_at && !f->for_good)
        return false;
    (void)ADD(f->injected, 1);
    errno = f->number;
    return true;
}

static size_t shortened(const struct file_ops *ops, size_t n)
{
    return ((const struct file_fault *)ops)->short_calls && n > 1 ? 1 : n;
}

static void opened(struct file_ops *ops, long by)
{
    (void)ADD(((struct file_fault *)ops)->open, by);
}

static int fault_open(struct file_ops *o, const char *path, int flags,
                      mode_t mode)
{
    if (fails(o))
        return -1;
    int fd = file_system.open(machine, path, flags, mode);
    opened(o, fd >= 0);
    return fd;
}

static ssize_t fault_read(struct file_ops *o, int fd, void *p, size_t n)
{
    return fails(o) ? -1 : file_system.read(machine, fd, p, shortened(o, n));
}

static ssize_t fault_write(struct file_ops *o, int fd, const void *p, size_t n)
{
    return fails(o) ? -1 : file_system.write(machine, fd, p, shortened(o, n));
}

static int fault_truncate(struct file_ops *o, int fd)
{
    return fails(o) ? -1 : file_system.truncate(machine, fd);
}

static int fault_sync(struct file_ops *o, int fd)
{
    return fails(o) ? -1 : file_system.sync(machine, fd);
}

/* Closing what was only read cannot lose anything, and nobody asks. */
static bool may_fail_to_close(int fd)
{
    return (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

/* As on Linux: the descriptor is gone even when close() reports an error. */
static int fault_close(struct file_ops *o, int fd)
{
    bool bad = may_fail_to_close(fd) && fails(o);
    int number = errno;
    int done = file_system.close(machine, fd);

    opened(o, -1);
    if (bad)
        errno = number;
    return bad ? -1 : done;
}

static int fault_rename(struct file_ops *o, const char *from, const char *to)
{
    return fails(o) ? -1 : file_system.rename(machine, from, to);
}

static int fault_remove(struct file_ops *o, const char *path)
{
    return fails(o) ? -1 : file_system.remove(machine, path);
}

static int fault_make(struct file_ops *o, const char *path, mode_t mode)
{
    return fails(o) ? -1 : file_system.make(machine, path, mode);
}

static int fault_lock(struct file_ops *o, int fd, int how)
{
    return fails(o) ? -1 : file_system.lock(machine, fd, how);
}

static DIR *fault_list(struct file_ops *o, const char *path)
{
    if (fails(o))
        return NULL;
    DIR *d = file_system.list(machine, path);
    opened(o, d != NULL);
    return d;
}

static struct dirent *fault_next(struct file_ops *o, DIR *d)
{
    return fails(o) ? NULL : file_system.next(machine, d);
}

/* Closing a listing cannot lose anything either. */
static int fault_listed(struct file_ops *o, DIR *d)
{
    opened(o, -1);
    return file_system.listed(machine, d);
}

void file_fault_init(struct file_fault *f, long fail_at, bool for_good,
                     int number)
{
    *f = (struct file_fault){
        .ops = {
            .open = fault_open,
            .read = fault_read,
            .write = fault_write,
            .truncate = fault_truncate,
            .sync = fault_sync,
            .close = fault_close,
            .rename = fault_rename,
            .remove = fault_remove,
            .make = fault_make,
            .lock = fault_lock,
            .list = fault_list,
            .next = fault_next,
            .listed = fault_listed,
        },
        .fail_at = fail_at,
        .for_good = for_good,
        .number = number,
    };
}
