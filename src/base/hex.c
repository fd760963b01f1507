#include "base/hex.h"

#include "base/buf.h"
#include "base/size.h"

err hex_text(struct arena *a, const void *bytes, size_t n, str *out)
{
    struct buf b;
    size_t digits;

    buf_init(&b, a, size_mul(n, 2, &digits) ? digits : SIZE_MAX);
    buf_hex(&b, bytes, n);
    return buf_done(&b, out);
}
