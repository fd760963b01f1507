#ifndef BASE_BUF_H
#define BASE_BUF_H

/*
 * buf -- text or bytes that grow, up to a limit given at birth.
 *
 *   [B1] A buf never holds more than its limit.
 *   [B2] Failure sticks: append as often as you like and check once, at
 *        buf_done().  After a failure appends do nothing.
 *
 * The bytes live in the arena; a buf itself needs no end.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

struct buf {
    struct arena *arena;
    char *p;
    size_t n;     /* bytes held */
    size_t size;  /* bytes there is room for */
    size_t limit; /* [B1] */
    err first;    /* [B2] */
};

void buf_init(struct buf *b, struct arena *a, size_t limit);

/* `more` bytes are to come, as far as the limit allows: fetches room for them
 * at once, so that they are not copied each time the buf grows. */
void buf_expect(struct buf *b, size_t more);

void buf_str(struct buf *b, str s);

/* By far the most frequent: nearly always there is room. */
void buf_char_grown(struct buf *b, char c);
static inline void buf_char(struct buf *b, char c)
{
    if (b->size - b->n > 1 && !failed(b->first))
        b->p[b->n++] = c;
    else
        buf_char_grown(b, c);
}

void buf_int(struct buf *b, int64_t n);
void buf_hex(struct buf *b, const uint8_t *p, size_t n); /* lower case */

/* Only for formats that are safe with any argument; see printf(3). */
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What was appended so far; valid until the next append. */
static inline str buf_view(const struct buf *b)
{
    return (str){ b->p, b->n };
}

/* Everything appended, followed by a NUL that is not counted; or why it could
 * not be kept: ERR_MEMORY, ERR_LIMIT ("buf.limit"). */
err buf_done(struct buf *b, str *out);

#endif
