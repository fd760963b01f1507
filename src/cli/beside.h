#ifndef CLI_BESIDE_H
#define CLI_BESIDE_H

/*
 * beside -- all that goes on beside the server, each in threads of its own: the
 * log's checkpoints are cosigned, mails handed over, webhooks told, files of
 * service records counted, the register's read model fed, and the transparency
 * log kept up to date together with what a day does by itself.
 *
 *   [BE1] They begin in that order: whoever signs comes last, and waits for
 *         what the witnesses have seen (cli/sequencing.h [SG4]).
 *   [BE2] They end the other way round, also where one could not begin.
 */

#include "cli/counting.h"
#include "cli/feeding.h"
#include "cli/hooking.h"
#include "cli/mailing.h"
#include "cli/sequencing.h"
#include "cli/witnessing.h"

struct beside {
    const struct faces *faces;
    struct arena *arena; /* for what could not begin */
    struct witnessing witnessing;
    struct mailing mailing;
    struct hooking hooking;
    struct counting counting;
    struct feeding feeding;
    struct sequencing sequencing;
    size_t begun; /* of the jobs in beside.c */
};

/* *b stays where it is until beside_stop(), and borrows `faces` so long.
 * ERR_IO "repeat.thread" (number): nothing goes on. */
err beside_start(struct beside *b, const struct faces *faces, struct arena *a);

void beside_stop(struct beside *b);

#endif
