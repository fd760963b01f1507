#include "records/low.h"

#include "base/heap.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 64, DAY_SHIFT = 32 };

void low_init(struct low *l, struct heap *h)
{
    *l = (struct low){ .heap = h };
}

void low_end(struct low *l)
{
    if (l->heap != NULL)
        l->seen = l->heap->resize(l->heap, l->seen, 0);
    l->n = 0;
    l->room = 0;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Sorted, each once. */
static void settle(struct low *l)
{
    size_t kept = 0;

    if (l->n > 0)
        qsort(l->seen, l->n, sizeof *l->seen, by_value);
    for (size_t i = 0; i < l->n; i++) {
        if (kept == 0 || l->seen[kept - 1] != l->seen[i])
            l->seen[kept++] = l->seen[i];
    }
    l->n = kept;
}

/* Room for one more: what stands twice goes first, and half of the room is free
 * then, so that sorting stays rare. */
static bool make_room(struct low *l)
{
    size_t room = l->room == 0 ? ROOM_FIRST : l->room * 2;
    uint64_t *seen;

    if (l->n < l->room)
        return true;
    settle(l);
    if (l->n < l->room / 2)
        return true;
    seen = l->heap->resize(l->heap, l->seen, room * sizeof *seen);
    if (seen == NULL)
        return false;
    l->seen = seen;
    l->room = room;
    return true;
}

bool low_add(struct low *l, uint32_t part, uint32_t on)
{
    uint64_t value = (uint64_t)on << DAY_SHIFT | part;

    if (l->n > 0 && l->seen[l->n - 1] == value)
        return true;
    if (!make_room(l))
        return false;
    l->seen[l->n++] = value;
    return true;
}

bool low_merge(struct low *l, const struct low *other, const uint32_t *map)
{
    for (size_t i = 0; i < other->n; i++) {
        uint32_t part = (uint32_t)other->seen[i];

        if (!low_add(l, map == NULL ? part : map[part],
                     (uint32_t)(other->seen[i] >> DAY_SHIFT)))
            return false;
    }
    return true;
}

void low_close(struct low *l)
{
    settle(l);
}

uint32_t low_days(const struct low *l)
{
    uint32_t n = 0;

    for (size_t i = 0; i < l->n; i++)
        n += i == 0 || l->seen[i] >> DAY_SHIFT != l->seen[i - 1] >> DAY_SHIFT;
    return n;
}

uint32_t low_parts(const struct low *l)
{
    uint32_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        uint32_t part = (uint32_t)l->seen[i];

        n = part >= n ? part + 1 : n;
    }
    return n;
}

void low_by_part(const struct low *l, uint32_t *out)
{
    uint32_t parts = low_parts(l);

    if (parts > 0)
        memset(out, 0, parts * sizeof *out);
    for (size_t i = 0; i < l->n; i++)
        out[(uint32_t)l->seen[i]]++;
}
