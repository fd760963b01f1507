#ifndef FILING_ROW_PARTS_H
#define FILING_ROW_PARTS_H

/*
 * row_parts -- inside the filing room: filling the cells of a row.
 *
 * Each sheet has a file with a table: a column's code, and the function that
 * works its cell out.  An empty cell says that the journal does not know; then,
 * and where the table calls it usual only, the reporter's particular counts.
 */

#include "base/buf.h"
#include "filing/course.h"
#include "filing/filing.h"

/* What happened to a certificate, as a row tells it. */
enum filing_act {
    ACT_ISSUE,
    ACT_EVALUATE, /* a later round was decided */
    ACT_SUSPEND,
    ACT_RESTORE,
    ACT_REDUCE,
    ACT_CHANGE, /* issued anew under its number */
    ACT_WITHDRAW,
    ACT_CANCEL,
    ACT_EXPIRE,
    ACT_SUB,     /* a sub-certificate was issued */
    ACT_SUB_END, /* .. or ended alone */
};

/* The row being made. */
struct making {
    struct arena *a;
    const struct filing_source *s;
    const struct filing_case *c;
    const struct course *course;
    const struct dictionary_sheet *sheet;
    enum filing_act act;         /* certificates and results */
    day on;                      /* it took effect */
    const struct sub_state *sub; /* NULL: the row is the main certificate's */
    const struct visit *visit;   /* results: of the site; NULL: of documents */
    id member;                   /* results */
    str role;
    struct filing_person person; /* results: who that is */
};

/* The cell's value; empty when the journal does not know. */
typedef err cell_maker(const struct making *m, str *out);

struct cell_rule {
    const char *code;
    cell_maker *make;
    bool usual; /* what it usually is: a particular comes first */
};

/* Fill the cells of a new row by the `n` rules and the particulars, and put it
 * at the end of `rows`. */
err row_add(struct making *m, const struct cell_rule *rules, size_t n,
            struct filing_rows *rows);

/* Of a certificate: what changed and when, whether it replaces one, when, why
 * and which of whom, and what kind of report that makes (row_change.c). */
cell_maker row_change;
cell_maker row_changed;
cell_maker row_replaced;
cell_maker row_replaced_on;
cell_maker row_replaced_why;
cell_maker row_former_body;
cell_maker row_former_number;
cell_maker row_kind_of_report;

/* The rows of one moment. */
err row_add_plan(struct making *m, struct filing *out);
err row_add_certificate(struct making *m, struct filing *out);
err row_add_results(struct making *m, struct filing *out);

/* --- values -------------------------------------------------------------- */

/* The particular `code` of `of`, or an empty str. */
str row_particular(const struct making *m, enum filing_subject of,
                   const char *code);

/* Whoever that is. */
err row_person(const struct making *m, id person, struct filing_person *out);

/* "person:LOGIN" */
err row_person_ref(const struct making *m, id person, str *out);

/* "2026-11-24"; empty for DAY_NEVER. */
err row_day(const struct making *m, day d, str *out);

/* "2026-11-24 09:00:00" by an hour of the body's; empty when it has none. */
err row_hour(const struct making *m, day d, const char *hour, str *out);

err row_number(const struct making *m, int64_t n, str *out);

/* "4.5" from tenths, "16000.00" from hundredths. */
err row_decimal(const struct making *m, int64_t n, int places, str *out);

/* Capitals, and no blank: as numbers are reported. */
err row_plain(const struct making *m, str number, str *out);

/* `text` as it is: for rules that have nothing to work out. */
err row_text(str text, str *out);

/* "0101" or so: the stage of the document review, or of the site audit. */
str row_stage(const struct making *m, bool site);

/* Begin another value of the cell, or another part of the value. */
void row_next_value(const struct making *m, struct buf *b);
void row_next_part(const struct making *m, struct buf *b);

/* Its address where it was given, else its place in words. */
str row_where(const struct site *site);

/* A value of two parts: name, and where it is. */
void row_put_site(const struct making *m, struct buf *b,
                  const struct site *site);

#endif
