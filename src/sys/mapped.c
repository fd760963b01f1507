#include "sys/mapped.h"

#include "sys/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* Returns 0 or an errno.  There is no mapping of nothing. */
static int map(int fd, str *out)
{
    struct stat found;
    void *p;

    if (fstat(fd, &found) != 0)
        return errno;
    if (found.st_size == 0)
        return 0;
    p = mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED)
        return errno;
    *out = (str){ p, (size_t)found.st_size };
    return 0;
}

err mapped_open(struct file_ops *f, struct arena *a, str path,
                struct mapped *out)
{
    struct mapped m = { .bytes = S("") };
    const char *name;
    int number;
    int fd;

    TRY(file_path(a, path, &name));
    fd = f->open(f, name, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return file_err(a, path, errno);
    number = map(fd, &m.bytes);
    (void)f->close(f, fd);
    if (number != 0)
        return file_err(a, path, number);
    *out = m;
    return OK;
}

void mapped_end(struct mapped *m)
{
    if (m->bytes.n > 0)
        (void)munmap((void *)(uintptr_t)m->bytes.p, m->bytes.n);
    m->bytes = S("");
}
