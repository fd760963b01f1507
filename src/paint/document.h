#ifndef PAINT_DOCUMENT_H
#define PAINT_DOCUMENT_H

/*
 * document -- what is to be set on paper, as a value.
 *
 * A document is a list of blocks, or a certificate, in words that are already
 * in the reader's language: this room knows nothing of the trade.
 *
 *   [PD1] The whole document stands in here, its date too: nothing is looked
 *         up while it is painted, so that the same value gives the same bytes.
 *   [PD2] It is written to and read from canonical JSON, which is how it
 *         crosses to the worker; texts obey codec/record.h [R4].
 *   [PD3] Empty texts and lists are left out on paper, with their labels where
 *         the label would stand alone.
 */

#include "codec/record.h"

struct arena;

enum {
    PAINT_TEXT = 20000, /* characters of a paragraph or a cell, at most */
    PAINT_SHORT = 500,  /* of a title, a heading, a label */
    PAINT_COLUMNS = 10,
    PAINT_ROWS = 5000, /* of a table */
    PAINT_BLOCKS = 2000,
    PAINT_QR = 1200,     /* characters in the square code */
    PAINT_SVG = 1 << 18, /* of a drawing */
};

enum paint_align { PAINT_LEFT, PAINT_CENTRE, PAINT_RIGHT };
enum paint_language { PAINT_ZH, PAINT_EN };

enum paint_block_kind {
    PAINT_HEADING,    /* text */
    PAINT_PARAGRAPH,  /* text */
    PAINT_NOTE,       /* text, small and quiet */
    PAINT_FIELDS,     /* rows of a label and a value */
    PAINT_TABLE,      /* columns and rows; the head is repeated on each page */
    PAINT_LIST,       /* rows of one cell each, numbered */
    PAINT_BARS,       /* bars, each a part of a whole */
    PAINT_SIGNATURES, /* rows of who signs and what stands there */
    PAINT_BREAK,      /* a new page */
    PAINT_DRAWING,    /* svg, as wide as the text; text: what it shows */
};

struct paint_column {
    str title;
    int64_t share; /* of the width, in thousandths; those of a table add up to
                      no more than 1000 */
    int align;     /* enum paint_align */
};

struct paint_cell {
    str text;
};

struct paint_row {
    struct list cells; /* of struct paint_cell */
    bool strong;       /* a sum, a heading among rows */
};

struct paint_bar {
    str label;
    str value;    /* as it is read: "34.50 / 40.00" */
    int64_t part; /* of the whole, in thousandths */
    int64_t mark; /* a line across the bar, likewise; 0: none */
};

struct paint_block {
    int kind;            /* enum paint_block_kind */
    str text;            /* of a table: what it is a table of, for messages */
    struct list columns; /* of struct paint_column */
    struct list rows;    /* of struct paint_row */
    struct list bars;    /* of struct paint_bar */
    str svg;             /* what paint/svg.h knows */
};

/* A field of the certificate, in its own language and in the other one. */
struct paint_field {
    str label;
    str label_other;
    str value;
    str value_other;
};

struct paint_certificate {
    str title;
    str title_other;
    int64_t stars;
    str number; /* a line of its own, with its label */
    str sample; /* "example", printed across; empty: it is in earnest */
    str intro;  /* "This is to certify that" */
    str intro_other;
    str holder;
    str holder_other;
    str statement;
    str statement_other;
    struct list fields; /* of struct paint_field, one below the other */
    struct list days;   /* likewise, two beside each other */
    str qr;             /* what the square code says */
    str scan;           /* "Scan to verify" */
    str scan_other;
    str scan_note;
    str body;
    str body_other;
    str issued_by;
    str seal;       /* what the body's mark says in the middle */
    str seal_below; /* and under that */
    str note;       /* at the foot */
    str note_other;
};

struct paint_document {
    int language; /* enum paint_language */
    str title;    /* of the first page, and of the file */
    str subtitle;
    str body;    /* who made it */
    str kind;    /* at the head of every page */
    str number;  /* at the foot of every page */
    str pages;   /* "page {page} of {pages}" */
    str example; /* "example" at the head of every page; empty: in earnest */
    day made;
    struct list certificate; /* of struct paint_certificate, none or one */
    struct list blocks;      /* of struct paint_block; after a certificate its
                                further pages */
};

extern const struct record paint_document_record;

/* [PD2]  Errors as record_write() and record_read(), and of the latter
 * json_parse(). */
err paint_document_write(struct arena *a, const struct paint_document *d,
                         str *out);
err paint_document_read(struct arena *a, str text, struct paint_document *out);

#endif
