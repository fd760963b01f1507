#ifndef CLI_MAILING_H
#define CLI_MAILING_H

/*
 * mailing -- the thread beside the server that hands the outbox's mails over
 * (service/outbox.h).
 *
 *   [MW1] It is a thread of its own: a mail server that is slow holds up
 *         nobody.
 *   [MW2] What became of each is told in the log, without the reader's address
 *         and without what it says; that there is no server is told once.
 *   [MW3] Told to stop, it ends after the mail that it is handing over.
 */

#include "service/outbox.h"
#include "sys/repeat.h"

struct log;

struct mailing {
    struct repeat repeat;
    struct app *app;
    struct heap *heap;
    struct log *log;
    bool told; /* that there is no server */
};

/* ERR_IO "repeat.thread" (number). */
err mailing_start(struct mailing *m, struct app *app, struct log *log,
                  struct arena *a);
void mailing_stop(struct mailing *m);

#endif
