/* Any bytes as a gzip file, and in one.  Reading never gives more than its
 * limit, nor takes much more memory than that. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/gzip.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { LIMIT = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(arena_end) struct arena small;
    str s = { (const char *)bytes, n };
    const str untouched = S("untouched");
    str out = untouched;
    str file = S("");

    arena_init(&a, &h, 64 << 20);
    arena_init(&small, &h, 8 * LIMIT);
    err e = gzip_read(&small, s, LIMIT, &out);
    check(!err_is(e, ERR_MEMORY));
    if (failed(e))
        check(out.p == untouched.p && out.n == untouched.n);
    else
        check(out.n <= LIMIT);

    check(!failed(gzip_write(&a, s, &file)));
    check(!failed(gzip_read(&a, file, n, &out)) && str_eq(out, s));
    return 0;
}
