#ifndef RECORDS_ROWS_H
#define RECORDS_ROWS_H

/*
 * rows -- the rows of a table, whose columns are known, become tickets.
 *
 *   [RO1] A row with more or fewer fields than the table has, or whose opening
 *         is no moment, is refused: it makes no ticket.
 *   [RO2] Another cell that cannot be read is a slip: the ticket counts and
 *         does not say it.
 *   [RO3] Refused rows and slips are counted, all of them, by why; the first
 *         ROWS_KEPT are kept with column and place in the file.  Their line is
 *         the number of line ends before that place, and one.
 *   [RO4] A file may be read in parts by several, each with a struct of its
 *         own: what a row becomes depends on that row alone.
 *   [RO5] Empty lines are no rows.
 *   [RO6] Numbers of tickets, and when an event of them was written, are read
 *         for folding (tickets.h); numbers, customers and phones for screens;
 *         else they cost nothing and say nothing.
 *   [RO7] A customer or phone is a hash that begins with a key: whoever draws a
 *         new key for each reading has hashes that mean nothing outside of it.
 *         Of phones the digits count, without 86 of the country in front; one
 *         with hidden digits, or with fewer than seven, tells nobody apart and
 *         says nothing.  Names are trimmed.
 *   [RO8] Cells of few different texts are read once and remembered, days of
 *         dates too.  What a row becomes does not depend on what is remembered
 *         (rows_table.plain).
 *   [RO9] A satisfaction with a fraction, "4.5", counts as the whole number
 *         below, which passes the same cuts, and keeps two digits behind the
 *         point for the mean.  Above the scale's end it counts as the one
 *         above: outside of the scale.
 *   [RO10] A quote that stands alone does not swallow the rows up to the next
 *         one: a row of several lines whose fields are not quoted as RFC 4180
 *         has it is refused, and no more of it than its first line.  Where that
 *         happens ROWS_ALONE times in a part, quotes are letters for the rest
 *         of it.
 *  [RO11] Whether a part is low is said where both its stock and the least of
 * it are numbers.
 */

#include "base/str.h"
#include "records/cells.h"
#include "records/moment.h"
#include "records/ticket.h"
#include "records/words.h"

#include <stddef.h>
#include <stdint.h>

struct columns;
struct column_book;
struct heap;

enum row_fault {
    ROW_FIELDS,      /* refused: too many of them, or too few */
    ROW_NOT_OPENED,  /* refused: its opening is no moment, or not there */
    ROW_OPEN_QUOTE,  /* refused: a quote is not closed where it should be */
    ROW_SLIP_MOMENT, /* a cell is no moment in its column's order */
    ROW_SLIP_NUMBER, /* or no number that is small enough */
    ROW_SLIP_YES,    /* or neither yes nor no */
    ROW_SLIP_WORD,   /* or a satisfaction in no word that is known */
    ROW_SLIP_MANY,   /* or one more word than a dictionary takes */
    ROW_FAULTS,
};

enum {
    ROWS_KEPT = 1000,
    ROWS_ALONE = 1000,
    ROW_WORD_BYTES = 1000, /* of a cell with doubled quotes; more is cut off */
};

struct row_note {
    uint64_t at;   /* where its row begins, in bytes from the file's start */
    size_t column; /* of a slip, from 0 */
    enum row_fault fault;
};

/* The dictionaries of a file's words. */
struct row_words {
    struct words outlet;
    struct words product;
    struct words person;
    struct words trade;
    struct words part;
};

struct rows_table {
    const struct columns *columns; /* borrowed, as the others */
    const struct column_book *book;
    struct heap *heap;
    char separator;
    bool quotes;
    bool events;  /* read what tickets.h folds by: numbers, `updated` */
    bool people;  /* read numbers, customers and phones [RO6] */
    bool plain;   /* remember nothing: slow, for tests [RO8] */
    uint64_t key; /* of people [RO7] */
};

/* What a cell means. */
struct row_meaning {
    uint16_t number; /* by its role: a word's, an answer, a count .. */
    bool says;       /* whether it says anything */
    uint8_t fault;   /* ROW_FAULTS: none */
};

/* And its bytes: those of a short one, zeros behind them. [RO8] */
enum { ROW_SHORT = 3 * 8, ROW_REMEMBERED = 512, ROW_MEANT = 16 };
struct row_known {
    uint64_t bytes[ROW_SHORT / 8];
    uint32_t n; /* 0: nothing is remembered here */
    struct row_meaning meaning;
};

/* A quarter of a megabyte, so no stack is for it. */
struct rows {
    struct rows_table table;
    struct row_words words;
    uint64_t read; /* rows, the refused ones too */
    uint64_t faults[ROW_FAULTS];
    struct row_note notes[ROWS_KEPT];
    size_t notes_n;
    struct cells cells;        /* of a part, or of what is left of it */
    char word[ROW_WORD_BYTES]; /* a cell whose quotes were doubled */
    uint64_t read_to;          /* in the file: the end of the last part */
    struct moment_days days;
    struct row_known known[ROW_MEANT][ROW_REMEMBERED];
    /* Whether a cell of so many bytes that begins so may say nothing: bit n,
     * or 31 for all that are longer. */
    uint32_t nothing[256];
};

/* What becomes of a ticket; false ends the reading: no memory. */
typedef bool rows_take(void *into, const struct ticket *t);

/* Nothing read yet. */
void rows_init(struct rows *r, const struct rows_table *table);
void rows_end(struct rows *r);

/* A part of a file that begins with a row and ends with one's end, or with the
 * file: fewer than FIELDS_PART_MAX bytes of UTF-8. */
struct rows_part {
    str text;
    uint64_t at; /* where it begins in the file */
};

/* Read a part; each ticket goes to `take`.  False when there is no memory or
 * `take` says so; `r` is then fit for rows_end() only. */
[[nodiscard]] bool rows_feed(struct rows *r, const struct rows_part *part,
                             rows_take *take, void *into);

/*
 * From where on a customer is satisfied, and the scale, for figures_terms: 4 of
 * 1..5, 8 of 0..10, 80 of 0..100; of words 3 of 1..3, where 2 is neither.  The
 * cut is ours; whoever asks may set another.
 */
struct rows_scale {
    int16_t low;
    int16_t high;
    int16_t satisfied;
    bool words;
};
struct rows_scale rows_scale_of(const struct columns *columns);

#endif
