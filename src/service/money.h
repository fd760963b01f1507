#ifndef SERVICE_MONEY_H
#define SERVICE_MONEY_H

/*
 * money -- the invoices of all cases, and what waits to be given back, for who
 * keeps the body's money. [M13] [17065 4.2]
 *
 *   [MN1] Only for domain/rights.h, rights_may_read_money(): ERR_DENIED
 *         "money.read" (login) for everybody else.
 *   [MN2] What is open comes first, and of that what has been due longest; then
 *         what was paid, what was paid back, what was cancelled.
 *   [MN3] Sums are of the whole list, whatever page of it is looked at, in
 * whole fen.  A cancelled invoice adds to them only where cancelled ones are
 *         asked for, and owes nothing.
 *   [MN4] A name that leads to more than MONEY_NAMES_MOST enterprises narrows
 *         nothing: then there is no list, and no sum.
 */

#include "auth/session.h"
#include "service/app.h"
#include "store/invoices.h"

enum {
    MONEY_PAGE = 50,          /* rows at once .. */
    MONEY_EXPORT_MOST = 5000, /* .. and in a file */
    MONEY_NAMES_MOST = 200,
    MONEY_REFUNDS_MOST = 50,
};

enum money_filter {
    MONEY_ANY,
    MONEY_OVERDUE, /* open, and its day has passed */
    MONEY_OPEN,    /* not paid in full, overdue ones too */
    MONEY_PAID,
    MONEY_REFUNDED,
    MONEY_CANCELLED,
};
extern const char *const money_filter_names[]; /* NULL-ended */

bool money_open_to(const struct session *who);

struct money_wish {
    day today;
    enum money_filter state;
    str words;    /* of the enterprise's name, or its code; empty: any */
    day from;     /* due from .. to, both in */
    day to;       /* .. */
    str after;    /* key of the last one seen; empty: from the start */
    int32_t most; /* rows, 1..MONEY_EXPORT_MOST */
};

struct money_line {
    struct invoice_row row;
    str case_number;
    str enterprise;
    int64_t owed; /* fen */
    int32_t late; /* days since its day; 0: it is not overdue */
};

struct money_sums {
    int64_t n;
    int64_t amount; /* fen, as are the others */
    int64_t paid;
    int64_t owed;
};

struct money_found {
    struct list lines; /* struct money_line */
    str next;          /* what to go on after; empty: that was all */
    struct money_sums sums;
    bool too_many; /* [MN4] */
};

/* [MN1]..[MN4] */
err money_list(struct app *app, struct arena *a, const struct session *who,
               const struct money_wish *wish, struct money_found *out);

/* struct refund_waiting of those that wait, the longest first; at most
 * MONEY_REFUNDS_MOST.  [MN1] */
err money_refunds(struct app *app, struct arena *a, const struct session *who,
                  struct list *out);

#endif
