#include "records/sorted.h"

#include <stdbool.h>

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

struct sorted *sorted_by_key(struct sorted *a, struct sorted *b, size_t n,
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
