/* Rows that a screen concerns, and which of them are drawn. */

#include "records/screens_parts.h"

#include <string.h>

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
