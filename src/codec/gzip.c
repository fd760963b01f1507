/*
 * Only bytes in memory: zlib's own memory comes from the arena, which is why
 * its free function has nothing to do and its end functions are not needed to
 * give anything back; they are called for good order.
 */

#include "codec/gzip.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

#define ZLIB_CONST /* it only reads what it is given */
#include <zlib.h>

enum {
    WINDOW = 15,       /* the largest one */
    WINDOW_SHORT = 12, /* 4 KiB */
    A_FILE = 16,       /* added to it: with gzip's own header */
    FAST = 2,          /* of 9 */
    MEMORY = 8,
    MEMORY_SHORT = 5,
    CHUNK = 4096,
};

static voidpf from_arena(voidpf arena, uInt n, uInt size)
{
    return arena_array(arena, n, size);
}

static void to_nobody(voidpf, voidpf)
{
}

static z_stream stream_over(struct arena *a, str in)
{
    return (z_stream){
        .zalloc = from_arena,
        .zfree = to_nobody,
        .opaque = a,
        .next_in = (const Bytef *)in.p,
        .avail_in = (uInt)in.n,
    };
}

static err too_long(struct arena *a, size_t limit)
{
    return err_new(a, ERR_LIMIT, "gzip.long", ARG_INT("limit", limit));
}

/* How zlib goes about it. */
struct way {
    int window;
    int level;
    int memory;
};

static err deflated(struct arena *a, str plain, const struct way *way, str *out)
{
    if (plain.n > GZIP_MAX)
        return too_long(a, GZIP_MAX);

    z_stream z = stream_over(a, plain);
    TRY_MEMORY(deflateInit2(&z, way->level, Z_DEFLATED, way->window,
                            way->memory, Z_DEFAULT_STRATEGY) == Z_OK);

    size_t room = deflateBound(&z, plain.n);
    char *made = arena_zero(a, room);
    TRY_MEMORY(made);
    z.next_out = (Bytef *)made;
    z.avail_out = (uInt)room;
    check(deflate(&z, Z_FINISH) == Z_STREAM_END);
    *out = (str){ made, z.total_out };
    (void)deflateEnd(&z);
    return OK;
}

err gzip_write(struct arena *a, str plain, str *out)
{
    static const struct way way = { WINDOW + A_FILE, Z_BEST_COMPRESSION,
                                    MEMORY };

    return deflated(a, plain, &way, out);
}

err gzip_write_soon(struct arena *a, str plain, str *out)
{
    static const struct way way = { WINDOW_SHORT + A_FILE, FAST, MEMORY_SHORT };

    return deflated(a, plain, &way, out);
}

err zlib_write(struct arena *a, str plain, str *out)
{
    static const struct way way = { WINDOW, FAST, MEMORY };

    return deflated(a, plain, &way, out);
}

/* Unpack all there is into `b`, up to its limit; is it one whole member? */
static int unpack(z_stream *z, struct buf *b)
{
    char chunk[CHUNK];
    int state = Z_OK;

    while (state == Z_OK && !failed(b->first)) {
        z->next_out = (Bytef *)chunk;
        z->avail_out = sizeof chunk;
        state = inflate(z, Z_NO_FLUSH);
        buf_str(b, (str){ chunk, sizeof chunk - z->avail_out });
    }
    return state;
}

err gzip_read(struct arena *a, str file, size_t limit, str *out)
{
    struct buf b;
    str made;

    check(limit <= GZIP_MAX);
    if (file.n > GZIP_MAX)
        return too_long(a, GZIP_MAX);

    z_stream z = stream_over(a, file);
    TRY_MEMORY(inflateInit2(&z, WINDOW + A_FILE) == Z_OK);
    buf_init(&b, a, limit);
    int state = unpack(&z, &b);
    (void)inflateEnd(&z);

    if (err_is(b.first, ERR_LIMIT))
        return too_long(a, limit);
    TRY(buf_done(&b, &made));
    TRY_MEMORY(state != Z_MEM_ERROR);
    if (state != Z_STREAM_END || z.avail_in > 0)
        return err_new(a, ERR_INVALID, "gzip.form");
    *out = made;
    return OK;
}
