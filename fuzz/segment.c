/* Any bytes as a segment: refused, or searched without harm. [SG4]
 *
 * The input is a place and what to put there, again and again, in a segment
 * that was good; what follows a 0xff of a place cuts it short. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "search/search.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct search_document documents[] = {
    { .id = 1, .name = S_INIT("深圳市华为技术有限公司") },
    { .id = 2, .name = S_INIT("华为有限公司") },
    { .id = 3, .name = S_INIT("西安长安汽车厂"), .facets = { 3 } },
    { .id = 9, .name = S_INIT("TCL Group") },
};
static const str asked[] = { S_INIT("华为"), S_INIT("有限公司"), S_INIT("hw"),
                             S_INIT("changan 汽"), S_INIT("长按汽") };

static void search_all(struct arena *a, struct search_room *room,
                       const struct segment *s)
{
    struct segment_part part = { .segment = s };
    struct search_answer x;

    for (size_t i = 0; i < COUNT(asked); i++) {
        struct search_request rq = { .asked = asked[i],
                                     .want = 3,
                                     .count = true };

        for (int f = 0; f < SEARCH_FACETS; f++)
            rq.facets[f] = SEARCH_ANY;
        rq.facets[SEARCH_PLACE].to = (uint16_t)(i % 2 == 0 ? UINT16_MAX : 7);
        err e = search_find(a, room, &part, 1, &rq, &x);
        check(!failed(e) || err_is(e, ERR_MEMORY));
    }
}

/* The good bytes with the input's changes; how long they are now. */
static size_t change(char *to, size_t size, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i + 3 < n; i += 4) {
        size_t at = ((size_t)bytes[i] << 8 | bytes[i + 1]) % size;

        if (bytes[i] == 0xff)
            return at;
        to[at] = (char)bytes[i + 2];
    }
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(search_room_free) struct search_room *room = NULL;
    const struct segment *s;
    str good;

    arena_init(&a, &h, 64 << 20);
    check(!failed(search_room_new(&h, &room)));
    check(!failed(segment_build(&h, &a, documents, COUNT(documents), &good)));

    char *changed = arena_zero(&a, good.n);
    check(changed != NULL);
    memcpy(changed, good.p, good.n);
    size_t size = change(changed, good.n, bytes, n);
    err e = segment_open(&a, (str){ changed, size }, &s);
    check(size == good.n || failed(e));
    if (!failed(e))
        search_all(&a, room, s);
    return 0;
}
