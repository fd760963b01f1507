#ifndef AUTH_DELAY_H
#define AUTH_DELAY_H

/*
 * delay -- how long somebody waits after failing to prove who they are.
 *
 *   [DE1] The first few failures cost nothing: people mistype.  From then on
 *         each doubles the wait, up to a longest.
 *   [DE2] A day without a failure and all are forgotten.
 *   [DE3] An attempt is counted before it is judged, so that many at once are
 *         not judged by the same count.
 *   [DE4] Nobody is locked out for good by what others type: the longest wait
 *         ends, and a reset of the password ends it at once.
 */

#include <stdint.h>

/* Whose failures. */
enum delay_of {
    DELAY_LOGIN,
    DELAY_NETWORK, /* many people may be behind one */
    DELAY_CODE,    /* of a person's second factor */
    DELAY_ASK,     /* what a network asks for and nobody can get wrong */
    DELAY_MAIL,    /* what is sent to somebody because others ask for it */
    DELAY_KINDS,
};

/* Times are microseconds. */
#define DELAY_FORGOTTEN (INT64_C(24) * 3600 * 1000000)

/* How long to wait after so many in a row. */
int64_t delay_after(enum delay_of of, int64_t times);

/* How long still at `now`, when there were `times`, the last at `last`; 0: it
 * may be tried. */
int64_t delay_left(enum delay_of of, int64_t times, int64_t last, int64_t now);

/* The count with one more at `now`. */
int64_t delay_count(int64_t times, int64_t last, int64_t now);

#endif
