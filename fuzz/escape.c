/* Any bytes as text, address and part of an address in HTML: [ES1], [ES2]. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "page/escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool begins_entity(str s)
{
    static const str entities[] = {
        S_INIT("&amp;"),  S_INIT("&lt;"),  S_INIT("&gt;"),
        S_INIT("&quot;"), S_INIT("&#39;"),
    };

    for (size_t i = 0; i < COUNT(entities); i++) {
        if (str_begins(s, entities[i]))
            return true;
    }
    return false;
}

static void check_safe(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        check(str_index(S("<>\"'"), s.p[i]) == 4);
        check(s.p[i] != '&' || begins_entity(str_from(s, i)));
    }
    check(utf8_check(s, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static void (*const escapers[])(struct buf *, str) = {
        escape_html,
        escape_url,
        escape_url_part,
    };
    str s = { (const char *)bytes, n };

    for (size_t i = 0; i < COUNT(escapers); i++) {
        struct heap h = HEAP_LIBC;
        scoped(arena_end) struct arena a;
        struct buf b;
        str got;
        arena_init(&a, &h, 64 << 20);
        buf_init(&b, &a, 16 << 20);
        escapers[i](&b, s);
        if (!failed(buf_done(&b, &got)))
            check_safe(got);
    }
    return 0;
}
