#ifndef SEARCH_READING_H
#define SEARCH_READING_H

/*
 * reading -- how characters are read: syllables and their first letters.
 *
 * A syllable is a number from 1, in the order of the alphabet, so that those
 * which begin alike are neighbours; 0 is none.
 */

#include "search_data.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    READINGS_MAX = 2,     /* of a unit */
    SYLLABLE_LETTERS = 6, /* at most */
    INITIALS = 37,        /* a..z are 1..26, 0..9 are 27..36 */
};

static inline bool reading_is_han(uint16_t unit)
{
    return unit >= SEARCH_HAN_FIRST && unit <= SEARCH_HAN_LAST;
}

/* The initial a letter or digit stands for; 0: it is neither. */
static inline uint16_t reading_initial(uint16_t unit)
{
    if (unit >= 'a' && unit <= 'z')
        return (uint16_t)(unit - 'a' + 1);
    if (unit >= '0' && unit <= '9')
        return (uint16_t)(unit - '0' + 27);
    return 0;
}

/* The readings of a unit, and how many. */
size_t reading_syllables(uint16_t unit, uint16_t out[READINGS_MAX]);

/* The letters its readings begin with; a letter or digit is its own. */
size_t reading_initials(uint16_t unit, uint16_t out[READINGS_MAX]);

/* Is a unit read by one of the syllables from the one to the other? */
static inline bool reading_is_read(uint16_t unit, uint16_t from, uint16_t to)
{
    if (!reading_is_han(unit))
        return false;

    const uint16_t *read = search_readings[unit - SEARCH_HAN_FIRST];
    return (read[0] >= from && read[0] <= to) ||
           (read[1] >= from && read[1] <= to);
}

/* Does its reading, or itself, begin with this initial, which is not 0? */
static inline bool reading_begins(uint16_t unit, uint16_t initial)
{
    if (!reading_is_han(unit))
        return reading_initial(unit) == initial;

    const uint8_t *read = search_initials[unit - SEARCH_HAN_FIRST];
    return read[0] == initial || read[1] == initial;
}

/* The units that are read by these syllables, and how many; one that has two
 * readings may come twice. */
const uint16_t *reading_units(uint16_t from, uint16_t to, size_t *n);

/* The syllable spelled by `n` letters, or 0. */
uint16_t reading_spelled(const uint16_t *letters, size_t n);

/* The initial it begins with. */
uint16_t reading_first(uint16_t syllable);

/* The syllables that begin with `n` letters; false when there are none. */
bool reading_begun(const uint16_t *letters, size_t n, uint16_t *from,
                   uint16_t *to);

#endif
