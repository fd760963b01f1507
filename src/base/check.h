#ifndef BASE_CHECK_H
#define BASE_CHECK_H

/*
 * check -- for bugs, which are not errors.
 *
 * check(cond) stays on in release builds: it prints the place and aborts.  Use
 * it where a false condition can only mean that our own code is wrong; anything
 * that input, disk or memory can cause is an err (base/err.h).
 */

_Noreturn void check_failed(const char *cond, const char *file, int line);

#define check(cond)                                                            \
    do {                                                                       \
        if (!(cond))                                                           \
            check_failed(#cond, __FILE__, __LINE__);                           \
    } while (0)

#endif
