#ifndef SEARCH_ROOM_H
#define SEARCH_ROOM_H

/*
 * room -- inside search: memory that one search leaves to the next.
 *
 * Blocks are taken one after the other and given back all at once.  They are
 * kept, each as large as it ever was, and not zeroed.
 */

#include "search/search.h"

enum { ROOM_BLOCKS = 24 };

struct search_room {
    struct heap *heap;
    void *blocks[ROOM_BLOCKS];
    size_t sizes[ROOM_BLOCKS];
    int taken;
};

/* NULL without memory. */
void *room_take(struct search_room *room, size_t bytes);

/* The same, zeroed. */
void *room_zero(struct search_room *room, size_t bytes);

/* Give back what was taken after `taken` blocks. */
static inline void room_back(struct search_room *room, int taken)
{
    room->taken = taken;
}

#endif
