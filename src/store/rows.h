#ifndef STORE_ROWS_H
#define STORE_ROWS_H

/*
 * rows -- what a statement finds, as plain structs.
 *
 * Lists come in pages and go on by key, never by offset: a page names the key
 * of the last row seen, so a list of millions costs what its page costs.
 */

#include "store/store.h"

struct arena;

/* Which part of a list. */
struct page {
    str after;     /* key of the last row of the page before; empty: none */
    int32_t limit; /* rows at most, 1..STORE_PAGE_MAX */
};

/* How rows of one kind are read. */
struct row_kind {
    size_t size; /* of the struct */
    /* Fill the zeroed struct `out` from the row that `q` is on. */
    void (*read)(struct query *q, struct arena *a, void *out);
};

/* The only row, into `out`; ERR_NOT_FOUND "store.missing" if there is none. */
err row_one(struct query *q, struct arena *a, const struct row_kind *k,
            void *out);

/* The only row or none; *found says which, `out` is untouched for none. */
err row_maybe(struct query *q, struct arena *a, const struct row_kind *k,
              void *out, bool *found);

/* Every row, as an array in `a`. */
err rows_all(struct query *q, struct arena *a, const struct row_kind *k,
             struct list *out);

/* The rows that can be read; of the others *left_out holds why not, as err
 * (ERR_CORRUPT), so that one damaged row does not hide all that are sound. */
err rows_sound(struct query *q, struct arena *a, const struct row_kind *k,
               struct list *out, struct list *left_out);

/* As rows_all(), for a statement whose $1 is the key and $2 the limit. */
err rows_page(struct query *q, struct arena *a, const struct page *p,
              const struct row_kind *k, struct list *out);

/* Make room for one more element of `size` bytes in `l`, which has *room; both
 * begin as zero.  False when there is no memory. */
bool rows_grow(struct arena *a, struct list *l, size_t size, size_t *room);

/* "%words%", with "!" before each sign of LIKE: for LIKE .. ESCAPE '!'. */
err rows_like(struct arena *a, str words, str *out);

#endif
