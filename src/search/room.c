#include "search/room.h"

#include "base/heap.h"

#include <string.h>

err search_room_new(struct heap *h, struct search_room **out)
{
    struct search_room *room = h->resize(h, NULL, sizeof *room);

    TRY_MEMORY(room != NULL);
    *room = (struct search_room){ .heap = h };
    *out = room;
    return OK;
}

void search_room_free(struct search_room **room)
{
    if (*room == NULL)
        return;

    struct heap *h = (*room)->heap;
    for (int i = 0; i < ROOM_BLOCKS; i++)
        if ((*room)->blocks[i] != NULL)
            h->resize(h, (*room)->blocks[i], 0);
    h->resize(h, *room, 0);
    *room = NULL;
}

void *room_take(struct search_room *room, size_t bytes)
{
    if (room->taken == ROOM_BLOCKS)
        return NULL;

    int i = room->taken;
    if (room->sizes[i] < bytes || room->blocks[i] == NULL) {
        size_t size = bytes < 64 ? 64 : bytes;

        /* What it held is of no use: nothing is to be copied. */
        if (room->blocks[i] != NULL)
            room->heap->resize(room->heap, room->blocks[i], 0);
        room->sizes[i] = 0;
        room->blocks[i] = room->heap->resize(room->heap, NULL, size);
        if (room->blocks[i] == NULL)
            return NULL;
        room->sizes[i] = size;
    }
    room->taken++;
    return room->blocks[i];
}

void *room_zero(struct search_room *room, size_t bytes)
{
    void *p = room_take(room, bytes);

    if (p != NULL && bytes > 0)
        memset(p, 0, bytes);
    return p;
}
