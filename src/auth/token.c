#include "auth/token.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "crypto/hash.h"

err token_make(struct arena *a, const uint8_t random[static TOKEN_BYTES],
               str *text, struct hash *kept)
{
    struct buf b;

    buf_init(&b, a, TOKEN_TEXT);
    base64_encode(&b, BASE64_URL, random, TOKEN_BYTES);
    TRY(buf_done(&b, text));
    sha256(random, TOKEN_BYTES, kept->b);
    return OK;
}

err token_kept(struct arena *a, str text, struct hash *kept, bool *valid)
{
    bool right = false;
    str bytes = S("");

    if (text.n == TOKEN_TEXT)
        TRY(base64_decode(a, BASE64_URL, text, &bytes, &right));
    *valid = right;
    if (right)
        sha256(bytes.p, bytes.n, kept->b);
    return OK;
}
