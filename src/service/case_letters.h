#ifndef SERVICE_CASE_LETTERS_H
#define SERVICE_CASE_LETTERS_H

/*
 * case_letters -- inside the service room: what an act on a case tells the
 * enterprise by mail.
 *
 *   [CL1] Which events are told stands in one table, by event.  The letters are
 *         rows of the act's own transaction (outbox.h [OB1]): an act that is
 *         refused, or given again under its id, sends nothing, and what is made
 *         anew from the journals sends nothing.
 *   [CL2] Whoever reads for the enterprise is told (readers.h [RD1]), once for
 *         each act, whatever number of events it made.  What the enterprise
 *         does itself stands not in the table, but for [CL5].
 *   [CL3] A letter says the number, what happened, and until when something is
 *         asked for, and leads to the page of the case.  Why, how much and
 *         about whom stands there, behind the door.
 *   [CL4] Without a mail server there is no letter.
 *   [CL5] A message is told to the other side, never in its own words: what the
 *         enterprise wrote to those who take in applications and to who wrote
 *         last before it, and to nobody who decides the case
 *         (domain/message.c [MS2]).
 *
 * Nonconformities are told once, with the report: from then on they are to be
 * answered.  What waits for people of the body, and what a day brings, is told
 * by the tick (task_letters.h).
 */

#include "service/cases.h"

/* An act that was stored. */
struct told_act {
    const struct state *state; /* after it */
    str number;                /* of the case */
    const struct enterprise *enterprise;
    const struct event_list *events;
};

/* In its transaction.  Errors of the store, and of outbox_put(). */
err case_letters(struct app *app, struct tx *tx, const struct told_act *act);

#endif
