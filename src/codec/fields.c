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

/* Bit i: whether byte i of the 64 at `p` is one or the other. */
static uint64_t where(const char *p, char one, char other)
{
    const __m128i a = _mm_set1_epi8(one);
    const __m128i b = _mm_set1_epi8(other);
    uint64_t bits = 0;

    for (size_t i = 0; i < 4; i++) {
        const __m128i part = _mm_loadu_si128((const __m128i_u *)(p + 16 * i));
        const __m128i found =
            _mm_or_si128(_mm_cmpeq_epi8(part, a), _mm_cmpeq_epi8(part, b));

        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * i);
    }
    return bits;
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
    uint64_t ends = where(p, f->separator, '\n');

    if (!f->quotes)
        return ends;

    uint64_t quotes = where(p, '"', '"');
    uint64_t inside = -(uint64_t)f->open;
    if (quotes != 0) { /* which most blocks have none of */
        inside ^= odd_so_far(quotes);
        f->open = inside >> (BLOCK - 1) != 0;
    }
    return ends & ~inside;
}

static size_t count_bits(uint64_t b)
{
    b -= b >> 1 & UINT64_C(0x5555555555555555);
    b = (b & UINT64_C(0x3333333333333333)) +
        (b >> 2 & UINT64_C(0x3333333333333333));
    b = (b + (b >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(b * UINT64_C(0x0101010101010101) >> 56);
}

/* The offsets of bits of a block that begins at `at`, and how many.  Four at a
 * time, so that the processor has not to guess how many there are: those too
 * many are written over by what comes next, and there is room for a whole
 * block's. */
static size_t write_ends(uint64_t bits, size_t at, uint32_t *ends)
{
    const uint64_t last = UINT64_C(1) << (BLOCK - 1);
    size_t n = count_bits(bits);

    for (size_t i = 0; i < n; i += 4) {
        for (size_t k = i; k < i + 4; k++) {
            ends[k] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits | last);
            bits &= bits - 1;
        }
    }
    return n;
}

size_t fields_ends(struct fields *f, str text, uint32_t *ends)
{
    size_t at = 0;
    size_t n = 0;

    check(text.n <= FIELDS_PART_MAX);
    for (; text.n - at >= BLOCK; at += BLOCK)
        n += write_ends(block_ends(f, text.p + at), at, ends + n);

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
