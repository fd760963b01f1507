#ifndef REGISTER_BOOK_H
#define REGISTER_BOOK_H

/*
 * book -- the register's file: tables of key and bytes in one LMDB file, which
 * readers look into without a lock and without a copy.
 *
 *   [BK1] One writes at a time, whatever program it is of; readers never wait,
 *         and see what was whole when they began.
 *   [BK2] What was committed is on the disk, all of it or none.  A book is made
 *         from the store and can be made again, so one that is damaged or of
 *         another format is a reason to do that, not to stop.
 *   [BK3] Bytes that were looked up are borrowed: they stand until their reader
 *         ends.
 *   [BK4] A book is read by threads that each have a reader of their own.
 *
 * Keys have 1..BOOK_KEY_MAX bytes and are in the order of their bytes.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct heap;

enum {
    BOOK_KEY_MAX = 511, /* LMDB's */
    BOOK_READERS = 512, /* at once, of all programs */
};

/* Most bytes of a book: addresses, not memory, and not disk either. */
#define BOOK_ROOM (INT64_C(64) << 30)

enum book_table {
    BOOK_ANSWERS, /* folded number -> packed answer (ready.h) */
    BOOK_HOLDERS, /* SHA-256 of a USCC -> what is said of all of its (holders.h)
                   */
    BOOK_MAP,     /* nodes over the holders; likewise */
    BOOK_META,    /* what the book is of, and up to where */
    BOOK_NAMES,   /* id of a name -> what it is of (named.h) */
    BOOK_NAMED,   /* number -> ids of its names; likewise */
    BOOK_CHANGED, /* serial of a change -> id of the name; likewise */
    BOOK_TABLES,
};

struct book;

/* The book in this folder, which is there; begun when it has none.  `room` is
 * how large it may become.  ERR_CORRUPT "register.damaged" (path, detail)
 * [BK2]; ERR_IO "register.io" (path, detail), ERR_MEMORY.  No process may have
 * it open twice. */
err book_open(struct arena *a, struct heap *h, str folder, int64_t room,
              struct book **out);
void book_end(struct book **b); /* takes NULL */

/* [BK2]  Take away the file of the book in this folder, if there is one: the
 * next to open it begins anew, and who has it open keeps what it has. */
err book_throw_away(struct arena *a, str folder);

/* --- reading ---------------------------------------------------------- */

struct book_reader; /* [BK4] */

/* As the book is now.  Errors of book_open(); ERR_BUSY "register.readers"
 * (number). */
err book_read(struct book *b, struct arena *a, struct book_reader **out);

/* The same reader again, as the book is by now: much cheaper than a new one.
 * After an error it is fit for book_read_end() only. */
err book_read_on(struct book_reader *r, struct arena *a);
void book_read_end(struct book_reader **r); /* takes NULL */

/* Let go of what it sees, so that nothing old is kept for it; all it may do
 * next is to be read on or ended. */
void book_read_rest(struct book_reader *r);

/* [BK3]  ERR_NOT_FOUND is no error here: *found is false. */
err book_get(const struct book_reader *r, struct arena *a, enum book_table t,
             str key, str *value, bool *found);

/* Call `each` with the pairs whose key is `from` or comes after it, in their
 * order, until it returns false.  *context is the caller's. */
typedef bool book_each(void *context, str key, str value);
err book_walk(const struct book_reader *r, struct arena *a, enum book_table t,
              str from, book_each *each, void *context);

/* Pairs in a table. */
err book_count(const struct book_reader *r, struct arena *a, enum book_table t,
               uint64_t *out);

/* --- writing ---------------------------------------------------------- */

struct book_writer;

/* Waits for who writes already. */
err book_write(struct book *b, struct arena *a, struct book_writer **out);

/* ERR_LIMIT "register.full" (path) when `room` is used up; after any error
 * nothing but book_abort() is of use. */
err book_put(struct book_writer *w, struct arena *a, enum book_table t, str key,
             str value);
err book_drop(struct book_writer *w, struct arena *a, enum book_table t,
              str key); /* also where there is none */
err book_clear(struct book_writer *w, struct arena *a, enum book_table t);

/* What the writer sees: the book with what it changed. */
const struct book_reader *book_writing(const struct book_writer *w);

/* [BK2]  The writer is over, whatever comes of it. */
err book_commit(struct book_writer **w, struct arena *a);
void book_abort(struct book_writer **w); /* takes NULL */

#endif
