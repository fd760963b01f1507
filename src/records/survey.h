#ifndef RECORDS_SURVEY_H
#define RECORDS_SURVEY_H

/*
 * survey -- what only the whole of a file can tell, before its figures are
 * counted: in which order the dates of a column stand, and which period it is
 * about.
 *
 *   [SV1] Rows that decide an order which the sample left open are kept, the
 *         first SURVEY_ROWS of the file: added to the sample, they decide it
 *         (columns.h, [CO3]).
 *   [SV2] The period begins with the first month in which at least one in
 *         SURVEY_RARE of the tickets was opened, and ends with the last in
 *         which anything happened to so many, on the last day of that month on
 *         which something did: what was resolved after the last opening counts,
 *         and one date typed wrongly does not stretch the period by years.
 *   [SV3] A file may be surveyed in parts by several, each with a struct of its
 *         own; merged, they say the same as one.
 *   [SV4] Rows from all over the file are kept, some of each part and at most
 *         SURVEY_SPREAD: a column may hold something else, or anything, further
 *         down.  Of more parts every second, fourth .. gives its rows.
 *
 * Pure.  Threads: one struct, one thread.
 */

#include "base/day.h"
#include "records/cells.h"
#include "records/moment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct columns;
struct heap;

enum {
    SURVEY_ROWS = 100,
    SURVEY_ROW_BYTES = 4096, /* longer rows decide nothing */
    SURVEY_SPREAD = 2400,
    SURVEY_OF_PART = 200, /* the first of a part */
    SURVEY_RARE = 1000,
    SURVEY_FIRST_YEAR = 1970,
    SURVEY_MONTHS = (YEAR_MAX - SURVEY_FIRST_YEAR + 1) * 12,
};

/* A row that decides the order of a column. */
struct survey_row {
    uint64_t at;   /* where it begins in the file */
    uint64_t part; /* megabytes of the file before its part */
    size_t n;      /* bytes */
    char *text;    /* owned by the survey */
};

struct survey {
    const struct columns *columns; /* borrowed, as found in the sample */
    struct cells cells;
    struct moment_days days; /* what is remembered of them */
    uint64_t rows;
    uint64_t undated; /* rows whose opening is no moment of these years */
    uint64_t opened[SURVEY_MONTHS];   /* rows, by month from January 1970 */
    uint64_t happened[SURVEY_MONTHS]; /* likewise, by their latest moment */
    uint8_t last_day[SURVEY_MONTHS];  /* of the month, with such a moment */
    struct survey_row decide[SURVEY_ROWS]; /* by their place */
    size_t decide_n;
    struct survey_row *spread; /* by their place, of every `stride`th part */
    size_t spread_n;
    uint64_t stride;
};

/* Nothing surveyed yet; it is large: not for the stack. */
void survey_init(struct survey *s, struct heap *h, const struct columns *c,
                 char separator, bool quotes);
void survey_end(struct survey *s);

/* Survey a part of the file that begins at `at`, as cells_begin() takes it; of
 * one struct, parts come in the order of the file.  False when there is no
 * memory. */
[[nodiscard]] bool survey_feed(struct survey *s, str part, uint64_t at);

/* Take over what `other` found; it is fit for survey_end() only then.  False
 * when there is no memory. */
[[nodiscard]] bool survey_merge(struct survey *s, struct survey *other);

/* Is there a column of dates whose order the sample leaves open? */
bool survey_needed(const struct columns *c);

/* The period [SV2]; false, nothing written, when no month has so many, or no
 * ticket has an opening. */
bool survey_period(const struct survey *s, day *first, day *last);

#endif
