#ifndef RECORDS_TICKET_H
#define RECORDS_TICKET_H

/*
 * ticket -- what one case of service says, after reading.  Everything in it may
 * be missing: docs/kpi.md says what each figure does then.
 *
 *   [TK1] Moments are seconds since 1970-01-01 00:00 at UTC+8, as moment.h has
 *         them, or MOMENT_NONE.
 *   [TK2] Words are numbers of a dictionary (words.h); 0 says nothing.
 *   [TK3] Who and what is told apart only by hashes that mean nothing outside
 *         of one reading; 0 says nothing.  Names and phones go no further.
 *
 * A row of an event log is a ticket too, of which tickets.h folds those of one
 * number into one.
 */

#include <stdint.h>

#define MOMENT_NONE INT64_MIN

enum { SATISFACTION_NONE = -1 };

enum ticket_answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* What its state says, where its word is known. */
enum ticket_state {
    STATE_UNKNOWN,
    STATE_OPEN, /* somebody has to do something yet */
    STATE_DONE, /* resolved or closed */
    STATE_VOID, /* test, duplicate, cancelled by the customer */
};

struct ticket {
    int64_t opened;
    int64_t responded;    /* first answer of a person */
    int64_t response_due; /* promised */
    int64_t arrived;
    int64_t arrival_due; /* promised */
    int64_t resolved;
    int64_t due; /* resolution promised; of a complaint, its limit */

    int64_t updated; /* when an event of it was written */
    uint64_t at;     /* where its row begins, in bytes from the file's start */

    uint64_t subject;  /* hash of asset and fault; 0: not known */
    uint64_t number;   /* of the ticket's own number */
    uint64_t customer; /* of the customer's name */
    uint64_t phone;    /* of its digits */

    uint16_t outlet;
    uint16_t product;
    uint16_t person;
    uint16_t trade;

    int16_t satisfaction; /* in its scale, or SATISFACTION_NONE */
    uint16_t hundredths;  /* of it, behind the point: 0..99 */
    uint16_t parts_asked;
    uint16_t parts_filled; /* from stock, at the first request */
    uint16_t reopened;     /* how often, when `reopens_known` */
    uint16_t visits;       /* 0: not known */
    uint16_t part;         /* whose stock the row says; 0: not said */

    enum ticket_answer reopens_known;
    enum ticket_answer repair;
    enum ticket_answer complaint;
    enum ticket_answer called_back;  /* somebody tried to */
    enum ticket_answer reached;      /* and the customer answered */
    enum ticket_answer said_in_time; /* what the enterprise's own system says */
    enum ticket_answer low;          /* the part is below its least stock */
    enum ticket_answer excluded;  /* test, duplicate, cancelled by the customer,
                              by  its kind or its state */
    enum ticket_answer void_kind; /* the same by its kind alone */
    enum ticket_state state;
};

/* A ticket that says nothing. */
#define TICKET_NONE                                                            \
    ((struct ticket){                                                          \
        .opened = MOMENT_NONE,                                                 \
        .responded = MOMENT_NONE,                                              \
        .response_due = MOMENT_NONE,                                           \
        .arrived = MOMENT_NONE,                                                \
        .arrival_due = MOMENT_NONE,                                            \
        .resolved = MOMENT_NONE,                                               \
        .due = MOMENT_NONE,                                                    \
        .updated = MOMENT_NONE,                                                \
        .satisfaction = SATISFACTION_NONE,                                     \
    })

#endif
