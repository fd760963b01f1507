#include "search/reading.h"

#include "search_data.h"

#include <string.h>

size_t reading_syllables(uint16_t unit, uint16_t out[READINGS_MAX])
{
    size_t n = 0;

    if (unit < SEARCH_HAN_FIRST || unit > SEARCH_HAN_LAST)
        return 0;

    const uint16_t *of = search_readings[unit - SEARCH_HAN_FIRST];
    for (size_t i = 0; i < READINGS_MAX && of[i] != 0; i++)
        out[n++] = of[i];
    return n;
}

uint16_t reading_initial(uint16_t unit)
{
    if (unit >= 'a' && unit <= 'z')
        return (uint16_t)(unit - 'a' + 1);
    if (unit >= '0' && unit <= '9')
        return (uint16_t)(unit - '0' + 27);
    return 0;
}

size_t reading_initials(uint16_t unit, uint16_t out[READINGS_MAX])
{
    uint16_t syllables[READINGS_MAX];
    size_t n = 0;

    if (reading_initial(unit) != 0) {
        out[0] = reading_initial(unit);
        return 1;
    }

    size_t count = reading_syllables(unit, syllables);
    for (size_t i = 0; i < count; i++) {
        const char *spelled = search_syllables[syllables[i]];
        uint16_t initial = reading_initial((unsigned char)spelled[0]);

        if (n == 0 || out[0] != initial)
            out[n++] = initial;
    }
    return n;
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
