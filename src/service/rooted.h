#ifndef SERVICE_ROOTED_H
#define SERVICE_ROOTED_H

/*
 * rooted -- the register as the newest root in the log has it: a book of its
 * own (DIR/register/rooted), which moves only when another root is entered.
 *
 * What is answered from the register follows every act at once; what is proved
 * of it is proved against a root that is in the log, so it is of the moment of
 * that root.  One is entered each day, and whenever somebody asks for a mirror.
 *
 *   [RR1] The book is whole: its map's root is that of the entry it names, and
 *         that entry is covered by a signed checkpoint.
 *   [RR2] In it stands, by SHA-256, what is said of each enterprise
 *         (service/register_said.h), and of each number whose it is; keys and
 *         texts are verify/holder.h's [HP2].
 *   [RR3] It is made from the store and can be made again: one that is damaged
 *         is.
 *
 * Threads: one such thing is an app's, opened when it is first asked for; any
 * thread may ask.
 */

#include "register/book.h"
#include "service/app.h"

/* What the book is of. */
struct rooted_mark {
    int64_t index;    /* entry "register.root" of the log */
    day on;           /* of that entry */
    int64_t upto;     /* it is of the entries below this one, and .. */
    int64_t imported; /* .. of the rows up to this one (store/imported.h) */
    int64_t holders;
    int64_t numbers;
    struct hash root;
};

struct rooted;

err rooted_new(struct arena *a, struct rooted **out);
void rooted_end(struct rooted *r); /* takes NULL */

/* The book, to read: as the app's process has it, until the app is closed.
 * ERR_NOT_FOUND "register.no_root" when no root was ever entered; errors of
 * book_open(). */
err rooted_book(struct app *app, struct arena *a, struct book **out);

/* The same to write into: begun when there is none [RR3]. */
err rooted_book_made(struct app *app, struct arena *a, struct book **out);

/* The mark; *found is false where nothing was committed yet.  ERR_CORRUPT
 * "register.mark" when it is none. */
err rooted_mark_get(const struct book_reader *r, struct arena *a,
                    struct rooted_mark *out, bool *found);
err rooted_mark_put(struct book_writer *w, struct arena *a,
                    const struct rooted_mark *m);

/* A reader of the book as it is now, and its mark.  ERR_NOT_FOUND
 * "register.no_root"; errors of book_open(), book_read(), rooted_mark_get(). */
err rooted_read(struct app *app, struct arena *a, struct book_reader **out,
                struct rooted_mark *mark);

#endif
