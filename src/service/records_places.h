#ifndef SERVICE_RECORDS_PLACES_H
#define SERVICE_RECORDS_PLACES_H

/*
 * records_places -- where the rows of a file of service records stand, found
 * while it is counted: so that a look into them begins where they are, and not
 * at the file's front. [M26]
 *
 *   [PL1] Parts are those that the file was read in (records_pass.h), of about
 *         a megabyte: 32 bytes each.
 *   [PL2] Of a file with no more rows that made tickets than was said, each of
 *         them is kept too, with the month and the words that it is grouped by:
 *         16 bytes each.  Of a larger one none is.
 *   [PL3] What there is does not depend on how many workers read the file.
 *   [PL4] Months are the calendar's, from the period's first on: a row of the
 *         same month that lies before the period has it too.
 *
 * Threads: one struct, one thread; after places_close() all may read.
 */

#include "base/day.h"
#include "records/figures.h"
#include "service/records_pass.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;
struct places;

enum { PLACES_ROWS = 1 << 21 }; /* that are usually kept */

/* A part, or a row. */
struct place_found {
    uint64_t at;    /* where it begins in the file, */
    uint64_t n;     /* its bytes, of a row up to the next one or the part's end,
                     */
    uint64_t lines; /* and the line ends before it */
};

/* Which rows are looked for: all of GROUP_WHOLE; else the number of a word as
 * in struct row_words, the month, or both. */
struct place_group {
    enum figure_group kind;
    uint32_t number;
    uint32_t month;
};

/* For a period; rows are kept of at most `most`, from 1 on. [PL2]  NULL when
 * there is no memory. */
struct places *places_new(struct heap *h, day first, day last, uint32_t most);
void places_free(struct places **p);

/* --- while it is read; false, here and below, when there is no memory: `p` is
 * then fit for places_free() only ----------------------------------------- */

/* A part begins: rows are of it until the next one does. */
[[nodiscard]] bool places_part(struct places *p, const struct pass_part *part);

/* Are rows kept still? [PL2] */
bool places_keeps(const struct places *p);

/* A row that made a ticket, at this offset in the part as it stands in the
 * file, behind so many of the part's line ends; offsets grow. */
[[nodiscard]] bool places_row(struct places *p, const struct ticket *t,
                              uint64_t at, uint64_t lines);

/* Take over all of `other`, of the same period. */
[[nodiscard]] bool places_merge(struct places *p, const struct places *other,
                                const struct figures_map *map);

/* All is read: put it in the order of the file. */
[[nodiscard]] bool places_close(struct places *p);

/* --- afterwards ------------------------------------------------------- */

size_t places_parts(const struct places *p);
struct place_found places_part_of(const struct places *p, size_t part);

/* The part with this place, or with this line, from 1; places_parts(): none. */
size_t places_part_at(const struct places *p, uint64_t at);
size_t places_part_line(const struct places *p, uint64_t line);

/* The row that begins at this place, or with this line; false, *out untouched:
 * none does, or rows are not kept. */
bool places_at(const struct places *p, uint64_t at, struct place_found *out);
bool places_line(const struct places *p, uint64_t line,
                 struct place_found *out);

/* Up to `most` rows of a group behind line `after`; how many.  Rows are to be
 * kept. */
size_t places_group(const struct places *p, const struct place_group *g,
                    uint64_t after, struct place_found *out, size_t most);

#endif
