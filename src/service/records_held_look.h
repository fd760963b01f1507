#ifndef SERVICE_RECORDS_HELD_LOOK_H
#define SERVICE_RECORDS_HELD_LOOK_H

/*
 * records_held_look -- a look into the rows of a file that is held: what
 * records_held_rows.c, _scan.c and _seek.c have in common.  Everyone else
 * includes service/records_held.h.
 *
 *   [HL1] Where rows stand was kept when a text was counted
 *         (service/records_places.h): a look opens the boxes that have what it
 *         shows, and no others.  Of a file with more rows than are kept it
 *         begins at the part that it goes on in.
 *   [HL2] A workbook and UTF-16 are read from the front: their places are those
 *         of another text than the one that is held.
 *   [HL3] Both ways show the same rows.
 */

#include "service/records_held_parts.h"
#include "service/records_parts.h"

struct held_looking {
    struct app *app;
    struct arena *a; /* of the answer */
    const struct held_row_of *row;
    const struct held_counted *counted;
    const struct held_asked_rows *asked;
    struct place_group group; /* what is asked for, by its number, */
    str word;                 /* and by the word itself */
    struct held_row *found;   /* HELD_ROWS_MAX of them */
    size_t n;
    uint64_t next;
    err why; /* what failed where only false can be told */
};

/* The row that `text` begins with is found; false: see `why`. */
bool held_looking_add(struct held_looking *k, uint64_t line, str text);

/* The row at this line of a part, where that is one of its; false: see
 * `why`. */
bool held_looking_line(struct held_looking *k, const struct pass_part *part,
                       uint64_t line);

/* Does a ticket's row belong to what is asked for, by the words of who reads
 * it? */
bool held_looking_wants(const struct held_looking *k,
                        const struct row_words *words, const struct ticket *t);

/* All rows from the front. [HL2] */
err held_scan(struct held_looking *k);

/* Those in this part, of a reading that goes on over parts in their order.
 * *over: there is enough. */
struct held_scanning;
err held_scanning_begin(struct held_looking *k, struct held_scanning **out);
void held_scanning_end(struct held_scanning **s);
bool held_scanning_part(struct held_scanning *s, const struct pass_part *part);
bool held_scanning_over(const struct held_scanning *s);

/* May a file be read by its places? [HL1] */
bool held_seeks(const struct held_counted *c);

/* By them. */
err held_seek(struct held_looking *k);

/* As records_lines(), by them. */
err held_seek_lines(struct app *app, struct arena *a,
                    const struct held_row_of *row, const struct held_counted *c,
                    struct records_line *lines, size_t n);

#endif
