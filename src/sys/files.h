#ifndef SYS_FILES_H
#define SYS_FILES_H

/*
 * files -- whole files, in and out.
 *
 *   [FI1] A file is read whole, up to a limit the caller gives.
 *   [FI2] A file is written whole or not at all: to a new file beside it,
 *         which is synced, given the name, and the folder synced.  Whatever
 *         goes wrong, and whenever the power fails, the name leads to the old
 *         bytes or to the new ones.  After OK it leads to the new ones.
 *   [FI3] Every call to the system goes through a struct file_ops, so that a
 *         test can make each one fail (sys/files_fault.h).
 *   [FI4] An error names the path and says in our words what stands in the
 *         way: ERR_NOT_FOUND "file.missing", ERR_LIMIT "file.limit", ERR_IO
 *         with one of the ids of file_err(), ERR_INVALID "file.name" for a
 *         path that no file can have (empty, or with a NUL inside).
 *
 * Paths are bytes, relative to the working folder or absolute.  Threads: any,
 * also on one path; two who write it at once leave the bytes of one of them.
 */

#include "base/err.h"
#include "base/str.h"

#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct arena;

/* As the system calls of these names: -1 or NULL, and errno, on failure. */
struct file_ops {
    int (*open)(struct file_ops *, const char *path, int flags, mode_t mode);
    ssize_t (*read)(struct file_ops *, int fd, void *p, size_t n);
    ssize_t (*write)(struct file_ops *, int fd, const void *p, size_t n);
    int (*truncate)(struct file_ops *, int fd); /* ftruncate to 0 */
    int (*sync)(struct file_ops *, int fd);     /* fsync */
    int (*close)(struct file_ops *, int fd);
    int (*rename)(struct file_ops *, const char *from, const char *to);
    int (*remove)(struct file_ops *, const char *path);            /* unlink */
    int (*make)(struct file_ops *, const char *path, mode_t mode); /* mkdir */
    int (*lock)(struct file_ops *, int fd, int how);               /* flock */
    DIR *(*list)(struct file_ops *, const char *path);             /* opendir */
    struct dirent *(*next)(struct file_ops *, DIR *d);             /* readdir */
    int (*listed)(struct file_ops *, DIR *d); /* closedir */
};

/* The machine's: `struct file_ops f = FILE_SYSTEM;` */
extern const struct file_ops file_system;
#define FILE_SYSTEM file_system

enum {
    FILE_PUBLIC = 0644,   /* anybody on the machine may read it */
    FILE_SECRET = 0600,   /* only we: keys, the store, uploads */
    FOLDER_PUBLIC = 0755, /* the same for folders */
    FOLDER_PRIVATE = 0700,
};

/* The whole file, at most `limit` bytes; "file.limit" when it has more. */
err file_read(struct file_ops *f, struct arena *a, str path, size_t limit,
              str *out);

/* The same of a file that has `size` bytes, as far as is known: it takes room
 * for so many, where the other takes up to twice what it finds. */
err file_read_sized(struct file_ops *f, struct arena *a, str path, size_t size,
                    str *out);

/* A file that is read from front to back, a piece at a time. */
struct file_stream {
    struct file_ops *ops; /* borrowed */
    int fd;               /* -1: not open */
    bool plain;           /* no pipe, no device: it can be read again */
    uint64_t size;        /* bytes when it was opened; 0: nobody knows */
    int64_t changed; /* when it was last written to: nanoseconds since 1970;
                        0: nobody knows */
};

#define FILE_STREAM_NONE ((struct file_stream){ .fd = -1 })

/* Errors of file_err().  End it with file_stream_end(), which may be called on
 * FILE_STREAM_NONE too. */
err file_stream_open(struct file_ops *f, struct arena *a, str path,
                     struct file_stream *out);
void file_stream_end(struct file_stream *s);

/* Fill `p` as far as there is file; *got < n means that it ended.  Returns 0,
 * or the errno of what failed, for file_err(): whoever reads may have no arena
 * at hand. */
int file_stream_read(struct file_stream *s, char *p, size_t n, size_t *got);

/* [FI2]  `mode` is FILE_PUBLIC or FILE_SECRET, less the process's umask.  The
 * new file is called ".NAME.THREAD.new" until it is whole. */
err file_write(struct file_ops *f, struct arena *a, str path, str bytes,
               mode_t mode);

/* Removes the name and syncs the folder. */
err file_remove(struct file_ops *f, struct arena *a, str path);

/* Make the folder and those above it that are missing, each synced into its
 * parent; one that is there already is left as it is. */
err folder_make(struct file_ops *f, struct arena *a, str path, mode_t mode);

/* Is it a folder, and there?  Else an error of file_err(). */
err folder_check(struct file_ops *f, struct arena *a, str path);

struct file_names {
    const str *at; /* NUL-ended */
    size_t n;
};

/*
 * The names in a folder, sorted by bytes.  Names that begin with a dot are
 * left out: they are half-written files and the folder itself.  "file.many"
 * (ERR_LIMIT) when there are more than `limit`.
 */
err folder_list(struct file_ops *f, struct arena *a, str path, size_t limit,
                struct file_names *out);

/*
 * What `number`, an errno, means for `path`:
 *   ERR_NOT_FOUND "file.missing"   there is no such file or folder
 *   ERR_IO "file.denied"           we may not
 *   ERR_IO "file.full"             the disk or the quota is full
 *   ERR_IO "file.folder"           a folder is where a file should be
 *   ERR_IO "file.no_folder"        a file is where a folder should be
 *   ERR_IO "file.handles"          too many files are open
 *   ERR_IO "file.device"           the disk reports damage
 *   ERR_IO "file.system"           anything else, with the number
 */
err file_err(struct arena *a, str path, int number);

/* All of `bytes` into the open file `fd`, which errors call `path`. */
err file_put(struct file_ops *f, struct arena *a, int fd, str path, str bytes);

/* The path of `name` in `folder`.  ERR_LIMIT "buf.limit" when it is longer than
 * any path can be. */
err file_in(struct arena *a, str folder, str name, str *out);

/* The folder that holds `path`, as open() takes it: "." of a bare name. */
str file_folder(str path);

/* `s` for the system: ERR_INVALID "file.name" for what cannot be a path. */
err file_path(struct arena *a, str s, const char **out);

#endif
