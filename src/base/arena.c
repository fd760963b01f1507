#include "base/arena.h"

#include "base/heap.h"
#include "base/size.h"

#include <stdalign.h>
#include <stdint.h>

#ifdef ARENA_EXACT
enum { BLOCK_MIN = 1, KEEP_ONE = 0 };
#else
enum { BLOCK_MIN = 8192, KEEP_ONE = 1 };
#endif

enum { ALIGN = alignof(max_align_t) };

struct arena_block {
    struct arena_block *next;
    size_t size; /* of bytes[] */
    alignas(max_align_t) unsigned char bytes[];
};

void arena_init(struct arena *a, struct heap *h, size_t limit)
{
    *a = (struct arena){ .heap = h, .budget = limit };
}

void arena_end(struct arena *a)
{
    struct arena_block *next;

    for (struct arena_block *b = a->blocks; b != NULL; b = next) {
        next = b->next;
        a->heap->resize(a->heap, b, 0);
    }
    *a = (struct arena){ 0 };
}

void arena_reset(struct arena *a)
{
    struct arena_block *kept = NULL;
    struct arena_block *next;
    size_t unused = 0;

    for (struct arena_block *b = a->blocks; b != NULL; b = next) {
        next = b->next;
        if (KEEP_ONE && next == NULL && b->size == BLOCK_MIN) {
            kept = b;
            unused = b == a->blocks ? a->left : 0;
            continue;
        }
        a->budget += sizeof *b + b->size;
        a->heap->resize(a->heap, b, 0);
    }
    if (kept != NULL)
        memset(kept->bytes, 0, kept->size - unused);
    a->blocks = kept;
    a->left = kept == NULL ? 0 : kept->size;
}

static bool add_block(struct arena *a, size_t n)
{
    size_t size = n > BLOCK_MIN ? n : BLOCK_MIN;
    size_t total;

    if (!size_add(size, sizeof(struct arena_block), &total))
        return false;
    if (total > a->budget)
        return false;

    struct arena_block *b = a->heap->resize(a->heap, NULL, total);
    if (b == NULL)
        return false;

    memset(b, 0, total);
    b->next = a->blocks;
    b->size = size;
    a->blocks = b;
    a->left = size;
    a->budget -= total;
    return true;
}

void *arena_zero(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 2)
        return NULL;

    size_t need = n == 0 ? ALIGN : (n + ALIGN - 1) / ALIGN * ALIGN;
#ifdef ARENA_EXACT
    a->left = 0;
    need = n == 0 ? 1 : n;
#endif
    if (need > a->left && !add_block(a, need))
        return NULL;

    unsigned char *p = a->blocks->bytes + (a->blocks->size - a->left);
    a->left -= need;
    return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t total;

    if (!size_mul(n, size, &total))
        return NULL;
    return arena_zero(a, total);
}

bool arena_str(struct arena *a, str s, str *out)
{
    char *p = arena_zero(a, s.n + 1);

    if (p == NULL)
        return false;
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    *out = (str){ p, s.n };
    return true;
}
