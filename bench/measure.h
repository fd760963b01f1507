#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

/*
 * measure -- what the measuring programs share.
 *
 *   [BM1] What is compared runs in turn, round by round, in one program: so
 *         what else the machine does meets each alike.
 *   [BM2] What counts is the median of the rounds, and of two things the
 *         median of their ratios round by round.
 *   [BM3] A figure is printed as a line "name value"; tools/bench puts it in
 *         words and holds it against its aim.
 */

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { ROUNDS_MOST = 501 };

/* One figure a round. */
struct series {
    double at[ROUNDS_MOST];
    size_t n;
};

void series_add(struct series *s, double figure);
double series_median(const struct series *s);

/* [BM2] Of two series measured in the same rounds. */
double series_ratio(const struct series *a, const struct series *b);

double seconds_now(void);    /* only ever go forward */
double seconds_of_cpu(void); /* of this process so far, kernel included */

/* [BM3] */
void tell(const char *name, double value);

/* A measurement that cannot be made ends the program and says so. */
void must(bool good, const char *what);
void ok(err e);

/* The i-th word of the command line as a number from 1 to `most`, or else
 * `usual`. */
int number_of(int argc, char **argv, int i, int most, int usual);

#endif
