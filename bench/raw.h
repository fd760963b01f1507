#ifndef BENCH_RAW_H
#define BENCH_RAW_H

/*
 * raw -- the statements of a command, straight to SQLite in one thread: no
 * savepoint, no arena, no error handling, nothing read.  The least that a
 * durable command can cost.
 */

#include "store/cases.h"

/* What is carried out, again and again, round the streams. */
struct raw_plan {
    const id *streams;
    size_t stream_count;
    int64_t version; /* of every stream, to begin with */
    int64_t commands;
    int64_t groups; /* transactions they are spread over */
    str type;       /* of the event */
    str body;
    str answer;
    const struct case_row *views; /* one a stream; NULL: there are none */
    bool touch; /* of a view only the version is written, not all of it */
};

/* Commands a second, on the database in file `path`. */
double raw_run(const char *path, const struct raw_plan *plan);

/* Statements without parameters, which have to succeed. */
struct sqlite3;
void raw_tell(struct sqlite3 *db, const char *what);

/* From here on every transaction that is committed by this process is counted,
 * whoever opened the connection; before the first store is opened. */
void raw_count_commits(void);
int64_t raw_commits(void);

#endif
