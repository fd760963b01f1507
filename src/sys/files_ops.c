#include "sys/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The system calls, one by one; nothing is decided here. */

static int system_open(struct file_ops *, const char *path, int flags,
                       mode_t mode)
{
    return open(path, flags | O_CLOEXEC, mode);
}

static ssize_t system_read(struct file_ops *, int fd, void *p, size_t n)
{
    return read(fd, p, n);
}

static ssize_t system_write(struct file_ops *, int fd, const void *p, size_t n)
{
    return write(fd, p, n);
}

static int system_truncate(struct file_ops *, int fd)
{
    return ftruncate(fd, 0);
}

static int system_sync(struct file_ops *, int fd)
{
    return fsync(fd);
}

static int system_close(struct file_ops *, int fd)
{
    return close(fd);
}

static int system_rename(struct file_ops *, const char *from, const char *to)
{
    return rename(from, to);
}

static int system_remove(struct file_ops *, const char *path)
{
    return remove(path); /* a file, or an empty folder */
}

static int system_make(struct file_ops *, const char *path, mode_t mode)
{
    return mkdir(path, mode);
}

static int system_lock(struct file_ops *, int fd, int how)
{
    return flock(fd, how);
}

static DIR *system_list(struct file_ops *, const char *path)
{
    return opendir(path);
}

/* Each listing is read by one thread only, which readdir() allows. */
static struct dirent *system_next(struct file_ops *, DIR *d)
{
    return readdir(d);
}

static int system_listed(struct file_ops *, DIR *d)
{
    return closedir(d);
}

const struct file_ops file_system = {
    .open = system_open,
    .read = system_read,
    .write = system_write,
    .truncate = system_truncate,
    .sync = system_sync,
    .close = system_close,
    .rename = system_rename,
    .remove = system_remove,
    .make = system_make,
    .lock = system_lock,
    .list = system_list,
    .next = system_next,
    .listed = system_listed,
};
