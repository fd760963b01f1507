#ifndef STORE_COMMAND_H
#define STORE_COMMAND_H

/*
 * command -- which commands were carried out, and what they answered.
 *
 *   [CM1] A command is recorded in the tx that carries it out, so the same id
 *         never acts twice.
 *   [CM2] The same id with another actor or another request is a different
 *         command under a stolen or reused id: it gets a conflict, never the
 *         first one's answer.
 */

#include "store/store.h"

struct arena;

struct command_row {
    id id; /* chosen by the client */
    id actor;
    struct hash request; /* of what was asked, by the caller, under its key */
    id stream;           /* it acted on; zero: none */
    int64_t version;     /* of the stream afterwards; 0 without a stream */
    str answer;
    int64_t at; /* microseconds UTC */
};

/*
 * Was `want` (its id, actor and request) carried out already?  Then *found is
 * true and *out the row with its answer, in `a`.  ERR_CONFLICT
 * "command.reused" (command) by [CM2].
 */
err command_find(struct tx *tx, struct arena *a, const struct command_row *want,
                 struct command_row *out, bool *found);

err command_record(struct tx *tx, const struct command_row *c);

/* Forget commands recorded before an instant; how many into *n. */
err command_forget(struct tx *tx, int64_t before, int64_t *n);

#endif
