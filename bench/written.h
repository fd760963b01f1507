#ifndef BENCH_WRITTEN_H
#define BENCH_WRITTEN_H

/*
 * written -- the rows that some work left in a store, put straight into SQLite
 * in one thread: one prepared statement a table, nothing read, nothing decided.
 *
 *   [WR1] What is put is what the store has afterwards and had not before,
 *         whatever the tables are called.
 *   [WR2] A row that was changed is put whole, in the place of the old one, and
 *         no foreign key is looked after.
 */

#include <stdint.h>

/* A copy of the store in file `path`, as it is now, into file `copy`. */
void written_copy(const char *path, const char *copy);

struct written {
    int64_t rows;
    double seconds; /* by the clock, durably */
    double cpu;
};

/* What `path` has and `before` has not, into `before`, spread evenly over
 * `groups` transactions. */
struct written written_again(const char *path, const char *before,
                             int64_t groups);

#endif
