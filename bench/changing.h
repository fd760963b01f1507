#ifndef BENCH_CHANGING_H
#define BENCH_CHANGING_H

/*
 * changing -- beside what is measured: CHANGING_RATE certificates of the
 * body's own change a second, each by a row, a leaf of the log and a mark, and
 * a feeder brings the register's book after them, as `tenstar serve` does.
 */

#include "installation.h"

#include "web/web.h"

enum { CHANGING_RATE = 2000 };

struct changing;

/* So many certificates that change are there, and in the book, from now on. */
void changing_fill(struct installation *at, const struct faces *faces);

/* Both threads run until the end. */
struct changing *changing_begin(struct installation *at,
                                const struct faces *faces);
void changing_end(struct changing **c);

/* Of all that ran: changed, packed, turns of the feeder, a second. */
void changing_tell(void);

#endif
