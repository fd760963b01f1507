#include "search/reading.h"

#include "search_data.h"

#include <string.h>

size_t reading_syllables(uint16_t unit, uint16_t out[READINGS_MAX])
{
    size_t n = 0;

    if (!reading_is_han(unit))
        return 0;

    const uint16_t *of = search_readings[unit - SEARCH_HAN_FIRST];
    for (size_t i = 0; i < READINGS_MAX && of[i] != 0; i++)
        out[n++] = of[i];
    return n;
}

size_t reading_initials(uint16_t unit, uint16_t out[READINGS_MAX])
{
    size_t n = 0;

    if (!reading_is_han(unit)) {
        out[0] = reading_initial(unit);
        return out[0] == 0 ? 0 : 1;
    }

    const uint8_t *of = search_initials[unit - SEARCH_HAN_FIRST];
    for (size_t i = 0; i < READINGS_MAX && of[i] != 0; i++)
        out[n++] = of[i];
    return n;
}

const uint16_t *reading_units(uint16_t from, uint16_t to, size_t *n)
{
    size_t first = search_syllable_starts[from];

    *n = search_syllable_starts[to + 1] - first;
    return search_syllable_units + first;
}

/* How the syllable and the letters compare: <0, 0 when it begins with them. */
static int compare(uint16_t syllable, const uint16_t *letters, size_t n)
{
    const char *spelled = search_syllables[syllable];

    for (size_t i = 0; i < n; i++) {
        int c = (unsigned char)spelled[i];

        if (c != letters[i])
            return c - letters[i];
    }
    return 0;
}

/* The first syllable that does not stand before the letters. */
static uint16_t lower(const uint16_t *letters, size_t n)
{
    uint16_t from = 1;
    uint16_t to = search_syllable_count;

    while (from < to) {
        uint16_t middle = (uint16_t)((from + to) / 2);

        if (compare(middle, letters, n) < 0)
            from = (uint16_t)(middle + 1);
        else
            to = middle;
    }
    return from;
}

bool reading_begun(const uint16_t *letters, size_t n, uint16_t *from,
                   uint16_t *to)
{
    if (n == 0 || n > SYLLABLE_LETTERS)
        return false;

    uint16_t first = lower(letters, n);
    uint16_t end = first;
    while (end < search_syllable_count && compare(end, letters, n) == 0)
        end++;
    if (end == first)
        return false;
    *from = first;
    *to = (uint16_t)(end - 1);
    return true;
}

uint16_t reading_spelled(const uint16_t *letters, size_t n)
{
    uint16_t from;
    uint16_t to;

    if (!reading_begun(letters, n, &from, &to) ||
        strlen(search_syllables[from]) != n)
        return 0;
    return from;
}

uint16_t reading_first(uint16_t syllable)
{
    return reading_initial((unsigned char)search_syllables[syllable][0]);
}
