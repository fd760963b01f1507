/* Any bytes, encoded and decoded; and as base32 and base58, which decode only
 * if they are what their bytes encode to. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/base32.h"
#include "codec/base58.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

typedef void encode(struct buf *b, const void *p, size_t n);
typedef err decode(struct arena *a, str s, str *out, bool *valid);

static str encoded(struct arena *a, encode *to, str s)
{
    struct buf b;
    str out;

    buf_init(&b, a, 16 << 20);
    to(&b, s.p, s.n);
    check(!failed(buf_done(&b, &out)));
    return out;
}

static void check_kind(struct arena *a, encode *to, decode *from, str s)
{
    const str untouched = S("untouched");
    str out = untouched;
    bool valid = false;

    check(!failed(from(a, s, &out, &valid)));
    if (valid)
        check(str_eq(encoded(a, to, out), s));
    else
        check(out.p == untouched.p && out.n == untouched.n);
}

static void check_back(struct arena *a, encode *to, decode *from, str s)
{
    str out = S("");
    bool valid = false;

    check(!failed(from(a, encoded(a, to, s), &out, &valid)));
    check(valid && str_eq(out, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 64 << 20);
    check_kind(&a, base32_encode, base32_decode, s);
    check_back(&a, base32_encode, base32_decode, s);
    check_kind(&a, base58_encode, base58_decode, s);
    if (n <= BASE58_BYTES_MAX)
        check_back(&a, base58_encode, base58_decode, s);
    return 0;
}
