#ifndef SYS_CHILD_H
#define SYS_CHILD_H

/*
 * child -- a program of ours that runs beside us and is talked to by pipes.
 *
 *   [CH1] Whatever it does, we go on: to write to it and to read from it takes
 *         no longer than the caller allows, and one that has died is an error,
 *         not a signal.
 *   [CH2] child_end() leaves no process and no open pipe behind.
 *   [CH3] It inherits no file of ours but the two pipes and stderr, and one
 *         that it is given.
 */

#include "base/err.h"

#include <stdint.h>
#include <sys/types.h>

struct arena;

struct child {
    pid_t pid;  /* 0: none */
    int to;     /* its stdin; -1: none */
    int from;   /* its stdout */
    int signal; /* by which it ended, after child_end(); 0: by none */
};

#define CHILD_NONE ((struct child){ 0, -1, -1, 0 })

/* The folder of the running program, and that of the file `name` beside it,
 * which is NUL-ended.  Errors of file_err(). */
err child_folder(struct arena *a, str *out);

/* Start the program `name` beside the running one with one argument.
 * ERR_IO "child.start" (program, number). */
err child_start(struct arena *a, const char *name, const char *argument,
                struct child *out);

/* The same with one file of ours more, which it has as CHILD_GIVEN; it stays
 * open here. */
enum { CHILD_GIVEN = 3 };
err child_start_giving(struct arena *a, const char *name, const char *argument,
                       int fd, struct child *out);

/* Kill it where it still runs. [CH2]  c->signal says what ended it: SIGKILL
 * where that was us, SIGXCPU where it took more of the processor than
 * sandbox_seconds() gave it. */
void child_end(struct child *c);

/* All of `bytes`, or exactly `n` bytes into `to`, before `until`, a moment of
 * child_in().  ERR_BUSY "child.slow"; ERR_IO "child.died". [CH1] */
err child_write(struct arena *a, const struct child *c, str bytes,
                int64_t until);
err child_read(struct arena *a, const struct child *c, void *to, size_t n,
               int64_t until);

/* The moment so many milliseconds from now, by the clock that only goes
 * forward. */
int64_t child_in(int64_t milliseconds);

/* The same two for the child itself, which waits as long as it takes: false at
 * the end of its input, or when nobody reads any more. */
bool child_take(int fd, void *to, size_t n);
bool child_give(int fd, const void *from, size_t n);

#endif
