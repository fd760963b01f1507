#ifndef REGISTER_NAMES_PARTS_H
#define REGISTER_NAMES_PARTS_H

/*
 * names_parts -- inside register: what a view of the names is made of.
 *
 *   [NP1] Pieces, graves and views are shared and counted; whoever lets go of
 *         the last use of one frees it.  What is in one never changes.
 */

#include "base/arena.h"
#include "register/names.h"
#include "sys/mapped.h"

#include <stdatomic.h>

/* A segment, in memory or in a file. */
struct piece {
    _Atomic uint32_t uses;
    struct heap *heap;
    struct arena arena; /* the segment, and its bytes when they are in memory */
    struct mapped map;  /* else they are here */
    str bytes;
    const struct segment *segment;
    uint64_t serial; /* of its last change */
    uint32_t file;   /* number of its file; 0: in memory */
};

/* Which documents of a piece count no more: its bits. */
struct grave {
    _Atomic uint32_t uses;
    struct heap *heap;
    size_t n; /* words */
    uint64_t bits[];
};

struct names_view {
    _Atomic uint32_t uses;
    struct heap *heap;
    uint64_t serial;
    size_t n;
    struct segment_part parts[NAMES_SEGMENTS]; /* of the next two */
    struct piece *pieces[NAMES_SEGMENTS];      /* the oldest first */
    struct grave *graves[NAMES_SEGMENTS];      /* NULL: all count */
};

/* --- pieces -------------------------------------------------------------- */

/* Errors go into `a`. */
err piece_build(struct heap *h, struct arena *a,
                const struct search_document *documents, size_t n,
                struct piece **out);
err piece_merge(struct heap *h, struct arena *a,
                const struct segment_part *parts, size_t n, struct piece **out);
/* Whatever the file's bytes are: they are checked whole. */
err piece_load(struct heap *h, struct file_ops *f, struct arena *a, str path,
               struct piece **out);
struct piece *piece_use(struct piece *p);
void piece_drop(struct piece **p); /* takes NULL */

/* --- graves --------------------------------------------------------------- */

struct grave *grave_use(struct grave *g); /* takes NULL */
void grave_drop(struct grave **g);        /* takes NULL */

/* In *g, which is of `p`: what `newer` has too counts no more.  *g becomes
 * another when it changes. */
err grave_dig(struct heap *h, struct grave **g, const struct piece *p,
              const struct piece *newer);

/* The same of what has no name. */
err grave_nameless(struct heap *h, struct grave **g, const struct piece *p);

/* --- views ------------------------------------------------------------------
 */

err view_new(struct heap *h, struct names_view **out);

/* Behind the others; piece and grave are used once more. */
void view_add(struct names_view *v, struct piece *p, struct grave *g);

/* --- files ------------------------------------------------------------------
 */

struct names_file {
    uint32_t number;
    uint64_t serial;
};

struct names_files {
    uint64_t origin;
    size_t n;
    struct names_file of[NAMES_SEGMENTS]; /* the oldest first */
};

err names_path(struct arena *a, str folder, uint32_t number, str *out);

/* Nothing, when there is none, or it is of another format. */
err names_list_read(struct file_ops *f, struct arena *a, str folder,
                    struct names_files *out);
err names_list_write(struct file_ops *f, struct arena *a, str folder,
                     const struct names_files *files);

/* Remove every file of names that is not in the list; NULL: the list too. */
err names_sweep(struct file_ops *f, struct arena *a, str folder,
                const struct names_files *keep);

#endif
