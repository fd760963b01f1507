#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

/*
 * import -- certificates of other bodies, or of before Tenstar, that a file
 * brings: what a row says, and whether it can be true. [M24] [M25]
 *
 *   [IP1] A row is taken as it is or refused with everything that is wrong in
 *         it, each by its column, with what would be right.
 *   [IP2] Nothing is guessed but this: without a day of issue the first valid
 *         day is it, and the other way; who says no status says "valid"; a
 *         valid one has been so since its first day, an expired one since the
 *         day after its last.
 *   [IP3] Impossible is what ends before it begins, was issued or changed its
 *         status in days to come, or changed it before it was issued or after
 *         it had run out.
 *   [IP4] A row's canonical text is RFC 8785 JSON of all it says: equal rows
 *         give equal bytes, and of no others.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"
#include "domain/status.h"

#include <stdint.h>

struct arena;
struct buf;

enum import_column {
    IMPORT_NUMBER,
    IMPORT_HOLDER,
    IMPORT_USCC,
    IMPORT_BODY, /* who issued it */
    IMPORT_SCHEME,
    IMPORT_LEVEL,
    IMPORT_CRITERION,
    IMPORT_PLACE,
    IMPORT_TRADE,
    IMPORT_SCOPE,
    IMPORT_ISSUED,
    IMPORT_FROM,
    IMPORT_UNTIL,
    IMPORT_STATUS,
    IMPORT_SINCE,
    IMPORT_COLUMNS, /* none of them */
};

/* "number", "holder" ..; and what people call them: a catalogue id. */
extern const char *const import_column_names[IMPORT_COLUMNS + 1];
const char *import_column_label(enum import_column c);

/* The same of several, a bit for each: ids with '|' between them. */
err import_labels(struct arena *a, unsigned columns, str *out);

/* Must a row say something there? [IP2] */
bool import_column_is_needed(enum import_column c);

/* --- headings ----------------------------------------------------------- */

/*
 * What a heading says, in either language: the catalogue has the words of each
 * column, those that are surely it ("import.words.*") and those that may be it
 * where nothing else is ("import.perhaps.*").  Case, width, blanks, marks and
 * an ordinal before it do not matter, nor does what stands in brackets behind
 * it, but then it only may be it.
 */
struct import_meaning {
    unsigned columns; /* a bit for each that it can be; 0: none */
    bool sure;        /* then there is one */
};
struct import_meaning import_meaning_of(str heading);

/* Why headings do not say which columns they are. */
enum import_unclear {
    IMPORT_CLEAR,
    IMPORT_TWICE,  /* `first` and `second` both are `columns` */
    IMPORT_EITHER, /* either of them may be `columns` */
    IMPORT_VAGUE,  /* `first` may be any of `columns`, one of which is needed */
};

struct import_columns {
    size_t place[IMPORT_COLUMNS]; /* the heading; their number: there is none */
    enum import_unclear unclear;
    size_t first;
    size_t second;
    unsigned columns;
};

/*
 * Which heading is which column: who is surely it; else the only one that may
 * be it and nothing else.  A heading that may be several is none, and unclear
 * when one of them is needed and missing.
 */
void import_columns_find(const struct import_meaning *headings, size_t n,
                         struct import_columns *out);

/* Those that every table needs and this one lacks, a bit for each; of issue and
 * first valid day one is enough [IP2], so both are in it or neither is. */
unsigned import_columns_lacking(const struct import_columns *c, size_t n);

struct import_row {
    str number; /* in capitals, without blanks */
    str holder;
    str uscc;
    str body;
    str scheme; /* these may be empty: nobody said */
    str level;
    str criterion; /* never empty */
    str place;     /* may be empty, as the next two */
    str trade;
    str scope;
    day issued;
    day from;
    day until; /* inclusive */
    enum certificate_status status;
    day since;
};

/* What is wrong in a row. */
struct import_fault {
    enum import_column column; /* IMPORT_COLUMNS: the row as a whole */
    err why;                   /* ERR_INVALID "import.*" */
};

struct import_faults {
    struct import_fault at[IMPORT_COLUMNS];
    size_t n; /* 0: it is sound */
};

/*
 * Read what stands in each column, UTF-8; columns that a table does not have
 * are empty.  The row's texts are in `a` or borrowed from there, what is wrong
 * with them is in *faults [IP1]: ERR_MEMORY only.
 */
err import_read(struct arena *a, const str cells[static IMPORT_COLUMNS],
                day today, struct import_row *out,
                struct import_faults *faults);

/* One fault more; nothing happens when the column has one already. */
void import_add_fault(struct import_faults *faults, enum import_column column,
                      err why);

/* Let its texts be copies in `a`. */
err import_row_keep(struct arena *a, struct import_row *row);

/* [IP4] Append it, with the line of its file; 0: without. */
void import_canonical(struct buf *b, const struct import_row *row,
                      int64_t line);

/* The status that a word of either language means; false, *out untouched: none.
 */
bool import_status_of(str word, enum certificate_status *out);

/* "valid" .. as canonical texts and exports have it. */
extern const char *const import_status_names[];

/* --- the event ---------------------------------------------------------- */

enum { IMPORT_CHUNK = 65536 }; /* rows of a file that go in at once */

/* import.chunk: rows of a file that went in together. */
struct import_chunk {
    struct hash file; /* SHA-256 of all of it */
    int64_t part;     /* 1: its first chunk */
    int64_t first;    /* row of the register */
    int64_t last;     /* inclusive; first - 1: none went in */
    int64_t lines;    /* of the file that had been read by then */
    int64_t read;     /* rows of the file, 0..IMPORT_CHUNK; of them */
    int64_t known;    /* were there already as they are, */
    int64_t refused;  /* and these did not go in */
    bool ended;       /* it is the file's last chunk */
    struct hash root; /* of the Merkle tree over the canonical texts of those
                         that went in (merkle/tree.h) */
};

#endif
