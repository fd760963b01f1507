#ifndef SERVICE_KEPT_H
#define SERVICE_KEPT_H

/*
 * kept -- inside the service room: what commands on cases need not read again.
 *
 * A command folds its case from the first event to the last, and the journals
 * of the enterprise, the body and the person who acts.  Those of the last
 * commands are kept folded, in memory, within bounds.
 *
 *   [KP1] What is kept is used only in a write tx, of which there is one at a
 *         time; a case only for the stream row that this very tx read: the same
 *         id, version and hash.
 *   [KP2] It is used only as long as nobody can have changed what it was made
 *         of: everything that this process wrote since was committed and is a
 *         command on a case, and nobody else wrote (store.h tx_stretch()).  So
 *         on PostgreSQL everything is read every time.
 *   [KP3] A case is taken out before its command runs; it comes back when the
 *         command was refused before it changed anything, or when what it did
 *         is on disk.
 *   [KP4] It borrows nothing from a tx or from a caller.
 *   [KP5] A leaf of the log is vouched for by the command that entered it and
 * had its journals verified, as long as what it read could be kept [KP2].
 *
 * Threads: cases are taken by the writer and given back by callers; the
 * registers are the writer's alone.
 */

#include "base/arena.h"
#include "service/cases.h"
#include "store/journal.h"

struct heap;
struct kept;

enum {
    KEPT_CASE_MAX = 1 << 20,      /* bytes of one case; longer ones are read */
    KEPT_CASES_MAX = 14 << 20,    /* .. of all of them */
    KEPT_REGISTER_MAX = 64 << 10, /* .. of one person or enterprise */
    KEPT_REGISTERS = 64,          /* and so many of a kind at the most */
    KEPT_LEAVES = 8192,           /* vouched for, at the most; 256 KiB */
    KEPT_WORK_MAX = 256 << 20,    /* bytes a work needs for itself */
};

err kept_begin(struct heap *h, struct kept **out);
void kept_end(struct kept **k); /* takes NULL */

/* In the writer: something else than a case, or than a case's own, is about to
 * change. */
void kept_forget(struct kept *k);

/* In the writer: an empty arena for what a work needs on its way and nobody
 * afterwards; the next one asks for it again.  Memory that always the same
 * thread uses is in its core's cache already, a caller's is in another's. */
struct arena *kept_work(struct kept *k);

/* --- cases ------------------------------------------------------------ */

/* A case that somebody has in hands. */
struct kept_case {
    struct kept_case *next; /* in kept: the one used before it, */
    struct kept_case *prev; /* the one used after it, */
    struct kept_case *same; /* and another whose id falls in the same place */
    struct arena arena;     /* it lives in here itself */
    int64_t stretch;        /* [KP2] */
    str number;
    struct state *state;
    struct event_list events; /* those the state was made of, copied */
    bool projected;           /* its rows are what the state says, and these: */
    struct list tasks;        /* struct task_row, as the store has them */
    bool changed;             /* the state is ahead of what is on disk */
    struct kept *of;
    bool borrows; /* it ran out of memory of its own */
};

/* The case of `row`, which is the taker's now; NULL: to be read. */
err kept_take(struct kept *k, struct tx *tx, const struct stream_row *row,
              struct kept_case **out);

/* One that was read in this tx, with its events; NULL: it is too long. */
err kept_make(struct kept *k, struct tx *tx, const struct case_file *read,
              struct kept_case **out);

/* Fold one more event in. */
err kept_apply(struct kept_case *c, const struct event *e);

/* The case's tasks as they were just written. */
err kept_set_tasks(struct kept_case *c, const struct list *rows);

/* Give it back [KP3]: `done`, when what changed it is on disk; for the next
 * command if it can be.  Takes NULL. */
void kept_give(struct kept *k, struct kept_case *c, bool done);

/* --- leaves of the log [KP5] --------------------------------------------- */

struct log_pending_row;

/* In the write tx that enters it, by a command on a case. */
err kept_vouch(struct kept *k, struct tx *tx, const struct log_pending_row *p);

/* In a later one: need nothing be read to believe it? */
err kept_vouches(struct kept *k, struct tx *tx, const struct log_pending_row *p,
                 bool *out);

/* How many cases there are, for tests. */
size_t kept_count(struct kept *k);

/* --- registers -------------------------------------------------------- */

/* What is told of `key`, into `out`, all of it in the tx's arena. */
typedef err kept_read(struct app *app, struct tx *tx, id key, void *out);

enum kept_what { KEPT_BODY, KEPT_ENTERPRISE, KEPT_PERSON, KEPT_WHAT_COUNT };

struct kept_kind {
    enum kept_what what;
    kept_read *read;
    size_t size; /* of *out */
};

/* What read() gives, or gave before [KP2].  It lives until another of this
 * kind is asked for: use one of a kind in a work. */
err kept_register(struct app *app, struct tx *tx, const struct kept_kind *kind,
                  id key, void *out);

#endif
