#include "codec/fields.h"

#include "base/check.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = 64 }; /* bytes, a bit of a mask each */

size_t fields_ends_plain(struct fields *f, str text, uint32_t *ends)
{
    size_t n = 0;

    check(text.n <= FIELDS_PART_MAX);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == '"' && f->quotes)
            f->open = !f->open;
        else if (!f->open && (c == f->separator || c == '\n'))
            ends[n++] = (uint32_t)i;
    }
    return n;
}

#if defined(__SSE2__)

/* Bit i: whether byte i of the block is `wanted`. */
static uint64_t where(const __m128i block[4], char wanted)
{
    const __m128i w = _mm_set1_epi8(wanted);
    uint64_t bits = 0;

    for (unsigned i = 0; i < 4; i++) {
        int found = _mm_movemask_epi8(_mm_cmpeq_epi8(block[i], w));

        bits |= (uint64_t)(uint32_t)found << (16 * i);
    }
    return bits;
}

static void load(const char *p, __m128i block[4])
{
    for (size_t i = 0; i < 4; i++)
        memcpy(&block[i], p + 16 * i, sizeof block[i]);
}

/* Bit i: whether the number of bits 0..i of `bits` is odd. */
static uint64_t odd_so_far(uint64_t bits)
{
    for (unsigned by = 1; by < BLOCK; by *= 2)
        bits ^= bits << by;
    return bits;
}

/* The ends of a block, as bits. */
static uint64_t block_ends(struct fields *f, const char *p)
{
    __m128i block[4];
    uint64_t inside = 0;

    load(p, block);
    if (f->quotes) {
        inside = odd_so_far(where(block, '"')) ^ -(uint64_t)f->open;
        f->open = inside >> (BLOCK - 1) != 0;
    }
    return (where(block, f->separator) | where(block, '\n')) & ~inside;
}

size_t fields_ends(struct fields *f, str text, uint32_t *ends)
{
    size_t at = 0;
    size_t n = 0;

    check(text.n <= FIELDS_PART_MAX);
    for (; text.n - at >= BLOCK; at += BLOCK) {
        uint64_t bits = block_ends(f, text.p + at);

        for (; bits != 0; bits &= bits - 1)
            ends[n++] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits);
    }

    size_t more = fields_ends_plain(f, str_from(text, at), ends + n);
    for (size_t i = n; i < n + more; i++)
        ends[i] += (uint32_t)at;
    return n + more;
}

#else

size_t fields_ends(struct fields *f, str text, uint32_t *ends)
{
    return fields_ends_plain(f, text, ends);
}

#endif

bool fields_odd_quotes(str text)
{
    const char *end = text.p + text.n;
    const char *p = text.n > 0 ? text.p : NULL;
    bool odd = false;

    while (p != NULL && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
        odd = !odd;
        p++;
    }
    return odd;
}

str fields_value(const struct fields *f, str between, bool *doubled)
{
    *doubled = false;
    if (between.n > 0 && between.p[between.n - 1] == '\r')
        between.n--;
    if (!f->quotes || between.n < 2 || between.p[0] != '"' ||
        between.p[between.n - 1] != '"')
        return between;
    between = (str){ between.p + 1, between.n - 2 };
    *doubled = str_index(between, '"') < between.n;
    return between;
}
