#include "base/buf.h"

#include "base/arena.h"
#include "base/size.h"

#include <stdarg.h>
#include <stdio.h>

void buf_init(struct buf *b, struct arena *a, size_t limit)
{
    *b = (struct buf){ .arena = a, .limit = limit };
}

static bool fail(struct buf *b, err e)
{
    if (!failed(b->first))
        b->first = e;
    return false;
}

/* A piece that holds `need` bytes and the closing NUL, and no more than the
 * limit allows: so whatever fits it keeps [B1]. */
static bool enlarge(struct buf *b, size_t need)
{
    size_t size = b->size == 0 ? 64 : b->size;

    while (size <= need)
        size *= 2;
    if (size - 1 > b->limit)
        size = b->limit + 1;

    char *p = arena_zero(b->arena, size);
    if (p == NULL)
        return fail(b, err_memory());
    if (b->n > 0)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->size = size;
    return true;
}

/* Room for `more` bytes and the closing NUL. */
static bool grow(struct buf *b, size_t more)
{
    size_t need;

    if (failed(b->first))
        return false;
    if (more < b->size - b->n) /* nearly always */
        return true;
    if (!size_add(b->n, more, &need) || need > b->limit)
        return fail(b, err_new(b->arena, ERR_LIMIT, "buf.limit",
                               ARG_INT("limit", b->limit)));
    return enlarge(b, need);
}

void buf_expect(struct buf *b, size_t more)
{
    size_t allowed = b->limit - b->n;

    (void)grow(b, more < allowed ? more : allowed);
}

void buf_str(struct buf *b, str s)
{
    if (!grow(b, s.n))
        return;
    if (s.n > 0)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_char_grown(struct buf *b, char c)
{
    if (grow(b, 1))
        b->p[b->n++] = c;
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[20]; /* those of INT64_MIN and its sign */
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (n < 0)
        digits[--at] = '-';
    buf_str(b, (str){ digits + at, sizeof digits - at });
}

void buf_hex(struct buf *b, const uint8_t *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    size_t more;

    /* What cannot be counted is more than the limit. */
    if (!grow(b, size_mul(n, 2, &more) ? more : SIZE_MAX))
        return;
    for (size_t i = 0; i < n; i++) {
        b->p[b->n++] = digits[p[i] >> 4];
        b->p[b->n++] = digits[p[i] & 15];
    }
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0 || !grow(b, (size_t)n))
        return;

    va_start(ap, fmt);
    (void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->n += (size_t)n;
}

err buf_done(struct buf *b, str *out)
{
    if (!grow(b, 0))
        return b->first;
    b->p[b->n] = '\0';
    *out = (str){ b->p, b->n };
    return OK;
}
