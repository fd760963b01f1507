#ifndef CLI_SEQUENCING_H
#define CLI_SEQUENCING_H

/*
 * sequencing -- the thread beside the server that keeps the transparency log
 * up to date, and does once a day what a day does by itself (daily.h), once all
 * records were seen to fit; what that does is signed with the next turn.
 *
 *   [SG1] On top of what does not check out nothing is signed until somebody
 *         has mended it and started the server anew; until then the server goes
 *         on answering what it knows.
 *   [SG2] Whatever else goes wrong is tried again, at ever longer intervals:
 *         what is wrong for long is neither read nor said every second.
 *   [SG3] It ends at once when it is told to, also in the middle of the first
 *         reading (service/sequence.h [SQ3]).
 *   [SG4] It begins once the witnesses were asked what they have seen
 *         (witnessing.h [WG2]); until then what is done waits for its index.
 */

#include "cli/daily.h"
#include "service/sequence.h"
#include "sys/repeat.h"

struct log;

struct sequencing {
    struct repeat repeat;
    struct sequencer sequencer;
    struct daily daily;
    struct heap *heap;
    struct log *log;
    const _Atomic bool *after; /* true: begin [SG4] */
    int32_t failures;          /* turns in a row that failed */
};

/* ERR_IO "repeat.thread" (number). */
err sequencing_start(struct sequencing *s, struct app *app, struct log *log,
                     const _Atomic bool *after, struct arena *a);
void sequencing_stop(struct sequencing *s);

/* How long to wait after a turn that ended with `e`, in microseconds, or
 * REPEAT_NEVER [SG1] [SG2]; *failures is counted on. */
int64_t sequencing_wait(err e, int32_t *failures);

#endif
