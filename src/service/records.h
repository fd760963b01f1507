#ifndef SERVICE_RECORDS_H
#define SERVICE_RECORDS_H

/*
 * records -- a file of an enterprise's service records: what it is, and the
 * figures it comes to. [M3] [M14] [M26] [M27]
 *
 *   [RC1] Nothing has to be said of a file: its encoding, separator, columns,
 *         the order of its dates and its period are found.  All of it is
 *         shown, and a mapping corrects it.
 *   [RC2] A file of which the beginning is not all is read through once to know
 *         it: rows from all over it say what its columns hold, those that
 *         decide an order of dates are looked for, and its period is known
 *         then.
 *   [RC3] Figures do not depend on how many workers read the file.
 *   [RC4] A column with more different words than a figure can be grouped by is
 *         not grouped by at all, and that is said: half of a list would depend
 *         on who read first.
 *   [RC5] Nothing is written anywhere.
 *   [RC6] The rows of an event log are folded into tickets first
 *         (records/tickets.h).
 *   [RC7] A period that figures are held against is counted in the same
 *         reading, by the same terms and words (service/records_against.h).
 *
 * docs/kpi.md defines the figures.
 */

#include "base/day.h"
#include "base/err.h"
#include "records/columns.h"
#include "records/figures.h"
#include "records/layout.h"
#include "records/rows.h"
#include "records/screens.h"
#include "service/records_against.h"
#include "service/records_pass.h"
#include "service/records_places.h"
#include "service/records_source.h"

struct arena;
struct calendar;
struct heap;
struct week;

/* A file, and what somebody says of it. */
struct records_input {
    struct source_from from;
    str name;                    /* as messages call it */
    str map_name;                /* as messages call the mapping, */
    str map;                     /* its text (columns_map_read()); or empty */
    enum column_events events;   /* whether rows are events of tickets */
    size_t workers;              /* 0: as many as there are processors */
    struct records_watch *watch; /* NULL: nobody */
};

/* What all of it says. */
struct records_period {
    uint64_t rows;
    uint64_t undated;  /* rows whose opening is no moment */
    uint64_t replaced; /* bytes that are no characters of its encoding */
    bool known;        /* whether it has a period (records/survey.h) */
    day first;
    day last;
};

/* What a file is: by its beginning, and by rows from all over it. */
struct records_file {
    struct source_from from;
    const struct column_book *book;
    enum layout_charset charset;
    struct layout layout; /* of the text in UTF-8, without its mark */
    struct source_start start;
    struct columns columns;
    size_t sample;                /* rows that were looked at */
    bool whole;                   /* and whether they are all */
    bool events;                  /* rows are events of tickets [RC6], */
    struct column_why events_why; /* and why they are, or are not */
    bool surveyed;                /* of a large one: what all of it says */
    struct records_period period;
};

struct records_terms {
    bool whole; /* the period of the file, and not the next two */
    day first;
    day last;
    struct records_against against;
    int32_t repeat_days; /* as in figures_terms, as the next two */
    uint32_t response_promise;
    uint32_t resolution_promise;
    int16_t satisfied;       /* from where on; 0: as rows_scale_of() says */
    const struct week *week; /* borrowed, as the next */
    const struct calendar *calendar; /* NULL: weekdays are all there is */
    bool screens;    /* also look for what made-up records look like */
    uint32_t places; /* keep where rows stand, of so many at most
                        (service/records_places.h); 0: not even of parts */
    day audit;       /* for them: its day, or DAY_NONE */
    uint64_t key;    /* for them: a random number, so that hashes of people mean
                        nothing to anybody else */
};

/* A row that was refused, or a slip in one (records/rows.h). */
struct records_note {
    uint64_t at;   /* in the file */
    uint64_t line; /* from 1 */
    size_t column; /* of a slip, from 0 */
    enum row_fault fault;
};

struct records_figures {
    struct heap *heap;
    struct figures *figures; /* closed */
    struct figures_terms terms;
    struct figures *then; /* closed; NULL: no other period was asked for */
    struct figures_terms then_terms;
    struct row_words words;
    uint64_t rows;
    uint64_t tickets; /* that they came to, before anything is left out */
    bool surveyed;    /* some column says how satisfied customers are */
    bool by_state;    /* when tickets were resolved only their states say */
    bool untold[SHARE_COUNT]; /* no column says what is counted: k is 0 because
                                 nothing is known, and not because it is 0 */
    uint64_t faults[ROW_FAULTS];
    struct records_note notes[ROWS_KEPT]; /* the first of the file */
    size_t notes_n;
    uint64_t replaced;
    bool ungrouped[COLUMN_ROLES];  /* [RC4] */
    struct screen_result *screens; /* SCREEN_COUNT of them, where asked for */
    uint64_t screened;             /* tickets they looked at */
    struct places *places;         /* where asked for */
};

/*
 * What the file is.  Errors of source_begin() and of columns_map_read();
 * ERR_INVALID with `name`: "records.charset" (no text that is known),
 * "records.empty" (no row),
 * "records.no_table" (one column only), "records.no_opening" (no column says
 * when a ticket was opened); ERR_LIMIT "records.columns" (count, most).
 * The whole file is read where that is needed [RC2].
 */
err records_open(struct arena *a, struct heap *h,
                 const struct records_input *in, struct records_file *out);

/*
 * The same in steps, for a file that is still coming: what of it is there is
 * read while the rest comes (records_source.h [RS9]), and it is what
 * records_open() says of all of it.
 *
 * To begin, RECORDS_HEAD + 1 bytes have to be there, or all.  *out is NULL when
 * more than these have to be.  `a`, `h` and what `in` points to, but for its
 * watch, outlive the opening.  Errors of records_open(), here and below; after
 * one the opening is fit for records_opening_end() only.
 */
enum { RECORDS_HEAD = 2 << 20 };
struct records_opening;
err records_open_begin(struct arena *a, struct heap *h,
                       const struct records_input *in,
                       struct records_opening **out);

/* Read what came. */
err records_open_more(struct records_opening *o, struct records_watch *watch);

/* All of it came and was read. */
err records_open_end(struct records_opening *o, struct records_file *out);
void records_opening_end(struct records_opening **o); /* takes NULL */

/* What it is by its beginning. */
const struct records_file *records_opening_file(
    const struct records_opening *o);

/* Its period; known already of a file that records_open() surveyed.  Errors of
 * pass_run(). */
err records_survey(struct arena *a, struct heap *h,
                   const struct records_input *in,
                   const struct records_file *file, struct records_period *out);

/*
 * Its figures.  Errors of pass_run(); ERR_INVALID "records.no_period" (no
 * ticket says when it was opened), "records.period" (from, to: longer than
 * FIGURES_MONTHS_MAX months, or upside down); errors of against_period().  End
 * *out with records_figures_end().
 */
err records_figures(struct arena *a, struct heap *h,
                    const struct records_input *in,
                    const struct records_file *file,
                    const struct records_terms *terms,
                    struct records_figures **out);
/* The shares of a group, as figures_of(): of a file that never says how
 * satisfied customers are, none is counted as not having said it. */
struct tally records_tally(const struct records_figures *f,
                           enum figure_group kind, uint32_t index);

/* The same of the period before; zeros where there is none, and of groups by
 * month, which are others there. [RC7] */
struct tally records_tally_then(const struct records_figures *f,
                                enum figure_group kind, uint32_t index);

/* Zeros in place of the shares that the file's columns do not tell.  `n` of
 * SHARE_RESOLVED, which is the number of tickets, is lost with it. */
void records_hide_untold(const bool untold[static SHARE_COUNT],
                         struct tally *t);

void records_figures_end(struct records_figures **f);

/* Where a row stands: its place in the file is given, its line, from 1, is
 * found. */
struct records_line {
    uint64_t at;
    uint64_t line; /* 0: no row of the table begins there */
};
err records_lines(struct arena *a, struct heap *h,
                  const struct records_input *in,
                  const struct records_file *file, struct records_line *lines,
                  size_t n);

#endif
