#ifndef STORE_IMPORTED_H
#define STORE_IMPORTED_H

/*
 * imported -- certificates of other bodies, or of before Tenstar, as files
 * brought them. [M24] [M25]
 *
 *   [IM1] Rows are numbered 1, 2, 3 .. in the order of import, without a gap,
 *         and never change: whoever read up to a row goes on after it.
 *   [IM2] A number stands for one certificate: what a row has, no certificate
 *         or sub-certificate of the body's own had when it came.
 *   [IM3] No journal has the rows.  Each chunk of a file is an event with the
 *         root of a Merkle tree over them (service/register_import.h), and the
 *         chunks here are a projection of those events.
 *
 * Texts that are read live in the arena given.  A row that holds what no import
 * writes is ERR_CORRUPT "store.row" (statement, column, row).
 */

#include "store/rows.h"
#include "store/store.h"

struct imported_row {
    int64_t row; /* [IM1] */
    str number;  /* unique, in capitals and without blanks */
    str holder;
    str uscc;      /* with a right check character */
    str body;      /* who issued it */
    str scheme_id; /* empty: nobody said; it need not be a package here */
    str level_id;  /* likewise */
    str criterion; /* the standard that it was judged by */
    str place;     /* six digits of GB/T 2260; empty: nobody said */
    str trade;     /* GB/T 4754; likewise */
    str scope;     /* may be empty */
    day issued;
    day valid_from;
    day valid_until; /* inclusive; not before `valid_from` */
    int32_t status;  /* as on record, the domain's; 0..4 as certificates.h has
                        it.  Expiry on its day is the reader's to see */
    day status_since;
    int64_t line; /* of its file, from 1 */
};

/* Insert, unless the number is taken [IM2]: then *put is false and nothing
 * happens.  ERR_CONFLICT "store.constraint" when the row's number is. */
err imported_put(struct tx *tx, const struct imported_row *r, bool *put);

/* Would it be?  [IM2] */
err imported_is_taken(struct tx *tx, str number, bool *out);

/* ERR_NOT_FOUND "store.missing". */
err imported_get(struct tx *tx, struct arena *a, str number,
                 struct imported_row *out);

/* struct imported_row: all of a USCC in order of import. */
err imported_of(struct tx *tx, struct arena *a, str uscc, struct list *out);

/* The same: those after row `row`, at most `most`, 1..STORE_PAGE_MAX. */
err imported_after(struct tx *tx, struct arena *a, int64_t row, int32_t most,
                   struct list *out);

/* The same in the order of their numbers: those behind `number`. */
err imported_by_number(struct tx *tx, struct arena *a, str number, int32_t most,
                       struct list *out);

/* The newest row; 0: there is none.  And how many there are. */
err imported_last(struct tx *tx, int64_t *out);
err imported_count(struct tx *tx, int64_t *out);

/*
 * Let imported_of() find the rows up to a later one by a look, and not by going
 * through them: up to `most` rows more.  *done is false when more are left.
 */
enum { IMPORTED_CODED = 1 << 20 };
err imported_code(struct tx *tx, int64_t most, bool *done);

/* Forget where they are, and make it again from the start. */
err imported_code_clear(struct tx *tx);

/* How many are not found where they are; reads everything. */
err imported_code_wrong(struct tx *tx, int64_t *out);

/* What a chunk of a file brought. */
struct imported_chunk {
    struct hash file; /* SHA-256 of all of it */
    int64_t part;     /* 1: its first chunk */
    int64_t first;    /* row */
    int64_t last;     /* inclusive; first - 1: it brought none */
    int64_t lines;    /* of the file that had been read by its end */
    bool ended;       /* it is the file's last */
    struct hash root; /* over its rows */
};

/* ERR_CONFLICT "store.constraint" when that part of the file is there. */
err imported_chunk_put(struct tx *tx, const struct imported_chunk *c);

/* Part `part` of a file; the newest that is there; the one that brought a row.
 * *found is false, *out untouched, when there is none. */
err imported_chunk_get(struct tx *tx, const struct hash *file, int64_t part,
                       struct imported_chunk *out, bool *found);
err imported_chunk_newest(struct tx *tx, const struct hash *file,
                          struct imported_chunk *out, bool *found);
err imported_chunk_with(struct tx *tx, int64_t row, struct imported_chunk *out,
                        bool *found);

/* How many chunks there are, and how many rows they brought together. */
err imported_chunk_sums(struct tx *tx, int64_t *chunks, int64_t *rows);

/* Take all chunks away, to be made again from their journals. */
err imported_chunk_clear(struct tx *tx);

#endif
