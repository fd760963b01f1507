#ifndef STORE_SCHEMES_H
#define STORE_SCHEMES_H

/*
 * schemes -- frozen scheme packages: what a case was judged by, for ever.
 *
 * A package is named by its hash (decisions.md, "scheme hash") and never
 * changes; freezing it again is a conflict.  What is read lives in the arena
 * given.
 */

#include "store/rows.h"
#include "store/store.h"

struct scheme_row {
    struct hash hash;
    str id; /* "ten-star" */
    str version;
    int64_t frozen; /* microseconds UTC */
};

struct scheme_file_row {
    str path;  /* within the package */
    str bytes; /* as they are */
};

/* Keep a package and its files; ERR_CONFLICT "store.constraint" when it is
 * kept already, or a path comes twice. */
err scheme_freeze(struct tx *tx, const struct scheme_row *s,
                  const struct scheme_file_row *files, size_t n);

/* *found is false, *out untouched, when it is not kept. */
err scheme_find(struct tx *tx, struct arena *a, const struct hash *hash,
                struct scheme_row *out, bool *found);

/* The one with this id that was frozen last; ERR_NOT_FOUND "store.missing". */
err scheme_newest(struct tx *tx, struct arena *a, str scheme_id,
                  struct scheme_row *out);

/* struct scheme_row of each id, the one that was frozen last, by id. */
err scheme_list_newest(struct tx *tx, struct arena *a, struct list *out);

/* A package, and how many cases are bound to it. */
struct scheme_bound_row {
    struct scheme_row scheme;
    int64_t cases;
};

/* struct scheme_bound_row of all, by id, of each the newest first. */
err scheme_list_bound(struct tx *tx, struct arena *a, struct list *out);

/* struct scheme_row by hash, after `after` (zero: from the first), at most
 * `limit`, 1..STORE_PAGE_MAX. */
err scheme_list(struct tx *tx, struct arena *a, const struct hash *after,
                int32_t limit, struct list *out);

/* The same of those that case_list_running() has cases of. */
err scheme_list_running(struct tx *tx, struct arena *a,
                        const struct hash *after, int32_t limit,
                        struct list *out);

/* The ids of all schemes, each once, as a list of str; in order, which is their
 * key. */
err scheme_names(struct tx *tx, struct arena *a, const struct page *p,
                 struct list *out);

/* struct scheme_file_row of a package by path, which is the key. */
err scheme_files(struct tx *tx, struct arena *a, const struct hash *hash,
                 const struct page *p, struct list *out);

#endif
