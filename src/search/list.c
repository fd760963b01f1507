#include "search/list.h"

#include "search/list_bytes.h"
#include "search/segment.h"

#include <string.h>

static size_t block_count(const struct list_part *part)
{
    return ((size_t)part->n + LIST_BLOCK - 1) / LIST_BLOCK;
}

/* A part that says it holds more than its bytes can is empty. */
static bool fits(const struct list_part *part)
{
    if (part->n < LIST_BLOCK)
        return part->n <= part->bytes;
    return part->n <= SEARCH_DOCUMENTS_MAX &&
           block_count(part) <= part->bytes / 8;
}

struct list list_read(const uint8_t *p, const uint8_t *end)
{
    struct list l = { .n = 0 };
    uint32_t mask = p < end ? *p++ : 0;
    uint32_t bytes;
    int last = 0;

    for (int i = 0; i < LIST_TIERS; i++) {
        if ((mask >> i & 1) == 0)
            continue;
        p = varint_read(p, end, &l.parts[i].n);
        last = i;
    }
    for (int i = 0; i < last; i++) {
        if (l.parts[i].n == 0)
            continue;
        p = varint_read(p, end, &bytes);
        l.parts[i].bytes = bytes;
    }
    for (int i = 0; i <= last; i++) {
        size_t left = (size_t)(end - p);

        if (i == last || l.parts[i].bytes > left)
            l.parts[i].bytes = left;
        l.parts[i].p = p;
        p += l.parts[i].bytes;
        if (!fits(&l.parts[i]))
            l.parts[i].n = 0;
        l.n += l.parts[i].n;
    }
    return l;
}

uint32_t list_count(const uint8_t *p, const uint8_t *end)
{
    uint32_t mask = p < end ? *p++ : 0;
    uint32_t sum = 0;
    uint32_t n;

    for (int i = 0; i < LIST_TIERS; i++) {
        if ((mask >> i & 1) == 0)
            continue;
        p = varint_read(p, end, &n);
        sum += n < SEARCH_DOCUMENTS_MAX ? n : SEARCH_DOCUMENTS_MAX;
    }
    return sum;
}

/* Documents of a block, the first included, at most `n` of them. */
struct block {
    const uint8_t *p; /* its kind */
    const uint8_t *end;
    uint32_t first;
    uint32_t n;
};

static uint32_t block_first(const struct list_part *part, size_t i)
{
    return u32_read(part->p + i * 8);
}

static struct block block_at(const struct list_part *part, size_t i)
{
    size_t count = block_count(part);
    const uint8_t *data = part->p + count * 8;
    size_t room = part->bytes - count * 8;
    size_t from = i == 0 ? 0 : u32_read(part->p + i * 8 - 4);
    size_t to = u32_read(part->p + i * 8 + 4);

    if (to > room)
        to = room;
    if (from > to)
        from = to;
    return (struct block){
        .p = data + from,
        .end = data + to,
        .first = block_first(part, i),
        .n = (uint32_t)(i + 1 < count ? LIST_BLOCK
                                      : part->n - (count - 1) * LIST_BLOCK),
    };
}

/* The gaps of a packed block, unpacked: n documents, the first included. */
static size_t unpack(const struct block *b, unsigned bits, uint32_t *out)
{
    const uint8_t *p = b->p + 1;
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint32_t document = b->first;
    size_t at = 0;
    size_t n = b->n;

    if ((size_t)(b->end - p) < ((n - 1) * bits + 7) / 8)
        n = 1;
    out[0] = document;
    for (size_t i = 1; i < n; i++, at += bits) {
        document += (uint32_t)(u64_read(p + at / 8) >> (at & 7) & mask) + 1;
        out[i] = document;
    }
    return n;
}

static size_t unmap(const struct block *b, uint32_t *out)
{
    size_t n = 0;

    out[n++] = b->first;
    for (const uint8_t *p = b->p + 1; p < b->end; p += 8) {
        uint64_t word = u64_read(p);
        uint32_t base = b->first + 1 + (uint32_t)(p - b->p - 1) * 8;

        if (b->end - p < 8)
            word &= (UINT64_C(1) << (b->end - p) * 8) - 1;
        for (; word != 0 && n < b->n; word &= word - 1)
            out[n++] = base + (uint32_t)__builtin_ctzll(word);
    }
    return n;
}

/* Its documents into `out`, which has room for LIST_BLOCK. */
static size_t block_documents(const struct block *b, uint32_t *out)
{
    if (b->p >= b->end || b->n == 0)
        return 0;
    if (*b->p == LIST_MAP)
        return unmap(b, out);
    return *b->p <= 32 ? unpack(b, *b->p, out) : 0;
}

static bool is_short(const struct list_part *part)
{
    return part->n < LIST_BLOCK;
}

static size_t short_documents(const struct list_part *part, uint32_t *out)
{
    const uint8_t *p = part->p;
    const uint8_t *end = p + part->bytes;
    uint32_t document = UINT32_MAX;
    uint32_t gap;
    size_t n = 0;

    while (n < part->n && p < end) {
        p = varint_read(p, end, &gap);
        document += gap + 1;
        out[n++] = document;
    }
    return n;
}

/* Only those below the limit, which are all unless the bytes are damaged. */
static size_t below(uint32_t *documents, size_t n, uint32_t limit)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        documents[kept] = documents[i];
        kept += documents[i] < limit ? 1 : 0;
    }
    return kept;
}

size_t list_documents(const struct list_part *part, uint32_t limit,
                      uint32_t *out)
{
    uint32_t some[LIST_BLOCK];
    size_t n = 0;

    if (part->n == 0)
        return 0;
    if (is_short(part))
        return below(out, short_documents(part, out), limit);
    for (size_t i = 0; i < block_count(part); i++) {
        struct block b = block_at(part, i);
        size_t count = block_documents(&b, some);

        count = below(some, count, limit);
        memcpy(out + n, some, count * sizeof *some);
        n += count;
    }
    return n;
}

static void mark(const uint32_t *documents, size_t n, uint32_t from,
                 uint32_t to, uint64_t *bits)
{
    uint32_t width = to - from;

    for (size_t i = 0; i < n; i++) {
        uint32_t bit = documents[i] - from; /* below `from`: far above width */

        if (bit < width)
            bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

/* Or `n` bits that begin at `p` into `bits` from bit `at` on. */
static void or_bits(const uint8_t *p, size_t n, uint64_t *bits, uint32_t at)
{
    unsigned shift = at % 64;

    bits += at / 64;
    for (; n > 0; p += 8, bits++) {
        size_t take = n < 64 ? n : 64;
        uint64_t word = u64_read(p);

        if (take < 64)
            word &= (UINT64_C(1) << take) - 1;
        bits[0] |= word << shift;
        if (shift > 0 && word >> (64 - shift) != 0)
            bits[1] |= word >> (64 - shift);
        n -= take;
    }
}

/* A bitmap that lies in [from, to) as a whole; false when it is none. */
static bool mark_map(const struct block *b, uint32_t from, uint32_t to,
                     uint64_t *bits)
{
    size_t n = b->end > b->p ? (size_t)(b->end - b->p - 1) * 8 : 0;

    if (b->p >= b->end || *b->p != LIST_MAP || b->first < from ||
        b->first >= to || n >= to - b->first)
        return false;

    uint32_t at = b->first - from;
    bits[at / 64] |= UINT64_C(1) << at % 64;
    or_bits(b->p + 1, n, bits, at + 1);
    return true;
}

/* The last block that begins at or before `document`, or the first. */
static size_t block_of(const struct list_part *part, uint32_t document)
{
    size_t from = 0;
    size_t to = block_count(part);

    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;

        if (block_first(part, middle) <= document)
            from = middle;
        else
            to = middle;
    }
    return from;
}

void list_mark(const struct list_part *part, uint32_t from, uint32_t to,
               uint64_t *bits)
{
    uint32_t some[LIST_BLOCK];

    if (part->n == 0)
        return;
    if (is_short(part)) {
        mark(some, short_documents(part, some), from, to, bits);
        return;
    }
    for (size_t i = block_of(part, from); i < block_count(part); i++) {
        struct block b = block_at(part, i);

        if (b.first >= to)
            return;
        if (!mark_map(&b, from, to, bits))
            mark(some, block_documents(&b, some), from, to, bits);
    }
}
