#ifndef SERVICE_REGISTER_NAMES_H
#define SERVICE_REGISTER_NAMES_H

/*
 * register_names -- the names of the register's certificates, found by any
 * piece of them: fed beside the book (register/named.h), kept in segments
 * (register/names.h).
 *
 *   [RN1] A search is answered from here only where everything is here: every
 *         certificate could be read, and nothing was marked that was not fed
 *         since (register_home.h [RG2]).  Else it is so for what files brought,
 *         which never changes, and the store answers for the body's own.
 *   [RN2] What is said of a certificate that was found is the store's to say;
 *         from here come its number and its place among the others.
 *   [RN3] An index that is damaged, or of another book, is made again from the
 *         book; until then nothing is answered from it.
 *
 * Threads: one feeds, one tends, any number look.
 */

#include "service/register_facets.h"
#include "service/register_home.h"
#include "search/search.h"

struct book_writer;
struct public_certificate;
struct register_names;
struct tx;

/* Inside register_home: itself in `a`.  Nothing is opened. */
err register_names_new(struct heap *h, struct arena *a,
                       struct register_names **out);
void register_names_end(struct register_names *n); /* NULL: nothing */

/* --- for the feeder ----------------------------------------------------- */

/* The book was cleared, and was so before: there are no names yet. */
struct named_state;
err register_names_begin(struct app *app, struct arena *a,
                         struct book_writer *w,
                         const struct named_state *before);

/* The holder's name of `c` and its former ones, unless it is a sub-certificate;
 * `noted`: not everything is made anew. */
err register_names_put(struct tx *tx, struct book_writer *w,
                       const struct public_certificate *c, bool noted);

/* What the index has for good need not be told again. */
err register_names_trim(struct app *app, struct arena *a,
                        struct book_writer *w);

/* Bring the index up to what was committed [RN3].  What fails here fails no
 * look-up: the index is not ready then. */
err register_names_bring(struct app *app, struct arena *a);

/* Merge what is due, if anything is: *more (names.h). */
err register_names_tend(struct app *app, struct arena *a, bool *more);

/* --- looking ------------------------------------------------------------ */

struct register_wish {
    str words;
    struct facet_wish narrow;
    day today;
    uint64_t after; /* key of the last one seen; 0: from the first on */
    size_t most;    /* 1..SEARCH_WANT_MAX */
};

/* One name that was found. */
struct register_name_found {
    str number;
    str name;
    uint64_t key;
    bool former;   /* it once stood there */
    bool imported; /* a file brought the certificate */
};

struct register_names_found {
    bool ready; /* false: the index is not there, and nothing else here counts
                 */
    bool whole; /* false: it knows only of what was imported [RN1] */
    struct list found; /* of struct register_name_found, the best first */
    bool more;
    uint64_t next;  /* `after` of the next page; 0: there is none */
    uint32_t count; /* of names; SEARCH_COUNT_MAX when there are more .. */
    bool above;     /* .. which this says */
};

err register_names_find(struct app *app, struct arena *a,
                        const struct register_wish *wish,
                        struct register_names_found *out);

#endif
