#include "records/screens_parts.h"

#include <string.h>

enum { DIGITS = 256 };

/* Move all by one byte of their key; false when that byte is all the same. */
static bool sort_by_byte(const struct sorted *from, struct sorted *to, size_t n,
                         unsigned shift)
{
    size_t at[DIGITS] = { 0 };
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        at[from[i].key >> shift & (DIGITS - 1)]++;
    if (at[from[0].key >> shift & (DIGITS - 1)] == n)
        return false;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t have = at[d];

        at[d] = sum;
        sum += have;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    return true;
}

static bool is_sorted(const struct sorted *t, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (t[i - 1].key > t[i].key)
            return false;
    }
    return true;
}

struct sorted *screens_sort(struct sorted *a, struct sorted *b, size_t n,
                            unsigned bytes)
{
    if (is_sorted(a, n))
        return a;
    for (unsigned i = 0; i < bytes; i++) {
        if (sort_by_byte(a, b, n, i * 8)) {
            struct sorted *was = a;

            a = b;
            b = was;
        }
    }
    return a;
}

/* --- rows concerned --- */

/* Ones in a word; the compiler's own may be a call of its library. */
static uint64_t ones(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) +
        (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return x * UINT64_C(0x0101010101010101) >> 56;
}

static size_t words_of(size_t n)
{
    return (n + 63) / 64;
}

void concern_none(struct screening *s)
{
    memset(s->concerned, 0, words_of(s->n) * sizeof *s->concerned);
}

void concern_rows(const struct screening *s, struct screen_result *out)
{
    uint64_t seen = 0;
    uint64_t want;

    out->concerned = 0;
    out->rows_n = 0;
    for (size_t i = 0; i < words_of(s->n); i++)
        out->concerned += ones(s->concerned[i]);
    want = out->concerned < SCREEN_ROWS ? out->concerned : SCREEN_ROWS;
    for (size_t i = 0; i < s->n && out->rows_n < want; i++) {
        if ((s->concerned[i / 64] >> i % 64 & 1) == 0)
            continue;
        if (seen == out->rows_n * out->concerned / want)
            out->rows[out->rows_n++] = s->marks[i].at;
        seen++;
    }
}
