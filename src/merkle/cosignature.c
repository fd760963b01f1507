#include "merkle/cosignature.h"

#include "base/buf.h"
#include "base/check.h"

enum { HEAD_MAX = 64 }; /* of the two lines before the text */

static uint64_t read_time(str bytes)
{
    uint64_t time = 0;

    for (size_t i = 0; i < COSIGNATURE_TIME_BYTES; i++)
        time = time << 8 | (unsigned char)bytes.p[i];
    return time;
}

static void put_time(uint64_t time, uint8_t out[static COSIGNATURE_TIME_BYTES])
{
    for (size_t i = COSIGNATURE_TIME_BYTES; i > 0; i--) {
        out[i - 1] = (uint8_t)time;
        time >>= 8;
    }
}

static err message_of(struct arena *a, str text, int64_t time, str *out)
{
    struct buf b;

    buf_init(&b, a, NOTE_BYTES_MAX + HEAD_MAX);
    buf_str(&b, S("cosignature/v1\ntime "));
    buf_int(&b, time);
    buf_char(&b, '\n');
    buf_str(&b, text);
    return buf_done(&b, out);
}

err cosignature_make(struct arena *a, str text, str name,
                     const struct sign_key *key, int64_t time, str *line)
{
    uint8_t bytes[COSIGNATURE_BYTES];
    struct note_key k = { 0 };
    str message = { NULL, 0 };
    struct buf b;

    check(time >= 0);
    TRY(note_key_of(a, NOTE_COSIGNATURE, name, key->public, &k));
    TRY(message_of(a, text, time, &message));
    put_time((uint64_t)time, bytes);
    sign_bytes(key, message, bytes + COSIGNATURE_TIME_BYTES);

    buf_init(&b, a, NOTE_BYTES_MAX);
    note_put_line(&b, &k, (str){ (const char *)bytes, sizeof bytes });
    return buf_done(&b, line);
}

err cosignature_holds(struct arena *a, str text, const struct note_key *key,
                      str bytes, bool *out)
{
    str message = { NULL, 0 };

    if (bytes.n != COSIGNATURE_BYTES || read_time(bytes) > INT64_MAX) {
        *out = false; /* [CS1] */
        return OK;
    }
    TRY(message_of(a, text, cosignature_time(bytes), &message));
    *out = sign_verify(key->public, message,
                       (const uint8_t *)bytes.p + COSIGNATURE_TIME_BYTES);
    return OK;
}

int64_t cosignature_time(str bytes)
{
    check(bytes.n == COSIGNATURE_BYTES);
    return (int64_t)read_time(bytes);
}
