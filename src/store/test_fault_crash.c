/*
 * test_fault_crash -- what a power failure may leave of the files.
 *
 * For each file: the bytes as of its last sync, and the changes since, in
 * order.  A crash keeps the first and any of the second, whole or torn at a
 * sector of 512 bytes.  A file that was made and not synced, or removed
 * without its folder being synced, may be there or not.
 */
#include "store/test_fault_parts.h"

#include "base/check.h"

#include <stdio.h>
#include <unistd.h>

enum { FILES_MAX = 8, PATH_MAX_HERE = 200, SECTOR = 512 };

struct change {
    struct change *next;
    int64_t at; /* of a write; the new size of a cut */
    size_t n;
    bool cut;
    unsigned char bytes[];
};

struct image {
    char path[PATH_MAX_HERE];
    unsigned char *bytes; /* durable */
    size_t n;
    bool there;   /* the name is durable */
    bool removed; /* but was taken away, the folder not synced */
    struct change *first;
    struct change *last;
};

static struct image images[FILES_MAX];
static size_t image_count;
static struct heap heap = { heap_libc_resize };

static void *grab(void *old, size_t n)
{
    void *p = heap.resize(&heap, old, n);

    check(p != NULL || n == 0);
    return p;
}

static void drop_changes(struct image *i)
{
    struct change *next;

    for (struct change *c = i->first; c != NULL; c = next) {
        next = c->next;
        (void)grab(c, 0);
    }
    i->first = NULL;
    i->last = NULL;
}

void crash_forget(void)
{
    for (size_t i = 0; i < image_count; i++) {
        drop_changes(&images[i]);
        (void)grab(images[i].bytes, 0);
        images[i] = (struct image){ 0 };
    }
    image_count = 0;
}

static struct image *find(const char *path)
{
    for (size_t i = 0; i < image_count; i++) {
        if (strcmp(images[i].path, path) == 0)
            return &images[i];
    }
    return NULL;
}

static void set_size(struct image *i, size_t n)
{
    if (n > i->n) {
        i->bytes = grab(i->bytes, n);
        memset(i->bytes + i->n, 0, n - i->n);
    }
    i->n = n;
}

/* Take the file as it lies on the disk for durable. */
static void load(struct image *i)
{
    FILE *f = fopen(i->path, "rb");
    char block[4096];
    size_t n;

    i->there = f != NULL;
    while (f != NULL && (n = fread(block, 1, sizeof block, f)) > 0) {
        size_t at = i->n;
        set_size(i, at + n);
        memcpy(i->bytes + at, block, n);
    }
    if (f != NULL)
        (void)fclose(f);
}

void crash_opened(const char *path)
{
    struct image *i = find(path);

    if (i == NULL) {
        check(image_count < FILES_MAX && strlen(path) < PATH_MAX_HERE);
        i = &images[image_count++];
        (void)snprintf(i->path, sizeof i->path, "%s", path);
        load(i);
        return;
    }
    if (!i->removed)
        return;
    /* A new file under the old name; its old bytes are gone for good. */
    drop_changes(i);
    i->n = 0;
    i->there = false;
    i->removed = false;
}

static struct change *add(const char *path, size_t n)
{
    struct image *i = find(path);
    struct change *c = grab(NULL, sizeof *c + n);

    check(i != NULL);
    *c = (struct change){ .n = n };
    if (i->last == NULL)
        i->first = c;
    else
        i->last->next = c;
    i->last = c;
    return c;
}

void crash_written(const char *path, int64_t at, const void *p, size_t n)
{
    struct change *c = add(path, n);

    c->at = at;
    memcpy(c->bytes, p, n);
}

void crash_cut(const char *path, int64_t size)
{
    struct change *c = add(path, 0);

    c->at = size;
    c->cut = true;
}

/* The first `n` bytes of a change come through. */
static void apply(struct image *i, const struct change *c, size_t n)
{
    size_t at = (size_t)c->at;

    if (c->cut) {
        set_size(i, at);
        return;
    }
    if (at + n > i->n)
        set_size(i, at + n);
    if (n > 0)
        memcpy(i->bytes + at, c->bytes, n);
}

void crash_synced(const char *path)
{
    struct image *i = find(path);

    check(i != NULL);
    for (const struct change *c = i->first; c != NULL; c = c->next)
        apply(i, c, c->n);
    drop_changes(i);
    i->there = true;
}

void crash_removed(const char *path, bool for_sure)
{
    struct image *i = find(path);

    if (i == NULL)
        return;
    i->removed = true;
    if (!for_sure)
        return;
    drop_changes(i);
    i->n = 0;
    i->there = false;
}

/* --- after the crash -------------------------------------------------- */

/* Keep a choice of what was not synced. */
static void tear(struct image *i, struct test_random *r)
{
    for (const struct change *c = i->first; c != NULL; c = c->next) {
        switch (test_random_below(r, 4)) {
        case 0: break; /* lost */
        case 1:        /* torn */
            apply(i, c,
                  c->n > SECTOR ? SECTOR * test_random_below(r, c->n / SECTOR)
                                : 0);
            break;
        default: apply(i, c, c->n); break;
        }
    }
}

static void lay(struct image *i, bool torn, struct test_random *r)
{
    bool there = i->there;

    if (torn)
        tear(i, r);
    if (torn && (i->removed || !i->there))
        there = test_random_below(r, 2) == 0;
    else if (i->removed)
        there = false;
    if (!there) {
        (void)unlink(i->path);
        return;
    }
    FILE *f = fopen(i->path, "wb");
    bool good = f != NULL && fwrite(i->bytes, 1, i->n, f) == i->n;
    good = f != NULL && fclose(f) == 0 && good;
    if (!good)
        test_fail(__FILE__, __LINE__, i->path, "the file to be laid");
}

void crash_restore(bool torn, uint64_t seed)
{
    struct test_random r = { TEST_SEED ^ seed };
    char shm[PATH_MAX_HERE + 8];

    for (size_t i = 0; i < image_count; i++) {
        lay(&images[i], torn, &r);
        /* The shared index of a WAL is memory: gone. */
        (void)snprintf(shm, sizeof shm, "%.*s-shm", PATH_MAX_HERE,
                       images[i].path);
        (void)unlink(shm);
    }
    crash_forget();
}
