#include "records/repeats.h"

#include "base/check.h"
#include "base/heap.h"
#include "records/sorted.h"

#include <assert.h>
#include <string.h>

enum {
    PART_TICKETS = 126, /* with the two fields before them 1 KiB */
    FILE_SHIFT = 52,    /* the upper 12 bits name the file */
    MINUTE_BITS = 27,
    KEY_BYTES = 8,
    HALF_WAY = REPEATS_WAITING / 2,
    SLAB_PARTS = 8000, /* 8 MB: above what the program keeps of memory that was
                          given back (sys/memory.c), so it goes to the system
                          before medians take theirs */
};

#define MINUTE_MASK ((UINT64_C(1) << MINUTE_BITS) - 1)
#define ROW_MASK    ((UINT64_C(1) << REPEATS_ROW_BITS) - 1)

struct repeats_part {
    struct repeats_part *next;
    size_t n;
    uint64_t tickets[PART_TICKETS];
};

struct repeats_slab {
    struct repeats_slab *older;
    size_t n;
    struct repeats_part parts[SLAB_PARTS];
};

/* The key that a ticket is sorted by: subject and minute in one number.  Row
 * and minute take as many bits, so the subject stays where it is. */
static_assert((int)REPEATS_ROW_BITS == (int)MINUTE_BITS);

void repeats_init(struct repeats *r, struct heap *h)
{
    *r = (struct repeats){ .heap = h };
}

void repeats_end(struct repeats *r)
{
    struct repeats_slab *older;

    for (struct repeats_slab *s = r->slabs; s != NULL; s = older) {
        older = s->older;
        r->heap->resize(r->heap, s, 0);
    }
    *r = (struct repeats){ .heap = r->heap };
}

static struct repeats_part *take_part(struct repeats *r)
{
    struct repeats_slab *s = r->slabs;

    if (s == NULL || s->n == SLAB_PARTS) {
        s = r->heap->resize(r->heap, NULL, sizeof *s);
        if (s == NULL)
            return NULL;
        s->older = r->slabs;
        s->n = 0;
        if (r->slabs == NULL)
            r->oldest = s;
        r->slabs = s;
    }
    return &s->parts[s->n++];
}

/* A last part is told only then how many it has: else each ticket would touch
 * two places. */
static void settle(struct repeats_file *f)
{
    if (f->last != NULL)
        f->last->n = f->last_n;
}

static bool new_part(struct repeats *r, struct repeats_file *f)
{
    struct repeats_part *p = take_part(r);

    if (p == NULL)
        return false;
    settle(f);
    p->next = NULL;
    p->n = 0;
    f->last_n = 0;
    if (f->last == NULL)
        f->first = p;
    else
        f->last->next = p;
    f->last = p;
    return true;
}

static struct repeats_waiting *waiting(struct repeats *r, size_t which)
{
    return &r->waiting[which % REPEATS_WAITING];
}

/* The oldest that waits goes into its file. */
static bool file_oldest(struct repeats *r)
{
    const struct repeats_waiting *w = waiting(r, r->filed);
    struct repeats_file *f = &r->files[w->file];

    if ((f->last == NULL || f->last_n == PART_TICKETS) && !new_part(r, f))
        return false;
    f->last->tickets[f->last_n++] = w->ticket;
    f->n++;
    r->filed++;
    return true;
}

static bool file_all(struct repeats *r)
{
    while (r->filed < r->came) {
        if (!file_oldest(r))
            return false;
    }
    for (size_t i = 0; i < REPEATS_FILES; i++)
        settle(&r->files[i]);
    return true;
}

/* Half of the wait is for the part to be known, half for its place. [RP4] */
static void fetch_place(struct repeats *r)
{
    const struct repeats_file *f;

    if (r->came < HALF_WAY)
        return;
    f = &r->files[waiting(r, r->came - HALF_WAY)->file];
    if (f->last != NULL && f->last_n < PART_TICKETS)
        __builtin_prefetch(&f->last->tickets[f->last_n], 1);
}

bool repeats_add(struct repeats *r, uint64_t subject, uint32_t row)
{
    uint32_t file = (uint32_t)(subject >> FILE_SHIFT);

    check(row <= ROW_MASK);
    if (r->came - r->filed == REPEATS_WAITING && !file_oldest(r))
        return false;
    *waiting(r, r->came++) =
        (struct repeats_waiting){ subject << REPEATS_ROW_BITS | row, file };
    __builtin_prefetch(&r->files[file], 1);
    fetch_place(r);
    return true;
}

static void shift_row(uint64_t *ticket, uint32_t rows)
{
    check((*ticket & ROW_MASK) + rows <= ROW_MASK);
    *ticket += rows;
}

static void shift_rows(struct repeats_file *f, uint32_t rows)
{
    for (struct repeats_part *p = f->first; p != NULL; p = p->next) {
        for (size_t i = 0; i < p->n; i++)
            shift_row(&p->tickets[i], rows);
    }
}

bool repeats_merge(struct repeats *r, struct repeats *other, uint32_t rows)
{
    if (!file_all(r) || !file_all(other))
        return false;
    for (size_t i = 0; i < REPEATS_FILES; i++) {
        struct repeats_file *into = &r->files[i];
        struct repeats_file *from = &other->files[i];

        if (from->first == NULL)
            continue;
        shift_rows(from, rows);
        if (into->last == NULL)
            into->first = from->first;
        else
            into->last->next = from->first;
        into->last = from->last;
        into->last_n = from->last_n;
        into->n += from->n;
        *from = (struct repeats_file){ 0 };
    }
    if (other->slabs == NULL)
        return true;
    if (r->slabs == NULL)
        r->slabs = other->slabs;
    else
        r->oldest->older = other->slabs;
    r->oldest = other->oldest;
    other->slabs = other->oldest = NULL;
    return true;
}

static void gather(const struct repeats_file *f,
                   const struct repeats_finding *asked, struct sorted *out)
{
    for (const struct repeats_part *p = f->first; p != NULL; p = p->next) {
        for (size_t i = 0; i < p->n; i++) {
            uint32_t row = (uint32_t)(p->tickets[i] & ROW_MASK);

            *out++ = (struct sorted){ (p->tickets[i] & ~ROW_MASK) |
                                          asked->opened(asked->context, row),
                                      row };
        }
    }
}

/* One walk from behind: `next` is the first ticket of another minute. [RP3] */
static void walk(const struct sorted *t, size_t n,
                 const struct repeats_finding *f)
{
    size_t next = n;

    for (size_t i = n; i-- > 0;) {
        if (i + 1 < n && t[i].key != t[i + 1].key)
            next = i + 1;
        if (next < n && t[next].key >> MINUTE_BITS == t[i].key >> MINUTE_BITS &&
            (t[next].key & MINUTE_MASK) <=
                f->until(f->context, (uint32_t)t[i].row))
            f->repeated(f->context, (uint32_t)t[i].row);
    }
}

static size_t fullest(const struct repeats *r)
{
    size_t most = 0;

    for (size_t i = 0; i < REPEATS_FILES; i++)
        most = r->files[i].n > most ? r->files[i].n : most;
    return most;
}

bool repeats_find(struct repeats *r, const struct repeats_finding *f)
{
    size_t most;
    struct sorted *room;

    if (!file_all(r))
        return false;
    most = fullest(r);
    if (most == 0)
        return true;
    room = r->heap->resize(r->heap, NULL, most * 2 * sizeof *room);
    if (room == NULL)
        return false;
    for (size_t i = 0; i < REPEATS_FILES; i++) {
        size_t n = r->files[i].n;

        if (n < 2)
            continue;
        gather(&r->files[i], f, room);
        walk(sorted_by_key(room, room + n, n, KEY_BYTES), n, f); /* [RP5] */
    }
    r->heap->resize(r->heap, room, 0);
    return true;
}
