#include "sys/lock.h"

#include "base/buf.h"
#include "sys/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096, NUMBER_LIMIT = 12 };

void lock_drop(struct lock *l)
{
    if (l->fd >= 0)
        (void)l->ops->close(l->ops, l->fd);
    *l = LOCK_NONE;
}

static err lock_path(struct arena *a, str folder, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_LIMIT);
    buf_str(&b, folder);
    buf_str(&b, S("/lock"));
    return buf_done(&b, out);
}

/* The number in the file; 0 when there is none. */
static int64_t holder(const struct lock *l)
{
    char text[NUMBER_LIMIT + 1] = { 0 };
    ssize_t n = l->ops->read(l->ops, l->fd, text, NUMBER_LIMIT);
    int64_t number = 0;

    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

static err say_who(const struct lock *l, struct arena *a, str path)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, NUMBER_LIMIT);
    buf_int(&b, getpid());
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    return file_put(l->ops, a, l->fd, path, text);
}

err lock_take(struct file_ops *f, struct arena *a, str folder, struct lock *out)
{
    scoped(lock_drop) struct lock l = { f, -1 };
    const char *z = NULL;
    str path = S("");

    TRY(lock_path(a, folder, &path));
    TRY(file_path(a, path, &z));
    l.fd = f->open(f, z, O_RDWR | O_CREAT | O_NOFOLLOW, FILE_SECRET);
    if (l.fd < 0)
        return file_err(a, path, errno);

    if (f->lock(f, l.fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return file_err(a, path, errno);
        return err_new(a, ERR_BUSY, "lock.held", ARG_STR("folder", folder),
                       ARG_INT("process", holder(&l)));
    }
    if (f->truncate(f, l.fd) != 0)
        return file_err(a, path, errno);
    TRY(say_who(&l, a, path));

    *out = l;
    l = LOCK_NONE;
    return OK;
}
