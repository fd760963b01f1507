/* Any bytes, encoded and decoded; and as base64, which decodes only if it is
 * what its bytes encode to. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/base64.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static str encoded(struct arena *a, enum base64_kind kind, str s)
{
    struct buf b;
    str out;

    buf_init(&b, a, 16 << 20);
    base64_encode(&b, kind, s.p, s.n);
    check(!failed(buf_done(&b, &out)));
    return out;
}

static void check_kind(struct arena *a, enum base64_kind kind, str s)
{
    const str untouched = S("untouched");
    str out = untouched;
    bool valid = false;

    check(!failed(base64_decode(a, kind, s, &out, &valid)));
    if (valid)
        check(str_eq(encoded(a, kind, out), s));
    else
        check(out.p == untouched.p && out.n == untouched.n);

    check(!failed(base64_decode(a, kind, encoded(a, kind, s), &out, &valid)));
    check(valid && str_eq(out, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 64 << 20);
    check_kind(&a, BASE64_PADDED, s);
    check_kind(&a, BASE64_URL, s);
    return 0;
}
