#ifndef CODEC_FIELDS_H
#define CODEC_FIELDS_H

/*
 * fields -- where fields and rows end in delimited text, at the speed of
 * memory: csv.h reads tables that people wrote and says all that is wrong with
 * them, this finds its way through a thousand megabytes of them.
 *
 *   [FD1] An end is a separator or an LF outside of quotes.  After an odd
 *         number of quotes one is open, so that doubled ones inside of a quoted
 *         field close it and open it again (RFC 4180 2.7).
 *   [FD2] A text may be cut anywhere: what stands open at a cut goes on in the
 *         next part.
 *   [FD3] The fast way, 64 bytes at a time, and the plain one, byte by byte,
 *         find the same (fuzz/fields.c).
 *
 * After J. Langdale and D. Lemire, "Parsing gigabytes of JSON per second", VLDB
 * Journal 28 (2019), section 3.1: compare, gather the bits, and the prefix XOR
 * of the quotes tells what is inside of them.
 */

#include "base/str.h"

#include <stdint.h>

enum { FIELDS_PART_MAX = 1 << 30 }; /* bytes of a text in one call */

struct fields {
    char separator;
    bool quotes; /* whether double quotes are signs and not letters */
    bool open;   /* a quote is, where the next part begins */
};

/*
 * Write the offset of every end in `text` into `ends`, which has room for
 * text.n of them, in ascending order, and return how many there are.  text.n
 * is at most FIELDS_PART_MAX.
 */
size_t fields_ends(struct fields *f, str text, uint32_t *ends);

/* The same, byte by byte. [FD3] */
size_t fields_ends_plain(struct fields *f, str text, uint32_t *ends);

/* Whether the number of double quotes in `text` is odd: what a worker that
 * begins behind it has to know. */
bool fields_odd_quotes(str text);

/*
 * What stands between two ends: without the quotes around it and without a CR
 * behind it.  *doubled says whether quotes inside of it are doubled still.
 */
str fields_value(const struct fields *f, str between, bool *doubled);

#endif
