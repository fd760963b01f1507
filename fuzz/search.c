/* Anything typed: refused as no UTF-8, or answered in order, page by page, and
 * by as many as were counted. [SE4] */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "search/search.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct search_document documents[] = {
    { .id = 1, .name = S_INIT("深圳市华为技术有限公司") },
    { .id = 2, .name = S_INIT("华为有限公司") },
    { .id = 3, .name = S_INIT("西安长安汽车厂"), .facets = { 3 } },
    { .id = 4, .name = S_INIT("龍騰電機（HUAWEI）店") },
    { .id = 5, .name = S_INIT("厦门乐百氏食品厂") },
    { .id = 6, .name = S_INIT("𬭚锦 A.O.史密斯") },
    { .id = 9, .name = S_INIT("TCL Group") },
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(search_room_free) struct search_room *room = NULL;
    struct segment_part part = { .dead = NULL };
    struct search_request rq = { .asked = { (const char *)bytes, n },
                                 .want = 2,
                                 .count = true };
    struct search_answer x = { .more = true };
    size_t seen = 0;
    str made;

    arena_init(&a, &h, 64 << 20);
    check(!failed(search_room_new(&h, &room)));
    check(!failed(segment_build(&h, &a, documents, COUNT(documents), &made)));
    check(!failed(segment_open(&a, made, &part.segment)));
    for (int f = 0; f < SEARCH_FACETS; f++)
        rq.facets[f] = SEARCH_ANY;
    while (x.more) {
        err e = search_find(&a, room, &part, 1, &rq, &x);

        if (failed(e)) {
            check(err_is(e, ERR_INVALID) && !utf8_check(rq.asked, NULL));
            return 0;
        }
        for (size_t i = 0; i < x.n; i++) {
            check(x.hits[i].key > rq.after);
            rq.after = x.hits[i].key;
        }
        seen += x.n;
        check(x.n > 0 || !x.more);
    }
    check(seen == x.count && seen <= COUNT(documents));
    return 0;
}
