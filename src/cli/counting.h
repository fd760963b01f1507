#ifndef CLI_COUNTING_H
#define CLI_COUNTING_H

/*
 * counting -- the thread beside the server that counts files of service records
 * (service/records_held.h).
 *
 *   [CW1] It is a thread of its own: a file of a hundred million rows holds up
 *         nobody.
 *   [CW2] What the machine failed at is told in the log, without the file's
 *         name; the file is counted again when somebody asks.
 *   [CW3] Told to stop, it breaks off; the file waits for the next server.
 */

#include "service/records_held.h"
#include "sys/repeat.h"

struct log;

struct counting {
    struct repeat repeat;
    struct app *app;
    struct log *log;
    int64_t idle; /* turns since anything was looked for */
};

/* ERR_IO "repeat.thread" (number). */
err counting_start(struct counting *c, struct app *app, struct log *log,
                   struct arena *a);
void counting_stop(struct counting *c);

#endif
