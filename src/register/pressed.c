#include "register/pressed.h"

#include "base/arena.h"
#include "base/check.h"
#include "register/book.h"

#include <limits.h>
#include <lz4.h>

enum {
    SMALL = 2,   /* so much less than itself a text should come to */
    FASTEST = 1, /* as LZ4 calls it */
};

static const str like_key = S_INIT("like");

struct press {
    LZ4_stream_t stream;
    size_t n;                    /* bytes of `like`, at the end of its room */
    char like[PRESSED_LIKE_MAX]; /* [PR1] */
};

static str like_of(const struct press *p)
{
    return (str){ p->like + PRESSED_LIKE_MAX - p->n, p->n };
}

err press_new(struct arena *a, str like, struct press **out)
{
    struct press *p = arena_zero(a, sizeof *p);

    TRY_MEMORY(p);
    p->n = like.n < PRESSED_LIKE_MAX ? like.n : PRESSED_LIKE_MAX;
    if (p->n > 0)
        memcpy(p->like + PRESSED_LIKE_MAX - p->n, like.p + like.n - p->n, p->n);
    *out = p;
    return OK;
}

err press_text(struct press *p, struct arena *a, str text, str *out)
{
    str like = like_of(p);
    int room;
    int n;
    char *to;

    check(text.n <= PRESSED_TEXT_MAX);
    room = LZ4_compressBound((int)text.n);
    to = arena_zero(a, (size_t)room);
    TRY_MEMORY(to);
    (void)LZ4_initStream(&p->stream, sizeof p->stream);
    (void)LZ4_loadDict(&p->stream, like.p, (int)like.n);
    n = LZ4_compress_fast_continue(&p->stream, text.p, to, (int)text.n, room,
                                   FASTEST);
    check(n > 0); /* there is room for the worst */
    *out = (str){ to, (size_t)n };
    return OK;
}

err press_learn(struct press *p, struct book_writer *w, struct arena *a,
                str text, size_t came_to)
{
    if (text.n == 0 || came_to <= text.n / SMALL ||
        text.n > PRESSED_LIKE_MAX - p->n)
        return OK;
    p->n += text.n;
    memcpy(p->like + PRESSED_LIKE_MAX - p->n, text.p, text.n);
    return book_put(w, a, BOOK_META, like_key, like_of(p));
}

err pressed_like(const struct book_reader *r, struct arena *a, str *out)
{
    bool found;

    *out = S("");
    return book_get(r, a, BOOK_META, like_key, out, &found);
}

bool pressed_read(str pressed, str like, char *to, size_t n)
{
    return pressed.n <= INT_MAX && n <= PRESSED_TEXT_MAX &&
           LZ4_decompress_safe_usingDict(pressed.p, to, (int)pressed.n, (int)n,
                                         like.p, (int)like.n) == (int)n;
}
