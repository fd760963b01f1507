/* Any bytes as a file of certificates: it is refused with a reason, or every
 * row is refused with one or sound; and what is sound reads as itself when its
 * canonical text is the file. [IP1] [IP4] [IF1]..[IF3] */

#include "service/import_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { TODAY = 20786, ARENA = 256 << 20, TEXT_MAX = 1 << 20, AGAIN_MOST = 20 };

/* A file in memory, that can be opened by its path. */
struct held {
    int fd;
    char path[40];
};

static void hold(struct held *f, const char *name)
{
    f->fd = memfd_create(name, 0);
    check(f->fd >= 0);
    (void)snprintf(f->path, sizeof f->path, "/proc/self/fd/%d", f->fd);
}

static void fill(const struct held *f, str bytes)
{
    check(ftruncate(f->fd, 0) == 0);
    check(pwrite(f->fd, bytes.p, bytes.n, 0) == (ssize_t)bytes.n);
}

static err open_held(struct arena *a, struct heap *h, struct file_ops *files,
                     const struct held *f, struct import_file **out)
{
    const struct import_from from = { files, str_of(f->path), S("") };

    return import_file_open(a, h, &from, out);
}

static bool is_reason(err e)
{
    return e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT;
}

/* What a line says, canonically; empty: it is refused. */
static str canonical_of(struct arena *a, const struct import_line *line)
{
    struct import_faults faults;
    struct import_row row;
    struct buf b;
    str text;

    check(!failed(import_read(a, line->cells, TODAY, &row, &faults)));
    for (size_t i = 0; i < faults.n; i++)
        check(is_reason(faults.at[i].why));
    if (faults.n > 0)
        return S("");
    check(row.until >= row.from && row.number.n > 0 && row.criterion.n > 0);
    buf_init(&b, a, TEXT_MAX);
    import_canonical(&b, &row, 0);
    check(!failed(buf_done(&b, &text)));
    check(utf8_check(text, NULL));
    return text;
}

/* The only line of a file that is this text says the same. */
static void check_again(struct heap *h, struct file_ops *files,
                        const struct held *f, str text)
{
    struct import_file *again = NULL;
    struct import_line line;
    scoped(arena_end) struct arena a;
    bool found;

    arena_init(&a, h, ARENA);
    fill(f, text);
    check(!failed(open_held(&a, h, files, f, &again)));
    check(!failed(import_file_next(again, &a, &line, &found)) && found);
    check(!failed(line.why) && line.line == 1);
    check(str_eq(canonical_of(&a, &line), text));
    check(!failed(import_file_next(again, &a, &line, &found)) && !found);
    import_file_end(&again);
}

static void read_all(struct heap *h, struct file_ops *files,
                     struct import_file *f, const struct held *other)
{
    int64_t before = 0;
    bool found = true;

    for (int64_t sound = 0; found;) {
        struct import_line line;
        scoped(arena_end) struct arena a;
        str text;

        arena_init(&a, h, ARENA);
        err e = import_file_next(f, &a, &line, &found);
        check(!failed(e) || is_reason(e));
        if (failed(e) || !found)
            return;
        check(line.line > before);
        before = line.line;
        check(!failed(line.why) || is_reason(line.why));
        text = failed(line.why) ? S("") : canonical_of(&a, &line);
        if (text.n > 0 && sound++ < AGAIN_MOST)
            check_again(h, files, other, text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct held file = { .fd = -1 };
    static struct held other;
    struct file_ops files = FILE_SYSTEM;
    struct heap h = HEAP_LIBC;
    struct import_file *f = NULL;
    scoped(arena_end) struct arena a;

    if (file.fd < 0) {
        hold(&file, "fuzz");
        hold(&other, "again");
    }
    arena_init(&a, &h, ARENA);
    fill(&file, (str){ (const char *)bytes, n });
    err e = open_held(&a, &h, &files, &file, &f);
    check(!failed(e) || is_reason(e));
    if (!failed(e))
        read_all(&h, &files, f, &other);
    import_file_end(&f);
    return 0;
}
