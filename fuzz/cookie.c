/* Any bytes as a Cookie header; what is found could have been set. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "http/cookie.h"
#include "http/syntax.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct buf b;
    str header = { (const char *)bytes, n };
    str value = { NULL, 77 };
    str text = S("");

    arena_init(&a, &h, 64 << 20);
    if (!cookie_get(header, S("s"), &value)) {
        check(value.n == 77);
        return 0;
    }

    /* cookie_write() stops the program when it is no value. */
    const struct cookie c = { S("s"), value, 1, COOKIE_STRICT, true };
    buf_init(&b, &a, n + 100);
    cookie_write(&b, &c);
    check(!failed(buf_done(&b, &text)) && syntax_value(text));

    str again = S("");
    size_t end = str_index(text, ';');
    check(cookie_get(str_first(text, end), S("s"), &again));
    check(str_eq(again, value));
    return 0;
}
