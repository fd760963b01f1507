#include "sys/memory_file.h"

#include "base/arena.h"
#include "sys/files.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

err memory_file_new(struct arena *a, struct memory_file *out)
{
    struct memory_file f = { .fd = memfd_create("tenstar", MFD_CLOEXEC) };

    if (f.fd < 0)
        return file_err(a, S("memory"), errno);
    (void)snprintf(f.path, sizeof f.path, "/proc/self/fd/%d", f.fd);
    *out = f;
    return OK;
}

void memory_file_end(struct memory_file *f)
{
    if (f->fd >= 0)
        (void)close(f->fd);
    *f = MEMORY_FILE_NONE;
}

err memory_file_add(const struct memory_file *f, struct arena *a, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(f->fd, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_err(a, str_of(f->path), errno);
        bytes = str_from(bytes, (size_t)n);
    }
    return OK;
}

static err read_all(const struct memory_file *f, struct arena *a, char *to,
                    size_t n)
{
    for (size_t at = 0; at < n;) {
        ssize_t got = pread(f->fd, to + at, n - at, (off_t)at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return file_err(a, str_of(f->path), got < 0 ? errno : EIO);
        at += (size_t)got;
    }
    return OK;
}

err memory_file_read(const struct memory_file *f, struct arena *a, size_t limit,
                     str *out)
{
    struct stat s;

    if (fstat(f->fd, &s) != 0)
        return file_err(a, str_of(f->path), errno);
    if ((size_t)s.st_size > limit)
        return err_new(a, ERR_LIMIT, "file.limit",
                       ARG_STR("path", str_of(f->path)),
                       ARG_INT("limit", limit));

    char *bytes = arena_zero(a, (size_t)s.st_size + 1);
    TRY_MEMORY(bytes);
    TRY(read_all(f, a, bytes, (size_t)s.st_size));
    *out = (str){ bytes, (size_t)s.st_size };
    return OK;
}
