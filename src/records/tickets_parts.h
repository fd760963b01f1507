#ifndef RECORDS_TICKETS_PARTS_H
#define RECORDS_TICKETS_PARTS_H

/*
 * tickets_parts -- what folded tickets are made of, for tickets.c (events come
 * in) and tickets_out.c (tickets go out).  Everyone else includes
 * records/tickets.h.
 *
 * A ticket is a head and a list of events, latest first, of which each says
 * something that no later one says: an event whose every word is said again
 * later is dropped as it comes, or when the later one comes.  What a set of
 * events leaves does not depend on the order they came in. [TI1]
 */

#include "records/figures.h"
#include "records/tickets.h"

#include <assert.h>

enum { NOWHERE = 0 }; /* events are counted from 1 */

/* What an event says, as bits. */
enum {
    SAYS_OUTLET = 1 << 0,
    SAYS_PRODUCT = 1 << 1,
    SAYS_PERSON = 1 << 2,
    SAYS_TRADE = 1 << 3,
    SAYS_SUBJECT = 1 << 4,
    SAYS_RESOLVED = 1 << 5, /* when, or that it is open again */
    SAYS_SATISFACTION = 1 << 6,
    SAYS_KIND = 1 << 7,
    SAYS_STATE = 1 << 8,
    SAYS_CALLED_BACK = 1 << 9,
    SAYS_REACHED = 1 << 10,
    SAYS_PARTS = 1 << 11,
    SAYS_CUSTOMER = 1 << 12,
    SAYS_PHONE = 1 << 13,
    SAYS_UPDATED = 1 << 14,
    SAYS_IN_TIME = 1 << 15,
};

/* 0: it did not come. [TI8] */
typedef uint32_t short_moment;

struct event {
    uint64_t at;
    uint64_t subject;
    short_moment updated;
    short_moment resolved;
    uint32_t earlier; /* the next of its ticket; NOWHERE: the last */
    uint16_t says;
    int16_t satisfaction;
    uint16_t outlet;
    uint16_t product;
    uint16_t person;
    uint8_t trade;
    uint8_t complaint : 2;
    uint8_t repair : 2;
    uint8_t void_kind : 2;
    uint8_t state : 2;
    uint16_t parts_asked;
    uint16_t parts_filled;
    uint8_t called_back;
    uint8_t reached;
    uint8_t said_in_time;
    uint8_t hundredths;
};
static_assert(sizeof(struct event) == 48);
static_assert(FIGURES_TRADES_MAX <= UINT8_MAX);

struct who {
    uint64_t customer;
    uint64_t phone;
};

struct head {
    uint64_t number;
    uint64_t at;
    short_moment opened;
    short_moment responded;
    short_moment response_due;
    short_moment arrived;
    short_moment arrival_due;
    short_moment due;
    short_moment done_first; /* when it was written that it is done */
    short_moment open_last;  /* or open */
    uint32_t latest;         /* event */
    uint16_t reopened;
    uint16_t visits;
    bool reopens_known;
};
static_assert(sizeof(struct head) == 64);

struct tickets {
    struct heap *heap;
    bool people;
    bool by_state;      /* [TI9] */
    struct head *heads; /* n of them */
    struct event *events;
    struct who *who; /* of the events, when `people` */
    uint32_t *slots; /* tickets and one, by number; 0 is free */
    uint32_t n;
    uint32_t room;
    uint32_t numbered;
    uint32_t event_n; /* the one that is nowhere counted too */
    uint32_t event_room;
    uint32_t free; /* an event that is used no more */
    uint32_t slot_n;
};

#endif
