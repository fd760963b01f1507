#ifndef STORE_ASIDE_H
#define STORE_ASIDE_H

/*
 * aside -- what a work of the one writer needs no store for, such as making a
 * signature, is made beside it while the writer goes on with the next work.
 *
 *   [AD1] What was put aside is written in the very tx that put it aside, and
 *         in the order of putting; a tx that has some left is not committed.
 *   [AD2] Whoever reads what is still aside has it written first: tx_settle().
 *   [AD3] What goes wrong with it is its work's failure, whoever notices.
 *   [AD4] In a tx that nobody helps it is done at once: it makes no difference
 *         but of time.
 *
 * Threads: a job runs in the helper's or in the writer's; nobody else touches
 * its arena and its context meanwhile.  All the rest is the writer's.
 */

#include "store/store.h"

struct arena;
struct aside;
struct asides;
struct heap;

/* Bytes that one may take. */
enum { ASIDE_MAX = 16 << 20 };

/* Made beside the writer: no tx, and no memory but `a`, which is there until
 * the tx ends. */
typedef err aside_job(struct arena *a, void *context);

/* Then, in the tx: write what was made. */
typedef err aside_then(struct tx *tx, void *context);

struct aside_work {
    aside_job *job;
    aside_then *then;
    /* What readers know by: the row's name and number. */
    str name;
    int64_t number;
};

/* --- in a work ---------------------------------------------------------- */

/* An empty one; its arena is for its context. */
err aside_new(struct tx *tx, struct aside **out);
struct arena *aside_arena(struct aside *x);

/* Takes NULL. */
void aside_drop(struct aside **x);

/* Hand it over; *x becomes NULL.  `name` and `context` are in its arena. */
err aside_put(struct tx *tx, struct aside **x, const struct aside_work *work,
              void *context);

/* Write everything that is aside. [AD2] */
err tx_settle(struct tx *tx);

/* Is something of that name, or with that number, aside?  And what is the
 * highest number; -1: none. */
bool tx_aside_named(const struct tx *tx, str name);
bool tx_aside_numbered(const struct tx *tx, int64_t number);
int64_t tx_aside_last(const struct tx *tx);

/* --- in the committer --------------------------------------------------- */

/* Starts the helper.  ERR_IO "committer.thread" (number). */
err asides_begin(struct heap *h, struct arena *a, struct asides **out);
void asides_end(struct asides **s); /* takes NULL; none may be aside */

/* `tx` puts aside from now on, with `helped`, or else until it is settled. */
void asides_serve(struct asides *s, struct tx *tx, bool helped);

/* Whose work runs now, and whose failed while others' went on [AD3]; NULL:
 * nobody's. */
void asides_of(struct asides *s, void *owner);
void *asides_failed(const struct asides *s);

/* Forget all that is aside, once nobody is at it any more. */
void asides_clear(struct asides *s);

#endif
