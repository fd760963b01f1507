#ifndef REGISTER_NAMED_H
#define REGISTER_NAMED_H

/*
 * named -- what the names of the register are of: in the book, each with an id
 * of its own, and which changed since the index of names was made (names.h).
 *
 *   [NM1] A name has one id, which no other ever has in this book.  A holder's
 *         name and each of its former ones are names of their own.
 *   [NM2] Every change has the next serial, and is noted until named_trim().
 *         It is committed with the rest: what the index lacks can always be
 *         told again.
 *   [NM3] A book that was made anew has another origin, and its index too.
 *   [NM4] Words that a facet has instead of numbers are numbered as they come,
 *         and keep their number in this book.
 */

#include "register/book.h"
#include "search/segment.h"

enum { NAMED_MOST = 32 }; /* names of one certificate; others are not found */

struct named {
    str number; /* of the certificate */
    str name;
    uint16_t facets[SEARCH_FACETS];
    uint8_t kind; /* the caller's */
};

/* Of all names there are. */
struct named_state {
    uint64_t origin; /* [NM3] 0: nothing was ever put */
    uint64_t serial; /* of the last change; 1: of none yet */
    uint32_t next;   /* the id that was not given yet, from 1 */
    uint32_t missed; /* certificates whose names are not known */
};

/* --- writing ---------------------------------------------------------- */

/* None yet, in a book that was cleared.  `before` is what was so until then:
 * its ids are not given again, so that who still has one finds nothing.  The
 * origin is `at`, or the next after the one before. */
err named_begin(struct book_writer *w, struct arena *a,
                const struct named_state *before, uint64_t at);

/*
 * The names of the certificate in names[0].number, at least one, are these; the
 * first is the holder's.  `noted`: who keeps the index is told [NM2]; it need
 * not be while there is none.  Errors of book_put().
 */
err named_put(struct book_writer *w, struct arena *a, const struct named *names,
              size_t n, bool noted);

/* The certificate cannot be read, and nobody knows its names. */
err named_miss(struct book_writer *w, struct arena *a, str number, bool noted);

/* The number of a word in a facet, which it is given when it has none [NM4]: 0
 * for an empty one; those beyond NAMED_WORDS share NAMED_WORDS + 1. */
enum { NAMED_WORDS = UINT16_MAX - 1 };
err named_word_put(struct book_writer *w, struct arena *a,
                   enum search_facet facet, str word, uint16_t *out);

/* Changes up to `serial` need not be told any more. */
err named_trim(struct book_writer *w, struct arena *a, uint64_t serial);

/* --- reading ---------------------------------------------------------- */

err named_state(const struct book_reader *r, struct arena *a,
                struct named_state *out);

/* Borrowed [BK3].  *found is false: it was taken away, or never was. */
err named_get(const struct book_reader *r, struct arena *a, uint32_t id,
              struct named *out, bool *found);

/* *found is false: no name has this word.  With NAMED_WORDS + 1 others may be
 * meant too. */
err named_word(const struct book_reader *r, struct arena *a,
               enum search_facet facet, str word, uint16_t *out, bool *found);

/* Each of them, until `each` says false. */
typedef bool named_each(void *context, uint32_t id, const struct named *n);
err named_walk(const struct book_reader *r, struct arena *a, named_each *each,
               void *context);

/* Changes after `serial`, in their order; likewise. */
typedef bool named_each_change(void *context, uint64_t serial, uint32_t id);
err named_changes(const struct book_reader *r, struct arena *a, uint64_t serial,
                  named_each_change *each, void *context);

#endif
