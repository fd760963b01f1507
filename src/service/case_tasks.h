#ifndef SERVICE_CASE_TASKS_H
#define SERVICE_CASE_TASKS_H

/*
 * case_tasks -- inside the service room: what waits in a case, in the store.
 *
 *   [CT1] The tasks of a case are written in the transaction that appends its
 *         events, and are what domain/todo makes of the journal: neither more
 *         nor less.
 *   [CT2] What was told of a task stays told while its days stay.
 *   [CT3] A store whose tasks an older program made, or none did, has them made
 *         anew once, by the tick; until then nobody compares them.
 */

#include "store/journal.h"
#include "store/tasks.h"

struct app;
struct kept_case;
struct state;

/* As struct task_row, with nothing told. */
err case_tasks_want(struct tx *tx, const struct state *s, struct list *out);

/* [CT1] [CT2]  `kept`, if any, has the state, and learns what was written. */
err case_tasks_project(struct tx *tx, const struct state *s,
                       struct kept_case *kept);

/* ERR_CORRUPT "check.tasks" (case) when the store has others, or told more of
 * them than the tick did by its last day. */
err case_tasks_check(struct tx *tx, const struct state *s, str number);

/* [CT3] Were they made by the rules of this program?  And: they are now. */
err case_tasks_made(struct tx *tx, bool *made);
err case_tasks_set_made(struct tx *tx);

/* The last day the tick was run for; DAY_NEVER: it was not. */
err case_tasks_ticked(struct tx *tx, day *out);
err case_tasks_set_ticked(struct tx *tx, day today);

#endif
