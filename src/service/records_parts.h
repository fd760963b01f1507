#ifndef SERVICE_RECORDS_PARTS_H
#define SERVICE_RECORDS_PARTS_H

/* records_parts -- how the files of service/records*.c read one: everyone else
 * includes service/records.h. */

#include "service/records.h"

/* Who reads, as in struct pass. */
struct records_reading {
    size_t workers;
    void *const *each;
    bool (*feed)(void *mine, const struct pass_part *part);
};

size_t records_workers(const struct records_input *in);

/* All rows of the table once.  Errors of source_begin() and pass_run(). */
err records_read(struct arena *a, struct heap *h,
                 const struct records_input *in,
                 const struct records_file *file,
                 const struct records_reading *r, uint64_t *replaced);

/* The lines of those places that are in this part: of rows, which begin behind
 * line ends. */
void records_lines_in(const struct pass_part *part, struct records_line *lines,
                      size_t n);

/* The dictionaries of struct row_words, 0..RECORDS_GROUPINGS - 1. */
enum { RECORDS_GROUPINGS = 5 };
struct words *records_words_of(struct row_words *w, size_t grouping);

struct counter;

/* Figures being counted, by `n` workers; all but `all` is set by who asks. */
struct records_counting {
    struct heap *heap;
    const struct records_file *file;
    const struct figures_terms *terms;
    const struct figures_terms *then; /* NULL: not asked for, as the next */
    const struct screens_terms *screens;
    uint32_t places;        /* as in struct records_terms */
    uint64_t key;           /* of people (rows.h) */
    struct columns columns; /* less those with too many words [RC4] */
    struct counter *all[PASS_WORKERS_MAX];
    size_t n;
};

/* Count the file into *out, which is new.  Errors of pass_run(). */
err records_count(struct arena *a, const struct records_input *in,
                  struct records_counting *w, struct records_figures *out);

#endif
