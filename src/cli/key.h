#ifndef CLI_KEY_H
#define CLI_KEY_H

/* key -- what the subcommands about keys have in common. */

#include "cli/installation.h"
#include "service/keys.h"

/* An installation at work, and who is at it. */
struct key_work {
    struct app *app; /* the caller closes it */
    struct clock_set clock;
    struct session who;
    struct keys_order order;
};

/* No server may run meanwhile. */
err key_begin(struct cli *cli, const struct arguments *args,
              struct key_work *w);

/* Brings the log up to date, and says by `message` what was done to a key. */
err key_done(struct cli *cli, struct app *app, const char *message,
             enum key_purpose purpose, int64_t serial);

#endif
