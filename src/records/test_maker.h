#ifndef RECORDS_TEST_MAKER_H
#define RECORDS_TEST_MAKER_H

/*
 * test_maker -- a seeded service desk, for tests and measurements: honest
 * tickets in the order of their openings, and ways to make some up.
 *
 *   [MK1] The same seed and number give the same file on every machine: whole
 *         numbers only.
 *   [MK2] Each file has habits of its own, drawn from its seed: how many
 *         outlets and persons, days off, night shifts, a promotion, how much
 *         people round, slip and answer, how satisfied they are, and whose
 *         telephones they share.
 */

#include "records/hours.h"
#include "records/screens.h"
#include "records/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MAKER_WEEKS = 3, /* weeks a desk may have, by maker_weeks */
    MAKER_OUTLETS_MAX = 1000,
    MAKER_PERSONS_MAX = 60000,
    MAKER_DAYS_MAX = 800,
    MAKER_LINE_MAX = 400, /* bytes of a row */
};

/* Monday to Friday; closed on Sundays and holidays; open every day. */
extern const struct week maker_weeks[MAKER_WEEKS];

/* What a file's people do; shares in 10000. */
struct maker_habits {
    day first;
    day last;
    uint32_t days;
    uint32_t outlets;
    uint32_t night_outlets; /* the last so many */
    uint32_t week;          /* of maker_weeks */
    uint32_t off_weight;    /* calls on a day off, of 100 */
    uint32_t surge_first;   /* day of the period, and how much more, of 100 */
    uint32_t surge_weight;
    uint32_t rounds;
    uint32_t slips;
    uint32_t answers;
    uint32_t other_marks; /* answers that are not the best mark */
    uint32_t companies;   /* tickets with a switchboard's number */
    uint32_t batches;     /* tickets that are orders of many devices */
    uint32_t closes;      /* tickets a program closes after a day */
    int16_t scale_high;   /* of 1.. */
    bool seconds;
};

struct maker_outlet {
    uint32_t first_person;
    uint32_t persons;
};

/* About two MB: not for the stack. */
struct maker {
    struct maker_habits habits;
    uint64_t state;
    const struct hours *hours;
    uint64_t step; /* mean weight between two openings */
    uint32_t wanted;
    uint32_t made;
    uint32_t on; /* day of the period, and hour, that are being filled */
    uint32_t hour;
    uint64_t gone;       /* weight of the hour that is over */
    uint32_t batch;      /* tickets of an order that are left, */
    struct ticket first; /* and its first */
    uint32_t weights[MAKER_DAYS_MAX];
    bool off[MAKER_DAYS_MAX];
    struct maker_outlet by_outlet[MAKER_OUTLETS_MAX];
    int64_t busy[MAKER_PERSONS_MAX]; /* until then */
    char dates[MAKER_DAYS_MAX + 40][12];
};

/* A desk of about `tickets` tickets; `hours` are those of maker_weeks. */
void maker_init(struct maker *m, uint64_t seed, uint32_t tickets,
                const struct hours *const hours[static MAKER_WEEKS]);

/* The terms that fit the file. */
struct screens_terms maker_terms(const struct maker *m);

/* The next ticket; false when the period is over. */
bool maker_next(struct maker *m, struct ticket *out);

/* Make up some of n tickets, which maker_next() gave, in the way that `screen`
 * looks for. */
void maker_plant(struct maker *m, enum screen screen, struct ticket *t,
                 size_t n);

/* The titles of the 14 columns, and a ticket as a row of them, with line ends,
 * in Chinese or English; bytes written. */
size_t maker_titles(bool chinese, char out[static MAKER_LINE_MAX]);
size_t maker_row(const struct maker *m, const struct ticket *t, bool chinese,
                 char out[static MAKER_LINE_MAX]);

#endif
