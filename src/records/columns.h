#ifndef RECORDS_COLUMNS_H
#define RECORDS_COLUMNS_H

/*
 * columns -- what each column of a table of service records is.
 *
 *   [CO1] A column is known by its name (a dictionary, records/columns.yaml)
 *         and by what a sample of rows holds, and the two must not contradict:
 *         where more than a tenth of the cells that hold something are not
 *         what the role asks for, the name counts for nothing; one cell may
 *         always be a slip where another one is none.
 *   [CO2] A role is given to one column at most, and a column one role: the
 *         best match of all first, of equal ones the column further left.
 *   [CO3] Dates of a column are read in one order, the one that the most of
 *         its cells allow.  Where several do, decide in turn: the other columns
 *         of dates in this table; the order in which more tickets are opened
 *         before they are resolved; else it is assumed: with "/" between the
 *         numbers year first where it can be, otherwise day first.  Month
 *         first is never assumed.
 *   [CO4] What a mapping says is taken as it is, and nothing else takes its
 *         role; a mapping that cannot be true is refused (columns_map_read).
 *   [CO5] Why a column is what it is stands beside it, as a text id with
 *         arguments.
 *
 * Pure.  Texts are borrowed from what was given in, unless said otherwise.
 */

#include "base/err.h"
#include "base/str.h"
#include "records/moment.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct csv_row;

enum column_role {
    COLUMN_NONE,           /* not used */
    COLUMN_NUMBER,         /* of the ticket */
    COLUMN_OPENED,         /* moments from here .. */
    COLUMN_RECEIVED,       /* taken on by whoever has to serve */
    COLUMN_DISPATCHED,     /* somebody was sent */
    COLUMN_ANSWERED,       /* first response */
    COLUMN_PROMISED,       /* when it is due */
    COLUMN_ARRIVED,        /* on site */
    COLUMN_RESOLVED,       /**/
    COLUMN_CLOSED,         /**/
    COLUMN_UPDATED,        /* .. to here: when an event was written */
    COLUMN_OUTLET,         /* who serves: a shop, a station, a group */
    COLUMN_REGION,         /**/
    COLUMN_PRODUCT,        /**/
    COLUMN_TRADE,          /* category of service */
    COLUMN_FAULT,          /**/
    COLUMN_ASSET,          /* the serial number of what is served */
    COLUMN_PERSON,         /* who served */
    COLUMN_CUSTOMER,       /**/
    COLUMN_PHONE,          /* of the customer */
    COLUMN_KIND,           /* repair, complaint, enquiry .. */
    COLUMN_CHANNEL,        /* how it came in */
    COLUMN_STATE,          /* open, closed, cancelled .. */
    COLUMN_SATISFACTION,   /* on a scale, see there */
    COLUMN_REOPENED,       /* how often */
    COLUMN_REASSIGNED,     /* how often */
    COLUMN_VISITS,         /* how many */
    COLUMN_WITHIN_PROMISE, /* yes or no */
    COLUMN_FIRST_FIX,      /* yes or no: solved at the first visit */
    COLUMN_CALLED_BACK,    /* yes or no */
    COLUMN_CALL_REACHED,   /* yes or no */
    COLUMN_PART_WANTED,    /* parts asked for: a number, or yes or no */
    COLUMN_PART_FILLED,    /* and had from stock at once */
    COLUMN_STOCK,          /* parts on hand */
    COLUMN_STOCK_LEAST,    /* and how many there should be */
    COLUMN_PART,           /* of what */
    COLUMN_ROLES,
};

/* What a satisfaction is measured by. */
enum column_scale {
    SCALE_NONE,
    SCALE_5,     /* 1..5 */
    SCALE_10,    /* 1..10, or 0..10 */
    SCALE_100,   /* 0..100 */
    SCALE_WORDS, /* 满意, 不满意 .. (column_mood) */
};

/* How the order of a column's dates was found. [CO3] */
enum column_order_by {
    ORDER_CLEAR,    /* its cells allow one only, or it holds no dates */
    ORDER_OTHERS,   /* as the other columns of dates */
    ORDER_SEQUENCE, /* opened before resolved */
    ORDER_ASSUMED,  /* nothing tells: somebody should look */
    ORDER_GIVEN,    /* by a mapping */
};

enum {
    COLUMNS_MAX = 200,     /* of a table */
    COLUMNS_SAMPLE = 5000, /* rows that are looked at */
    COLUMN_EXAMPLES = 3,   /* cells that are kept to show */
};

/* A sentence for people: a catalogue id and its arguments, as an err's. */
struct column_why {
    const char *id;
    struct err_arg args[6]; /* ends with a NULL name */
};

/* What the sample holds in a column; counts of cells. */
struct column_content {
    int64_t cells;      /* rows of the sample */
    int64_t filled;     /* neither empty nor a word for nothing */
    int64_t moments[3]; /* in the order YMD, DMY, MDY */
    int64_t bare;       /* of the moments, digits only */
    int64_t whole;      /* whole numbers from 0, at most 15 digits, */
    int64_t least;      /* the smallest */
    int64_t most;       /* and the largest of them */
    int64_t decimals;   /* numbers with a fraction, likewise, */
    int64_t above;      /* and the smallest whole number above all of them */
    int64_t to_five;    /* of whole numbers and decimals, those up to 5, */
    int64_t to_ten;     /* and up to 10 */
    int64_t yes_no;
    int64_t moods; /* words of satisfaction */
    int64_t phones;
    int64_t distinct;              /* different texts among the filled cells */
    bool slash;                    /* a date has "/" between its numbers */
    str examples[COLUMN_EXAMPLES]; /* the first different ones; or empty */
};

struct column {
    str name;
    enum column_role role;
    struct column_why why;
    enum moment_order order; /* where it holds moments, else 0 */
    unsigned orders;         /* those that its cells allow equally well */
    enum column_order_by order_by;
    enum column_scale scale; /* COLUMN_SATISFACTION only */
    struct column_content content;
};

struct columns {
    struct column *columns; /* n of them, as in the table */
    size_t n;
    size_t place[COLUMN_ROLES]; /* which column has the role; n: none has */
};

/* The dictionary: names and words. */
struct column_book;

/* The dictionary that is built in, read into `a`. */
err column_book_own(struct arena *a, const struct column_book **out);

/*
 * A dictionary from YAML, as records/columns.yaml, called `name` in messages.
 * Errors of yaml_parse(); ERR_INVALID "records.book" (name, line, column:
 * unknown role or member, or no list of texts).
 */
err column_book_read(struct arena *a, str name, str text,
                     const struct column_book **out);

/* Does this cell say nothing: empty, "?", NULL, 无 ..? */
bool column_nothing(const struct column_book *b, str cell);

/* Which lengths a cell that says nothing may have, by its first byte, so that
 * most need no comparing: bit n for n bytes, bit 31 for more than 30. */
void column_nothing_lengths(const struct column_book *b, uint32_t out[256]);

/* Yes or no into *out; false, *out untouched, when the cell says neither. */
bool column_yes(const struct column_book *b, str cell, bool *out);

/* 1 satisfied, 0 neither, -1 not satisfied into *out; false when no such
 * word. */
bool column_mood(const struct column_book *b, str cell, int *out);

/* Does the kind of a ticket say that it is a complaint, or a repair? */
bool column_complaint(const struct column_book *b, str cell);
bool column_repair(const struct column_book *b, str cell);

/* Does its kind or state say that it is no service at all: a test, a duplicate,
 * cancelled? */
bool column_excluded(const struct column_book *b, str cell);

/* Does its state say that it is open yet, or resolved or closed? */
bool column_open(const struct column_book *b, str cell);
bool column_done(const struct column_book *b, str cell);

/* A whole number from 0, of at most 15 digits, with a unit behind it or not
 * ("5", "5.0", "5星"); false, *out untouched, when the cell holds none. */
bool column_whole(const struct column_book *b, str cell, int64_t *out);

/* A number from 0 with a fraction that is not 0 or without: what is before the
 * point, the first two digits behind it, and whether there is more than what is
 * before it. */
struct column_number {
    int64_t whole;
    int32_t hundredths;
    bool more;
};
/* Into *out; false, *out untouched, when the cell holds none. */
bool column_decimal(const struct column_book *b, str cell,
                    struct column_number *out);

/* What somebody says of columns: as many as the table has, `given` where the
 * mapping names it. */
struct column_given {
    bool given;
    enum column_role role;
    enum moment_order order; /* 0: not said */
    enum column_scale scale; /* SCALE_NONE: not said */
    int32_t line;            /* where in the mapping; 0: not named */
};

/* The header of a table, and `count` rows below it. */
struct column_sample {
    const struct csv_row *header;
    const struct csv_row *rows;
    size_t count;
};

/*
 * What the columns of a table, at most COLUMNS_MAX, are by a sample of it, of
 * which COLUMNS_SAMPLE rows are looked at.  `given` is NULL or
 * has an entry for each.  The arrays of *out are in `a`; names are borrowed.
 * Roles that the mapping gives twice are a bug: columns_map_read() refuses
 * them.
 */
err columns_find(struct arena *a, const struct column_book *b,
                 const struct column_sample *sample,
                 const struct column_given *given, struct columns *out);

/*
 * Read a mapping:
 *
 *     报修日期: { role: opened, order: dmy }
 *     评分: { role: satisfaction, scale: 10 }
 *     备注: none
 *
 * roles as column_role_name() says, order ymd, dmy or mdy, scale 5, 10, 100 or
 * words.  *out gets found->n entries, for columns_find().  Of columns of one
 * name the first is meant.  Errors of yaml_parse(); ERR_INVALID, each with
 * name, line and column of the place:
 *   "records.map_form" (no mapping of names to roles),
 *   "records.map_column" (what), "records.map_column_near" (what, near),
 *   "records.map_role" (what, known), "records.map_twice" (what, first: line),
 *   "records.map_member" (what), "records.map_order", "records.map_scale"
 *   (what), "records.map_not_moment", "records.map_not_score" (order or scale
 *   of another role), "records.map_content" (what, want: no cell of the column
 *   is what the role asks for), "records.map_order_content" (what: no cell is
 *   a date in this order).
 */
err columns_map_read(struct arena *a, str name, str text,
                     const struct columns *found, struct column_given **out);

/* Is each row a ticket, or an event of one? */
enum column_events {
    EVENTS_AUTO, /* let the sample tell */
    EVENTS_YES,
    EVENTS_NO,
};

/*
 * Whether the table is an event log, whose rows tickets.h folds; `said` is what
 * somebody says of it, and is taken as it is.  By its sample it is one when
 * fewer than nine of ten filled numbers are different, and a column says when a
 * row was written or in which state the ticket was: numbers that come again
 * without either are rather a ticket of several lines, or no numbers of
 * tickets.  *why gets the reason for people.
 */
bool columns_events(const struct columns *c, enum column_events said,
                    struct column_why *why);

/* "opened": a role in mappings and in the dictionary; "none" too. */
str column_role_name(enum column_role role);

/* Its catalogue id, "records.role_opened". */
const char *column_role_text(enum column_role role);

/* Is this one of the roles that are moments? */
bool column_is_moment(enum column_role role);

#endif
