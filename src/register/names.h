#ifndef REGISTER_NAMES_H
#define REGISTER_NAMES_H

/*
 * names -- the names of the register, found by any piece of them: segments
 * (search/segment.h) of which the first is the largest, each later one newer
 * and smaller, and the newest in memory.
 *
 *   [NA1] A name counts as its newest segment has it; older ones count no more.
 *         One that was taken away is a document whose name is empty.
 *   [NA2] Readers never wait.  A view is all of it at one moment, and stands
 *         until it is let go, whatever is changed or merged meanwhile.
 *   [NA3] Every change has a serial of the caller's, which goes up.  What is in
 *         files goes up to one of them; what came later is told again to who
 *         opens them (names_kept()).  A power cut leaves whole files and the
 *         list of before or after.
 *   [NA4] Files are made from what somebody else keeps: those that are damaged,
 *         of another format or another origin are a reason to make them again.
 *   [NA5] Segments are merged from the newest back, so that each has four times
 *         as many names as all newer ones together: there are few.
 *
 * Files: names.list and names-NUMBER.seg in the register's folder, which one
 * `struct names` has to itself.
 *
 * Threads: one changes, one tends (both may be the same), any number look.
 */

#include "base/err.h"
#include "base/str.h"
#include "search/search.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct file_ops;
struct heap;

enum {
    NAMES_SEGMENTS = 32,     /* at most; a change that would make more tends */
    NAMES_TIMES = 4,         /* [NA5] */
    NAMES_FILE_LEAST = 8192, /* documents that go into a file */
};

struct names;

/*
 * The names in this folder, which is there; `origin` is what they were made of
 * [NA4].  Files of another origin, and those that no list has, are removed.
 * ERR_CORRUPT "search.damaged" (what): throw them away and open again; errors
 * of file_err(), ERR_MEMORY.  `f` and `h` outlive them.
 */
struct names_place {
    struct heap *heap;
    struct file_ops *files;
    str folder; /* copied */
    uint64_t origin;
    uint32_t file_least; /* fewer documents stay in memory; 0: NAMES_FILE_LEAST,
                            which tests of small registers cannot reach */
};
err names_open(struct arena *a, const struct names_place *place,
               struct names **out);
void names_end(struct names **n); /* takes NULL; no view may be out */

/* Remove all of its files: names_open() then finds none. */
err names_throw_away(struct file_ops *f, struct arena *a, str folder);

/* --- changing [NA3] ------------------------------------------------------ */

/* What is in files goes up to this serial; 0: none is in files. */
uint64_t names_kept(struct names *n);

/* What is needed of the changes no more, whatever happens: those up to here.
 * Either they are in files, or all has to be made anyhow. */
uint64_t names_settled(struct names *n);

/* What they are made of, and up to where [NA3] [NA4]. */
struct names_mark {
    uint64_t origin;
    uint64_t serial;
};

/* All of them, instead of what there was.  Errors of segment_build() and
 * file_write(): nothing is changed then, or what is old could not be removed.
 */
err names_make(struct names *n, struct arena *a,
               const struct search_document *documents, size_t count,
               struct names_mark mark);

/* For who changes. */
struct names_mark names_now(struct names *n);

/* These are so now, each id once; an empty name takes one away. */
err names_change(struct names *n, struct arena *a,
                 const struct search_document *documents, size_t count,
                 uint64_t serial);

/* One merge, if one is due [NA5]; *more says that there was.  Errors as above:
 * whatever they are, no answer is another. */
err names_tend(struct names *n, struct arena *a, bool *more);

/* --- looking [NA2] --------------------------------------------------------
 */

struct names_view;

struct names_view *names_see(struct names *n);
void names_let(struct names_view **v); /* takes NULL */

/* The last change that it has. */
uint64_t names_serial(const struct names_view *v);

/* Segments and documents of a view, also those that count no more. */
size_t names_segments(const struct names_view *v);
uint64_t names_documents(const struct names_view *v);

/* search_find() in a view. */
err names_find(const struct names_view *v, struct arena *a,
               struct search_room *room, const struct search_request *rq,
               struct search_answer *out);

#endif
