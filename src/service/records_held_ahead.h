#ifndef SERVICE_RECORDS_HELD_AHEAD_H
#define SERVICE_RECORDS_HELD_AHEAD_H

/*
 * records_held_ahead -- what a file of service records is, found while it still
 * comes: its hash, its columns and its period.
 *
 *   [HA1] Whether a file was read as it came or when all of it was there, what
 *         is said of it is the same.
 *   [HA2] What cannot be found ahead is found when all is there, and only then
 *         anything is said of the file.
 *   [HA3] Bytes are read once more for the figures, which need the period.
 *
 * Threads: one at a time.
 */

#include "crypto/hash.h"
#include "service/records_held_parts.h"

struct held_ahead {
    struct arena *arena; /* borrowed: all that is found */
    struct app *app;
    struct records_watch *watch; /* of this turn */
    struct held_row_of row;      /* likewise; its hash is found */
    struct held_reader reader;   /* likewise */
    struct sha256 hash;
    uint64_t hashed;           /* bytes */
    struct sheet_asked asked;  /* as it is opened */
    struct held_asked_row was; /* what was asked of the enterprise's last file
                                  when it was begun so; empty: nothing */
    bool as_last;              /* and whether it is opened as that */
    struct records_opening *opening; /* NULL: not begun */
    bool not_ahead;                  /* [HA2] */
};

/* Nothing read yet; in the arena. */
err held_ahead_new(struct app *app, struct arena *a, struct held_ahead **out);
void held_ahead_end(struct held_ahead **x); /* takes NULL */

/* A turn begins, with the file as its row has it now, and ends. */
err held_ahead_turn(struct held_ahead *x, const struct held_row_of *row,
                    struct records_watch *watch);
void held_ahead_over(struct held_ahead *x);

/* Read what came.  Errors of the reader; ERR_REFUSED "records.stopped". */
err held_ahead_read(struct held_ahead *x);

/* All is there: its hash, into the row; then what it is, as x->asked says.
 * Errors of the reader and of records_open(). */
err held_ahead_hash(struct held_ahead *x);
err held_ahead_open(struct held_ahead *x, struct records_file *out);

/* How to read it, as x->asked says. */
struct records_input held_ahead_input(struct held_ahead *x);

#endif
