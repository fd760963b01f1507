#ifndef SERVICE_TASK_LETTERS_H
#define SERVICE_TASK_LETTERS_H

/*
 * task_letters -- inside the service room: what the tick tells by mail.
 *
 *   [TL1] Whoever has something new to do, or something overdue, gets one
 *         letter that lists it, the overdue first.  It is theirs by the rules
 *         of their own list (todos.h [TO1]).
 *   [TL2] The letters are rows of the transaction in which the tick notes that
 *         it told (store/tasks.h [TK1]), so each thing is told once, and a run
 *         that finds nothing new sends nothing.  Of a run that finds more than
 *         TICK_SHOWN of a kind the first are told; all are on the lists.
 *   [TL3] The enterprise is told of what is new where a day brings it: of what
 *         an act brings it had the act's own letter (case_letters.h).  That a
 *         surveillance comes is told to it, though it waits for the body.  Of
 *         a message the body, too, had the act's own letter.
 *   [TL4] Without a mail server there is no letter.
 */

#include "codec/record.h"
#include "service/app.h"

/* What came up by `today`, and what is overdue, as struct task_line. */
struct told_day {
    day today;
    struct list opened;
    struct list overdue;
};

err task_letters(struct app *app, struct tx *tx, const struct told_day *told);

#endif
