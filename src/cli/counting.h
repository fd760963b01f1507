#ifndef CLI_COUNTING_H
#define CLI_COUNTING_H

/*
 * counting -- the threads beside the server that count files of service records
 * (service/records_held.h).
 *
 *   [CW1] They are threads of their own: a file of a hundred million rows holds
 *         up nobody.  There are COUNTING_LEAST at least, so that it holds up no
 *         smaller file either (records_held.h [RH9]).
 *   [CW2] What the machine failed at is told in the log, without the file's
 *         name; the file is counted again when somebody asks.
 *   [CW3] Told to stop, they break off; their files wait for the next server.
 *   [CW4] They are woken when something comes to count, and look into the store
 *         now and then: another program may have put something there.
 */

#include "service/records_held.h"
#include "sys/repeat.h"

struct log;

enum { COUNTING_LEAST = 2, COUNTING_MOST = 8 };

struct counting {
    struct held_waker waker; /* first */
    struct app *app;
    struct log *log;
    struct counting_worker {
        struct repeat repeat; /* first */
        struct counting *of;
    } workers[COUNTING_MOST];
    size_t n; /* that began */
};

/* As many as there are processors, within the bounds.  *c stays where it is
 * until counting_stop().  ERR_IO "repeat.thread" (number). */
err counting_start(struct counting *c, struct app *app, struct log *log,
                   struct arena *a);
void counting_stop(struct counting *c);

#endif
