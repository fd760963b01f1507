#include "codec/cbor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"

/* The major types as they are encoded. */
enum {
    MAJOR_UNSIGNED,
    MAJOR_NEGATIVE,
    MAJOR_BYTES,
    MAJOR_TEXT,
    MAJOR_ARRAY,
    MAJOR_MAP,
    MAJOR_TAG,
};

/* --- writing ------------------------------------------------------------ */

/* A head: three bits of major type, five that are the number below 24, or say
 * with 24 + k that it follows in 2^k bytes. */
static void put_head(struct buf *b, unsigned major, uint64_t n)
{
    unsigned k = 0;

    if (n < 24) {
        buf_char(b, (char)(major << 5 | (unsigned)n));
        return;
    }
    while (k < 3 && n >> (8U << k) != 0)
        k++;
    buf_char(b, (char)(major << 5 | (24 + k)));
    for (unsigned left = 1U << k; left > 0; left--)
        buf_char(b, (char)(n >> (8 * (left - 1)) & 0xff));
}

void cbor_int(struct buf *b, int64_t n)
{
    if (n >= 0)
        put_head(b, MAJOR_UNSIGNED, (uint64_t)n);
    else
        put_head(b, MAJOR_NEGATIVE, (uint64_t)(-(n + 1)));
}

void cbor_bytes(struct buf *b, str s)
{
    put_head(b, MAJOR_BYTES, s.n);
    buf_str(b, s);
}

void cbor_text(struct buf *b, str s)
{
    put_head(b, MAJOR_TEXT, s.n);
    buf_str(b, s);
}

void cbor_array(struct buf *b, size_t n)
{
    put_head(b, MAJOR_ARRAY, n);
}

void cbor_map(struct buf *b, size_t pairs)
{
    put_head(b, MAJOR_MAP, pairs);
}

void cbor_tag(struct buf *b, uint64_t tag)
{
    put_head(b, MAJOR_TAG, tag);
}

/* --- reading ------------------------------------------------------------ */

struct reader {
    struct arena *arena;
    str s;
    size_t at;
};

static err refuse(struct reader *r, const char *id, size_t at)
{
    return err_new(r->arena, ERR_INVALID, id, ARG_INT("at", at));
}

/* The number that follows a head in 1, 2, 4 or 8 bytes. */
static err read_long(struct reader *r, size_t begin, unsigned bytes,
                     uint64_t *out)
{
    uint64_t n = 0;

    if (r->s.n - r->at < bytes)
        return refuse(r, "cbor.end", begin);
    for (unsigned i = 0; i < bytes; i++)
        n = n << 8 | (unsigned char)r->s.p[r->at++];
    if (n < 24 || (bytes > 1 && n >> (4 * bytes) == 0))
        return refuse(r, "cbor.short", begin);
    if (n > INT64_MAX)
        return refuse(r, "cbor.range", begin);
    *out = n;
    return OK;
}

/* The major type and the number of a head. */
static err read_head(struct reader *r, unsigned *major, uint64_t *n)
{
    size_t begin = r->at;

    if (r->at == r->s.n)
        return refuse(r, "cbor.end", begin);
    unsigned head = (unsigned char)r->s.p[r->at++];
    unsigned low = head & 31;

    *major = head >> 5;
    if (*major > MAJOR_TAG || low > 27)
        return refuse(r, "cbor.kind", begin);
    *n = low;
    return low < 24 ? OK : read_long(r, begin, 1U << (low - 24), n);
}

static err read_string(struct reader *r, size_t begin, uint64_t n,
                       struct cbor *out)
{
    if (r->s.n - r->at < n)
        return refuse(r, "cbor.end", begin);
    out->bytes = (str){ r->s.p + r->at, (size_t)n };
    r->at += (size_t)n;
    if (out->kind == CBOR_TEXT && !utf8_check(out->bytes, NULL))
        return refuse(r, "cbor.text", begin);
    return OK;
}

static err read_value(struct reader *r, int depth, struct cbor **out);

static err read_elements(struct reader *r, int depth, uint64_t n,
                         struct cbor *parent)
{
    struct cbor **end = &parent->first;

    for (uint64_t i = 0; i < n; i++) {
        TRY(read_value(r, depth + 1, end));
        end = &(*end)->next;
    }
    parent->count = (size_t)n;
    return OK;
}

/* A key, which must come after the one before it [CB1]; `last` is that one as
 * it was encoded, with no bytes at first. */
static err read_key(struct reader *r, int depth, str *last, struct cbor **out)
{
    size_t begin = r->at;

    TRY(read_value(r, depth + 1, out));
    if ((*out)->kind != CBOR_INT && (*out)->kind != CBOR_TEXT)
        return refuse(r, "cbor.key", begin);
    str key = { r->s.p + begin, r->at - begin };
    if (last->n > 0 && str_cmp(*last, key) >= 0)
        return refuse(r, "cbor.order", begin);
    *last = key;
    return OK;
}

static err read_pairs(struct reader *r, int depth, uint64_t n,
                      struct cbor *parent)
{
    struct cbor **end = &parent->first;
    str last = { NULL, 0 };

    for (uint64_t i = 0; i < n; i++) {
        TRY(read_key(r, depth, &last, end));
        end = &(*end)->next;
        TRY(read_value(r, depth + 1, end));
        end = &(*end)->next;
    }
    parent->count = (size_t)n;
    return OK;
}

/* What follows the head of `made`, which began at `begin`. */
static err read_rest(struct reader *r, int depth, size_t begin, uint64_t n,
                     struct cbor *made)
{
    switch (made->kind) {
    case CBOR_INT: return OK;
    case CBOR_BYTES:
    case CBOR_TEXT: return read_string(r, begin, n, made);
    case CBOR_ARRAY: return read_elements(r, depth, n, made);
    case CBOR_MAP: return read_pairs(r, depth, n, made);
    case CBOR_TAG: break;
    }
    return read_elements(r, depth, 1, made);
}

/* Recursion ends at CBOR_DEPTH. */
static err read_value(struct reader *r, int depth, struct cbor **out)
{
    size_t begin = r->at;
    unsigned major = 0;
    uint64_t n = 0;

    if (depth > CBOR_DEPTH)
        return refuse(r, "cbor.depth", begin);
    TRY(read_head(r, &major, &n));

    struct cbor *made = arena_zero(r->arena, sizeof *made);
    TRY_MEMORY(made);
    made->kind =
        major <= MAJOR_NEGATIVE ? CBOR_INT : (enum cbor_kind)(major - 1);
    made->number = major == MAJOR_NEGATIVE ? -1 - (int64_t)n : (int64_t)n;
    TRY(read_rest(r, depth, begin, n, made));
    *out = made;
    return OK;
}

err cbor_read(struct arena *a, str s, struct cbor **out)
{
    struct reader r = { a, s, 0 };
    struct cbor *made;

    TRY(read_value(&r, 1, &made));
    if (r.at < s.n)
        return refuse(&r, "cbor.after", r.at);
    *out = made;
    return OK;
}

const struct cbor *cbor_get(const struct cbor *map, int64_t key)
{
    if (map == NULL || map->kind != CBOR_MAP)
        return NULL;
    for (const struct cbor *k = map->first; k != NULL; k = k->next->next) {
        if (k->kind == CBOR_INT && k->number == key)
            return k->next;
    }
    return NULL;
}
