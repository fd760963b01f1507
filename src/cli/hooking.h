#ifndef CLI_HOOKING_H
#define CLI_HOOKING_H

/*
 * hooking -- the threads beside the server that tell webhooks what happened
 * (service/hooks.h).
 *
 *   [HW1] They are threads of their own, HOOKING_THREADS of them: a receiver
 *         that is slow holds up nobody who waits for an answer, and few other
 *         receivers.
 *   [HW2] What became of each message is told in the log, without the address
 *         that was called.
 *   [HW3] Told to stop, they end after the messages that they are handing over.
 */

#include "service/hooks.h"
#include "sys/repeat.h"

struct log;

enum { HOOKING_THREADS = 4 };

struct hooking {
    struct app *app;
    struct log *log;
    struct hooking_worker {
        struct repeat repeat; /* first */
        struct hooking *of;
        bool matches; /* the first reads the log, too */
    } workers[HOOKING_THREADS];
    size_t n; /* that began */
};

/* *h stays where it is until hooking_stop().  ERR_IO "repeat.thread"
 * (number). */
err hooking_start(struct hooking *h, struct app *app, struct log *log,
                  struct arena *a);
void hooking_stop(struct hooking *h);

#endif
