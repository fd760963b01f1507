#ifndef DOMAIN_PLACES_H
#define DOMAIN_PLACES_H

/*
 * places -- codes of places (GB/T 2260) and of trades (GB/T 4754), by name.
 * [M11]
 *
 *   [PN1] Places are listed down to counties, as of a day (codes/README.md);
 *         the state renumbers some every year, so what is not listed may be
 *         right all the same, and is refused by nobody.
 *   [PN2] Of trades the divisions are listed, all there are; no list of classes
 *         is free to be shipped (docs/decisions).
 *
 * Tables are made at build time out of codes/, in the order of their codes, and
 * live as long as the program.
 */

#include "base/str.h"
#include "codes_data.h"

struct buf;

/* The one of this six-digit code; NULL: it is not listed. */
const struct place *place_of(str code);

/* "福建省福州市鼓楼区", as far as its parts are listed: of an unlisted county
 * the prefecture and the province. */
void place_put(struct buf *b, str code);

/* The division that a code's first two digits name; NULL: there is none. */
const struct trade_division *trade_division_of(str code);

#endif
