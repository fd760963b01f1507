#ifndef CLI_WITNESSING_H
#define CLI_WITNESSING_H

/*
 * witnessing -- the thread beside the server that has the log's checkpoints
 * cosigned by those who are named (service/witnesses.h).
 *
 *   [WG1] It is a thread of its own: whoever does not answer holds up neither
 *         who signs nor who is served.
 *   [WG2] Each witness is asked once when the server starts, before anything is
 *         signed: so an old copy is found out by who has seen more.  After that
 *         it is asked as often as there is a newer checkpoint.
 *   [WG3] One that did not cosign is asked again at ever longer intervals, up
 *         to more than an hour; what it said is told in the log each time.
 */

#include "service/witness_ask.h"
#include "sys/repeat.h"

struct log;

/* How one of them is borne with. */
struct witness_patience {
    uint8_t key[SIGN_PUBLIC_BYTES];
    bool greeted;
    int32_t failures; /* in a row */
    int32_t pass;     /* turns, a second each, before it is asked again */
};

struct witnessing {
    struct repeat repeat;
    struct app *app;
    struct heap *heap;
    struct log *log;
    _Atomic bool greeted; /* [WG2] all of them, once */
    struct witness_patience known[WITNESSES_MOST];
    size_t n;
};

/* ERR_IO "repeat.thread" (number). */
err witnessing_start(struct witnessing *w, struct app *app, struct log *log,
                     struct arena *a);

/* Waits for the witness that is being asked, a few times WITNESS_MILLISECONDS
 * at most. */
void witnessing_stop(struct witnessing *w);

/* How many turns to pass after so many failures in a row. [WG3] */
int32_t witnessing_pass(int32_t failures);

#endif
