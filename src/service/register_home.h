#ifndef SERVICE_REGISTER_HOME_H
#define SERVICE_REGISTER_HOME_H

/*
 * register_home -- the folder of the register's read model, open: DIR/register
 * with the book of answers (register/book.h) and the board of what is behind
 * (register/board.h).
 *
 *   [RG1] The truth is the store.  An app without a feeder, and one whose book
 *         is being made, answers from the store.
 *   [RG2] Acts mark what they change within their own transaction, in every
 *         program; what is marked is answered from the store until the feeder
 *         has been there (register_feed.h).  So whoever was told that something
 *         was done finds it done, at once.
 *   [RG3] A look-up waits for nobody.  It copies the answer out of the book,
 *         as pages that were given out to be sent could not be used again until
 *         the slowest reader has them.  What a thread has seen of the book it
 *         keeps for its next look-up, until the book becomes another: then it
 *         is taken from it, so that nothing old is kept for a thread that has
 *         nothing to do.
 *   [RG4] What is said of every certificate alike, the body's facts and the
 *         newest packages, need not be read again while nothing is marked:
 *         whoever changes it marks all within the transaction that does, and a
 *         turn that saw to a mark began after that was over.
 *
 * Threads: any, after register_open().
 */

#include "register/ready.h"
#include "service/app.h"

struct book;
struct register_home;

/* Inside app: itself in `a`, before which it is to be ended.  Nothing is
 * opened. */
err register_home_new(struct heap *h, struct arena *a,
                      struct register_home **out);
void register_home_end(struct register_home *r); /* NULL: nothing */

/* The app's, and the index of names beside it (register_names.h). */
struct register_home *app_register(const struct app *app);
struct register_names *register_names_of(const struct app *app);

/*
 * Open it, unless it is: the folder is made, a book that is damaged is thrown
 * away and begun anew.  `out` may be NULL; it stays the app's.  Errors of
 * book_open(), board_open() and folder_make().
 */
err register_open(struct app *app, struct arena *a, struct book **out);

/* The book is damaged: nothing is answered from it any more, and the next to
 * open it begins anew. */
void register_forsake(struct app *app);

/* --- for acts [RG2] ---------------------------------------------------- */

/* In the tx that changes it: what is said of this certificate and of its
 * sub-certificates will be another; of every one.  Where nobody ever served the
 * register nothing happens.  Errors of board_open(). */
err register_news(const struct app *app, struct arena *a, str number);
err register_news_all(const struct app *app, struct arena *a);

/* --- for the feeder ----------------------------------------------------- */

/* The number of the newest mark. */
uint64_t register_newest(struct app *app);

/* The book has all that was marked up to there; and: it is not whole. */
void register_fed(struct app *app, uint64_t mark);
void register_unfed(struct app *app);

/* Something was committed: who looks from now on sees it. */
void register_turned(struct app *app);

/* Was nothing marked since register_fed()? */
bool register_is_fed(struct app *app);

/*
 * [RG4]  0: something is marked that no turn of the feeder has seen to.  Else a
 * number that is another after every turn: what is read from the store after it
 * was asked for, and which only acts change that mark all, is so as long as the
 * number stays.
 */
uint64_t register_age(struct app *app);

/* --- for look-ups ------------------------------------------------------- */

/* What the book has under this folded number, as of `today`, copied into `a`:
 * *found is false where it has nothing, does not know that day, or is behind
 * [RG2]; then the store knows. */
struct register_answer {
    str json;
    uint64_t name; /* of these bytes (ready.h) */
};
err register_answer(struct app *app, struct arena *a, str folded, day today,
                    struct register_answer *out, bool *found);

/* This thread's reader of the book, as it is now, to be given back; NULL: it is
 * not whole. */
struct register_reader;
struct book_reader;
err register_read(struct app *app, struct arena *a,
                  struct register_reader **out);
const struct book_reader *register_book(const struct register_reader *r);
/* Takes NULL. */
void register_read_end(struct app *app, struct register_reader **own);

#endif
