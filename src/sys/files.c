#include "sys/files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST_READ = 16384, /* bytes; doubled until the file fits */
    NAME_LIMIT = 4096,  /* PATH_MAX */
    FIRST_NAMES = 64,
    NANOS_OF_SECOND = 1000000000,
};

struct opened {
    struct file_ops *ops;
    int fd; /* -1: closed */
};

static void opened_end(struct opened *o)
{
    if (o->fd >= 0)
        (void)o->ops->close(o->ops, o->fd);
    o->fd = -1;
}

err file_err(struct arena *a, str path, int number)
{
    static const struct {
        int number;
        enum err_code code;
        const char *id;
    } known[] = {
        { ENOENT, ERR_NOT_FOUND, "file.missing" },
        { EACCES, ERR_IO, "file.denied" },
        { EPERM, ERR_IO, "file.denied" },
        { EROFS, ERR_IO, "file.denied" },
        { ENOSPC, ERR_IO, "file.full" },
        { EDQUOT, ERR_IO, "file.full" },
        { EISDIR, ERR_IO, "file.folder" },
        { ENOTDIR, ERR_IO, "file.no_folder" },
        { EMFILE, ERR_IO, "file.handles" },
        { ENFILE, ERR_IO, "file.handles" },
        { EIO, ERR_IO, "file.device" },
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].number == number)
            return err_new(a, known[i].code, known[i].id,
                           ARG_STR("path", path));
    }
    return err_new(a, ERR_IO, "file.system", ARG_STR("path", path),
                   ARG_INT("number", number));
}

err file_in(struct arena *a, str folder, str name, str *out)
{
    struct buf b;

    buf_init(&b, a, NAME_LIMIT);
    buf_str(&b, folder);
    buf_char(&b, '/');
    buf_str(&b, name);
    return buf_done(&b, out);
}

err file_path(struct arena *a, str s, const char **out)
{
    str copy = S("");

    if (s.n == 0 || s.n >= NAME_LIMIT || str_index(s, '\0') < s.n)
        return err_new(a, ERR_INVALID, "file.name", ARG_STR("path", s));
    TRY_MEMORY(arena_str(a, s, &copy));
    *out = copy.p;
    return OK;
}

static err open_file(struct file_ops *f, struct arena *a, str path, int flags,
                     mode_t mode, struct opened *out)
{
    const char *z = NULL;

    TRY(file_path(a, path, &z));
    int fd = f->open(f, z, flags, mode);
    if (fd < 0)
        return file_err(a, path, errno);
    *out = (struct opened){ f, fd };
    return OK;
}

/* Fill p as far as there is file; *got < n means that it ended.  0 or errno. */
static int fill(struct file_ops *ops, int fd, char *p, size_t n, size_t *got)
{
    size_t have = 0;

    while (have < n) {
        ssize_t more = ops->read(ops, fd, p + have, n - have);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return errno;
        if (more == 0)
            break;
        have += (size_t)more;
    }
    *got = have;
    return 0;
}

static err read_up_to(const struct opened *o, struct arena *a, str path,
                      char *p, size_t n, size_t *got)
{
    int number = fill(o->ops, o->fd, p, n, got);

    return number == 0 ? OK : file_err(a, path, number);
}

/* Of a pipe nobody knows how long it is before it ends. */
static void look_at(struct file_stream *f)
{
    struct stat s;

    if (fstat(f->fd, &s) != 0 || !S_ISREG(s.st_mode))
        return;
    f->plain = true;
    f->size = (uint64_t)s.st_size;
    f->changed =
        (int64_t)s.st_mtim.tv_sec * NANOS_OF_SECOND + s.st_mtim.tv_nsec;
}

err file_stream_open(struct file_ops *f, struct arena *a, str path,
                     struct file_stream *out)
{
    struct opened o = { f, -1 };

    TRY(open_file(f, a, path, O_RDONLY | O_NOCTTY | O_CLOEXEC, 0, &o));
    *out = (struct file_stream){ .ops = f, .fd = o.fd };
    look_at(out);
    return OK;
}

void file_stream_end(struct file_stream *s)
{
    if (s->fd >= 0)
        (void)s->ops->close(s->ops, s->fd);
    s->fd = -1;
}

int file_stream_read(struct file_stream *s, char *p, size_t n, size_t *got)
{
    return fill(s->ops, s->fd, p, n, got);
}

/* In room for `first` bytes, and then for twice as many as before. */
static err read_growing(struct file_ops *f, struct arena *a, str path,
                        size_t first, size_t limit, str *out)
{
    scoped(opened_end) struct opened o = { f, -1 };
    size_t have = 0;
    char *p = NULL;

    check(limit < SIZE_MAX / 4);
    TRY(open_file(f, a, path, O_RDONLY | O_NOCTTY, 0, &o));
    for (size_t size = first;; size *= 2) {
        size_t room = size <= limit ? size : limit + 1;
        char *bigger = arena_zero(a, room + 1);
        size_t got = 0;

        TRY_MEMORY(bigger);
        if (have > 0)
            memcpy(bigger, p, have);
        p = bigger;
        TRY(read_up_to(&o, a, path, p + have, room - have, &got));
        have += got;
        if (have > limit)
            return err_new(a, ERR_LIMIT, "file.limit", ARG_STR("path", path),
                           ARG_INT("limit", limit));
        if (have < room)
            break;
    }
    *out = (str){ p, have };
    return OK;
}

err file_read(struct file_ops *f, struct arena *a, str path, size_t limit,
              str *out)
{
    return read_growing(f, a, path, FIRST_READ, limit, out);
}

err file_read_sized(struct file_ops *f, struct arena *a, str path, size_t size,
                    str *out)
{
    return read_growing(f, a, path, size + 1, size, out);
}

/* Where the last part of a path begins. */
static size_t last_part(str path)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return at;
}

str file_folder(str path)
{
    size_t at = last_part(path);

    while (at > 1 && path.p[at - 1] == '/')
        at--;
    return at == 0 ? S(".") : str_first(path, at);
}

/* The thread's number keeps two writers of one path apart, and is used again
 * after a crash, so that what one leaves behind is removed by the next. */
static err new_name(struct arena *a, str path, str *out)
{
    size_t at = last_part(path);
    struct buf b;

    if (at == path.n)
        return err_new(a, ERR_INVALID, "file.name", ARG_STR("path", path));
    buf_init(&b, a, NAME_LIMIT);
    buf_str(&b, str_first(path, at));
    buf_char(&b, '.');
    buf_str(&b, str_from(path, at));
    buf_printf(&b, ".%d.new", (int)gettid());
    return buf_done(&b, out);
}

static err sync_folder_of(struct file_ops *f, struct arena *a, str path)
{
    scoped(opened_end) struct opened o = { f, -1 };
    str folder = file_folder(path);

    TRY(open_file(f, a, folder, O_RDONLY | O_DIRECTORY, 0, &o));
    if (f->sync(f, o.fd) != 0)
        return file_err(a, folder, errno);
    return OK;
}

err file_put(struct file_ops *f, struct arena *a, int fd, str path, str bytes)
{
    size_t done = 0;

    while (done < bytes.n) {
        ssize_t more = f->write(f, fd, bytes.p + done, bytes.n - done);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return file_err(a, path, errno);
        done += (size_t)more;
    }
    return OK;
}

/* Make the file `name`, which nobody else may have; what a crash left behind
 * under our name is removed. */
static int open_new(struct file_ops *f, const char *name, mode_t mode)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    int fd = f->open(f, name, flags, mode);

    if (fd < 0 && errno == EEXIST && f->remove(f, name) == 0)
        fd = f->open(f, name, flags, mode);
    return fd;
}

/* A new file is never missing: its folder is. */
static err not_made(struct arena *a, str path, int number)
{
    if (number == ENOENT)
        return err_new(a, ERR_NOT_FOUND, "file.parent", ARG_STR("path", path),
                       ARG_STR("folder", file_folder(path)));
    return file_err(a, path, number);
}

/* Errors speak of `path`, which is the file that the caller knows. */
static err write_new(struct file_ops *f, struct arena *a, str path, str name,
                     str bytes, mode_t mode)
{
    scoped(opened_end) struct opened o = { f, open_new(f, name.p, mode) };

    if (o.fd < 0)
        return not_made(a, path, errno);
    TRY(file_put(f, a, o.fd, path, bytes));
    if (f->sync(f, o.fd) != 0)
        return file_err(a, path, errno);

    int closed = f->close(f, o.fd);
    o.fd = -1;
    if (closed != 0)
        return file_err(a, path, errno);
    return OK;
}

err file_write(struct file_ops *f, struct arena *a, str path, str bytes,
               mode_t mode)
{
    const char *z = NULL;
    str name = S("");

    TRY(file_path(a, path, &z));
    TRY(new_name(a, path, &name));

    err e = write_new(f, a, path, name, bytes, mode);
    if (!failed(e) && f->rename(f, name.p, z) != 0)
        e = file_err(a, path, errno);
    if (failed(e)) {
        /* What cannot be removed now is removed by the next who writes. */
        (void)f->remove(f, name.p);
        return e;
    }
    return sync_folder_of(f, a, path);
}

err file_remove(struct file_ops *f, struct arena *a, str path)
{
    const char *z = NULL;

    TRY(file_path(a, path, &z));
    if (f->remove(f, z) != 0)
        return file_err(a, path, errno);
    return sync_folder_of(f, a, path);
}

static err make_one(struct file_ops *f, struct arena *a, str path, mode_t mode)
{
    const char *z = NULL;

    TRY(file_path(a, path, &z));
    if (f->make(f, z, mode) == 0)
        return sync_folder_of(f, a, path);
    return errno == EEXIST ? OK : file_err(a, path, errno);
}

err folder_check(struct file_ops *f, struct arena *a, str path)
{
    scoped(opened_end) struct opened o = { f, -1 };

    return open_file(f, a, path, O_RDONLY | O_DIRECTORY, 0, &o);
}

err folder_make(struct file_ops *f, struct arena *a, str path, mode_t mode)
{
    for (size_t i = 1; i < path.n; i++) {
        if (path.p[i] == '/' && path.p[i - 1] != '/')
            TRY(make_one(f, a, str_first(path, i), mode));
    }
    TRY(make_one(f, a, path, mode));

    /* What was there already may be a file. */
    return folder_check(f, a, path);
}

struct listing {
    struct file_ops *ops;
    DIR *dir;
};

static void listing_end(struct listing *l)
{
    if (l->dir != NULL)
        (void)l->ops->listed(l->ops, l->dir);
    l->dir = NULL;
}

struct growing {
    str *at;
    size_t n;
    size_t size;
};

static bool add_name(struct growing *g, struct arena *a, const char *name)
{
    if (g->n == g->size) {
        size_t size = g->size == 0 ? FIRST_NAMES : g->size * 2;
        str *bigger = arena_array(a, size, sizeof *bigger);
        if (bigger == NULL)
            return false;
        if (g->n > 0)
            memcpy(bigger, g->at, g->n * sizeof *bigger);
        g->at = bigger;
        g->size = size;
    }
    if (!arena_str(a, str_of(name), &g->at[g->n]))
        return false;
    g->n++;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

err folder_list(struct file_ops *f, struct arena *a, str path, size_t limit,
                struct file_names *out)
{
    scoped(listing_end) struct listing l = { f, NULL };
    struct growing names = { 0 };
    const char *z = NULL;

    TRY(file_path(a, path, &z));
    l.dir = f->list(f, z);
    if (l.dir == NULL)
        return file_err(a, path, errno);

    for (;;) {
        errno = 0;
        const struct dirent *entry = f->next(f, l.dir);
        if (entry == NULL)
            break;
        if (entry->d_name[0] == '.')
            continue;
        if (names.n == limit)
            return err_new(a, ERR_LIMIT, "file.many", ARG_STR("path", path),
                           ARG_INT("limit", limit));
        TRY_MEMORY(add_name(&names, a, entry->d_name));
    }
    if (errno != 0)
        return file_err(a, path, errno);

    if (names.n > 1)
        qsort(names.at, names.n, sizeof *names.at, by_bytes);
    *out = (struct file_names){ names.at, names.n };
    return OK;
}
