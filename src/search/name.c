#include "search/name.h"

#include "search_data.h"

enum { REGIONS_MAX = 3 }; /* province, city, county */

typedef const uint16_t word[SEARCH_WORD_WIDTH];

/* The first row of [from, to) whose unit `i` is not below `unit`. */
static size_t lower(word *words, size_t from, size_t to, size_t i,
                    uint16_t unit)
{
    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (words[middle][i] < unit)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* How long the longest word is that begins at p[0] and goes on by `step`, of
 * at most `n` units; 0 when none does.  The words are sorted, a 0 behind
 * each, so a word comes first of those that go on from it. */
static size_t longest(word *words, size_t count, const uint16_t *p, size_t n,
                      int step)
{
    size_t from = 0;
    size_t to = count;
    size_t found = 0;

    for (size_t i = 0; i < n && i < SEARCH_WORD_WIDTH - 1; i++) {
        uint16_t unit = p[(ptrdiff_t)i * step];

        from = lower(words, from, to, i, unit);
        to = lower(words, from, to, i, (uint16_t)(unit + 1));
        if (from == to)
            break;
        if (words[from][i + 1] == 0)
            found = i + 1;
    }
    return found;
}

struct name_body name_body(const uint16_t *units, size_t n)
{
    size_t from = 0;
    size_t to = n;

    for (int i = 0; i < REGIONS_MAX; i++)
        from += longest(search_regions, search_regions_count, units + from,
                        n - from, 1);
    if (n > 0)
        to -= longest(search_forms, search_forms_count, units + n - 1, n, -1);
    if (from >= to)
        return (struct name_body){ 0, (uint8_t)n };
    return (struct name_body){ (uint8_t)from, (uint8_t)to };
}
