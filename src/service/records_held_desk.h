#ifndef SERVICE_RECORDS_HELD_DESK_H
#define SERVICE_RECORDS_HELD_DESK_H

/*
 * records_held_desk -- what an app has in memory of files that are held: which
 * are to be counted, how far each is, and what they came to. [RH4] [RH7]
 *
 *   [HD1] What somebody has in hands stays until they give it back, also when
 *         the file went meanwhile or is counted anew.
 *   [HD2] A count is of a file and a round of it (store/held.h [SH2]); of an
 *         older round it is forgotten when a newer one is asked for.
 *   [HD3] Room for a box is kept, one: memory of that size is fetched anew
 *         from the system each time, page by page, which takes as long as
 *         opening the box.
 *
 * Threads: any.
 */

#include "base/arena.h"
#include "service/records_held.h"
#include "store/held.h"

struct held_ahead;

enum held_stand {
    HELD_RESTING, /* what of it came is read; more will come [RH10] */
    HELD_WANTED,
    HELD_WORKING,
    HELD_DONE,
    HELD_FAILED,
};

struct held_desk;

struct held_count {
    struct held_count *next; /* under the desk's lock, up to `arena` */
    id file;
    int64_t round;
    bool large; /* [RH9] */
    enum held_stand stand;
    bool gone;  /* nobody is to find it any more */
    bool again; /* it was wanted while somebody was at it */
    size_t users;
    int64_t used; /* grows with every use */
    struct records_progress progress;
    int64_t began;            /* ticks; 0: it did not yet */
    struct held_ahead *ahead; /* its worker's, until it is over */
    struct arena arena; /* of all that follows, and of it: its worker's until it
                           is done, then constant */
    struct held_counted all;   /* with screens, */
    struct held_counted plain; /* and without */
    err why;
};

err held_desk_new(struct heap *h, struct arena *a, struct held_desk **out);
void held_desk_end(struct held_desk *d); /* takes NULL */

/* Of how many rows it is kept where they stand, here at most (PLACES_ROWS
 * unless said). */
uint32_t held_desk_places(struct held_desk *d);
void held_desk_keep_places(struct held_desk *d, uint32_t most);

/* The app's. */
struct held_desk *app_held(const struct app *app);

/* --- for who looks ---------------------------------------------------- */

struct held_standing {
    bool any; /* is it on the desk? */
    enum held_stand stand;
    struct records_progress progress;
    int64_t began;
    err why; /* in the arena of who asks */
};
err held_desk_look(struct held_desk *d, struct arena *a, id file, int64_t round,
                   struct held_standing *out);

/* It is wanted, where it is not on the desk already; one that the machine
 * failed at is wanted again. [RH8] */
err held_desk_want(struct held_desk *d, const struct held_row_of *row);

/* More of it came, `first` after nothing of it.  One that is not on the desk
 * comes there only then: what was not read from its beginning is not read
 * ahead. */
err held_desk_go_on(struct held_desk *d, const struct held_row_of *row,
                    bool first);

/* NULL when it is not done. [HD1] */
const struct held_counted *held_desk_borrow(struct held_desk *d, id file,
                                            int64_t round, bool screens);
void held_desk_give(struct held_desk *d, const struct held_counted *given);

/* The file goes, or is counted anew. */
void held_desk_forget(struct held_desk *d, id file);

/* --- for who counts --------------------------------------------------- */

/* The oldest that is wanted and may be counted now [RH9], by whoever asks;
 * NULL: none. */
struct held_count *held_desk_next(struct held_desk *d);

/* This one, which is whole, where it may be counted now and is not on the desk,
 * or only rests there; else *out is NULL. */
err held_desk_take(struct held_desk *d, const struct held_row_of *row,
                   struct held_count **out);

/* How far it is; false: nobody wants it any more. */
bool held_desk_tell(struct held_desk *d, struct held_count *c,
                    const struct records_progress *p, int64_t ticks);

/* It is done with c->all and c->plain, or failed; it is the desk's from now on,
 * which makes room. */
void held_desk_done(struct held_desk *d, struct held_count *c, err e);

/* What of it came is read. */
void held_desk_rest(struct held_desk *d, struct held_count *c);

/* It was not counted, and is wanted still; or is nowhere any more. */
void held_desk_back(struct held_desk *d, struct held_count *c);
void held_desk_drop(struct held_desk *d, struct held_count *c);

/* Tell who counts; and who that is (records_held.h). */
void held_desk_wake(struct held_desk *d);
void held_desk_on_wake(struct held_desk *d, struct held_waker *w);

/* --- for who opens and seals boxes ------------------------------------ */

/* Room for HELD_BOX_ROOM bytes, the one that is kept where nobody else has it
 * [HD3]; NULL: no memory.  It comes back wiped. */
uint8_t *held_desk_room(struct held_desk *d);
void held_desk_room_back(struct held_desk *d, uint8_t *room);

/* --- for who writes --------------------------------------------------- */

/* Be the only one who writes boxes of this file; waits for another. */
err held_desk_hold(struct held_desk *d, id file);
void held_desk_let(struct held_desk *d, id file);

#endif
