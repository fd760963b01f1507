#ifndef SERVICE_REGISTER_FEED_H
#define SERVICE_REGISTER_FEED_H

/*
 * register_feed -- brings the register's read model up to the store.
 *
 *   [FE1] In the order of the log: each certificate that an entry, or a leaf
 *         that waits for its index, is about since the last turn is packed
 *         again under its folded number, with its sub-certificates and the one
 *         it renews.
 *   [FE2] How far that went is committed with it.  A turn that breaks off is
 *         done again by the next.
 *   [FE3] What was made by another format or program, of other facts of the
 *         body, other packages or another store, or of a log that is not the
 *         one there is, is thrown away and made again; until it is whole
 *         nothing is answered from it.
 *   [FE4] A certificate that cannot be read is left out; whoever asks for it is
 *         told why by the store.
 *   [FE5] Marks up to which a turn answers were made by transactions that were
 *         over when it began to read (register_home.h [RG2]).  Of another
 *         program that writes to the same PostgreSQL at the same moment the
 *         next entry of the log tells, a second later.
 *   [FE6] Where files brought more than all there was it is made again as well,
 *         in the order of its keys: that is sooner done, and leaves its pages
 *         full.
 */

#include "service/register_home.h"

/* One for as long as somebody feeds: all zero but the app to begin with. */
struct register_feeder {
    struct app *app;
    const _Atomic bool *stop; /* true: break off; NULL: nobody will */
    bool again;               /* make all of it again [FE3] */
    int64_t size;             /* entries when it last looked .. */
    int64_t pending;          /* .. and the last leaf that waited then */
};

/* What a turn came to. */
struct register_turn {
    int64_t answers; /* packed */
    int64_t left_out;
    err first; /* why the first was [FE4] */
    err names; /* why the index of names is not ready (register_names.h) */
    bool made; /* all of it */
};

/*
 * One turn, for the certificates as they stand on `today` and later.  Errors of
 * register_open(), the book's and the store's; ERR_BUSY "store.stopped".  When
 * the book is damaged it is forsaken (register_home.h), which ERR_CORRUPT says.
 */
err register_turn(struct register_feeder *f, struct arena *a, day today,
                  struct register_turn *out);

#endif
