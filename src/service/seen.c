#include "service/seen.h"

#include "base/heap.h"

#include <string.h>

enum { ROOM_FIRST = 1 << 6 };

/* Where it is, or belongs: there is always a free place.  Hashes are spread
 * evenly by themselves. */
static struct hash *place_of(const struct seen *s, const struct hash *h)
{
    size_t at;

    memcpy(&at, h->b, sizeof at);
    at &= s->room - 1;
    while (!hash_is_zero(&s->at[at]) && !hash_eq(&s->at[at], h))
        at = (at + 1) & (s->room - 1);
    return &s->at[at];
}

static err begin(struct seen *s, size_t room)
{
    struct hash *made = s->heap->resize(s->heap, NULL, room * sizeof *made);

    TRY_MEMORY(made);
    memset(made, 0, room * sizeof *made);
    s->at = made;
    s->room = room;
    return OK;
}

static err grow(struct seen *s)
{
    struct seen before = *s;

    if (s->room == 0)
        return begin(s, ROOM_FIRST);
    TRY(begin(s, 2 * s->room));
    for (size_t i = 0; i < before.room; i++) {
        if (!hash_is_zero(&before.at[i]))
            *place_of(s, &before.at[i]) = before.at[i];
    }
    seen_end(&before);
    return OK;
}

err seen_add(struct seen *s, const struct hash *h, bool *before)
{
    if (s->n == SEEN_MOST) {
        memset(s->at, 0, s->room * sizeof *s->at);
        s->n = 0;
    }
    if (2 * (s->n + 1) > s->room)
        TRY(grow(s));
    struct hash *place = place_of(s, h);
    *before = !hash_is_zero(place);
    s->n += *before ? 0 : 1;
    *place = *h;
    return OK;
}

void seen_end(struct seen *s)
{
    if (s->at != NULL)
        s->heap->resize(s->heap, s->at, 0);
    s->at = NULL;
    s->room = 0;
    s->n = 0;
}
