#ifndef SEARCH_READING_H
#define SEARCH_READING_H

/*
 * reading -- how characters are read: syllables and their first letters.
 *
 * A syllable is a number from 1, in the order of the alphabet, so that those
 * which begin alike are neighbours; 0 is none.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    READINGS_MAX = 2,     /* of a unit */
    SYLLABLE_LETTERS = 6, /* at most */
    INITIALS = 37,        /* a..z are 1..26, 0..9 are 27..36 */
};

/* The readings of a unit, and how many. */
size_t reading_syllables(uint16_t unit, uint16_t out[READINGS_MAX]);

/* The letters its readings begin with; a letter or digit is its own. */
size_t reading_initials(uint16_t unit, uint16_t out[READINGS_MAX]);

/* The initial a letter or digit stands for; 0: it is neither. */
uint16_t reading_initial(uint16_t unit);

/* The syllable spelled by `n` letters, or 0. */
uint16_t reading_spelled(const uint16_t *letters, size_t n);

/* The syllables that begin with `n` letters; false when there are none. */
bool reading_begun(const uint16_t *letters, size_t n, uint16_t *from,
                   uint16_t *to);

#endif
