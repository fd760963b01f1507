#ifndef SERVICE_ORDER_H
#define SERVICE_ORDER_H

/*
 * order -- inside the service room: what every command has in common, whatever
 * stream it is about.
 *
 *   [OR1] A command id is carried out once and answered as often as asked
 *         (cases.h [CA3]), in whatever letters its case was typed.
 *   [OR2] Whatever was asked for and refused is kept in the audit trail
 *         (cases.h [CA4]).
 *   [OR3] What is kept to tell whether it is the same command again is a hash
 *         under the installation's own key: whoever has the store alone cannot
 *         try out which telephone number was typed.
 */

#include "domain/event.h"
#include "service/cases.h"

/* What was done, for the answer. */
struct done {
    id stream;
    str number;
    int64_t version;
    const struct event_list *events;
    str certificate; /* may be empty */
    day late;        /* struct case_answer */
};

struct order_work {
    /* In the write tx: decide, store, say what was done.  The tx's arena is
     * there only until it returns and the answer was copied. */
    err (*carry_out)(struct tx *tx, void *context, struct done *out);
    void *context;
    const id *about; /* the stream, zero while none is found */
    bool of_case;    /* it is one for app_write_case() */
};

/* Something that was asked for and refused. */
struct refused {
    const struct session *who;
    str command;
    err why;
    id about; /* the stream; zero: none */
};

/* [OR2] Keep it in the audit trail, unless it was no refusal but the machine
 * that failed.  Where the trail cannot be kept the caller hears of the refusal
 * all the same: then nothing else can be written either. */
void order_refused(struct app *app, struct arena *a, const struct refused *r);

err order_do(struct app *app, struct arena *a, const struct case_order *order,
             const struct order_work *work, struct case_answer *out);

#endif
