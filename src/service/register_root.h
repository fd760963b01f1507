#ifndef SERVICE_REGISTER_ROOT_H
#define SERVICE_REGISTER_ROOT_H

/*
 * register_root -- one hash for all of the register, in the log: what proves of
 * an enterprise that these are all of its certificates, or that it has none.
 * [M24]
 *
 *   [RO1] A root is of exactly the entries of the log below its `upto`: it is
 *         made from one reading of the store in which none waited for its
 *         index.
 *   [RO2] What is read for it is what entries since the last root are about, so
 *         it takes as long as there are of those.
 *   [RO3] One that says what the newest says is entered once a day and no
 *         oftener: it says that this is still so.
 *   [RO4] The book (rooted.h) moves last, when the entry is signed.  Where that
 *         breaks off, the entry stands, and the next root says the same.
 *   [RO5] The first one is somebody's wish; from then on each day has one.
 */

#include "service/rooted.h"
#include "service/sequence.h"

struct register_rooted {
    struct rooted_mark mark;
    bool entered; /* by this call; else it is the newest there was [RO3] */
};

/* By this sequencer, of an app that was opened for writing.  ERR_BUSY
 * "register.root_busy" when the log is given entries all the time, or somebody
 * else was signing it; errors of sequence_rest(), and of register/book.h. */
err register_root(struct sequencer *s, struct arena *a, day today,
                  struct register_rooted *out);

/* What a day does by itself: the same where a root was ever entered; elsewhere
 * out->entered is false, and nothing happens. [RO5] */
err register_root_daily(struct sequencer *s, struct arena *a, day today,
                        struct register_rooted *out);

/*
 * What proves of this USCC what the register said of it by the newest root, as
 * a text (verify/holder.h).  ERR_INVALID "holder.uscc" (given), ERR_NOT_FOUND
 * "register.no_root"; errors of published_proof().
 */
err register_prove(struct app *app, struct arena *a, str uscc, str *out);

/* The USCC as it is written: 18 digits and capitals.  ERR_INVALID
 * "holder.uscc" (given). */
err register_uscc(struct arena *a, str given, str *out);

#endif
