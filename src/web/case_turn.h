#ifndef WEB_CASE_TURN_H
#define WEB_CASE_TURN_H

/*
 * case_turn -- inside web: where on the pages of a case an act stands. [M4]
 *
 *   [TU1] Every command on a case has a row that names the tab which shows its
 *         matter; on that tab a button stands for it, for whoever may do it
 *         now.
 *   [TU2] Whose turn it is finds on the overview, as buttons, all acts by which
 *         this step goes on: that a task waits for them is one of its acts
 *         allows for, and the others, such as asking for a revision, are no
 *         further away.  What has nothing to do with whose turn it is stands
 *         folded below.
 *   [TU3] What has a page of its own is done there, not in the form of its
 *         command.
 *   [TU4] What says who comes next says "you" to whoever it is.
 *   [TU5] Whoever has given a command by its form is led to the page that shows
 *         what it did, the overview where no other does.
 */

#include "web/case_page.h"

/* An act that somebody may do in a case now. */
struct case_turn_act {
    const char *command;
    const char *what; /* a text: what to do */
    str way;          /* the address where it is done */
    bool turn;        /* by it the step at hand goes on [TU2] */
};

/* Where a command is done in this case: a page of its own, or its form. [TU3]
 * ERR_MEMORY. */
err case_turn_way(const struct case_view *v, const char *command, str *out);

/* What stands below the case's address of the page to go on to. [TU5] */
const char *case_turn_after(const char *command);

/* The tab of a command, in *out; false: it is no command on a case. [TU1] */
bool case_turn_tab(const char *command, enum case_tab *out);

/* Is it an act by which a step goes on? [TU2]  Of no command on a case: no. */
bool case_turn_is_step(const char *command);

/* All that whoever reads may do in the case now, as struct case_turn_act in the
 * request's arena, in the order of the table of rights.  ERR_MEMORY, and what
 * the store says. */
err case_turn_acts(const struct case_view *v, struct list *out);

/* Does the page of this tab let one do it without a button? [TU3]  Then its
 * place is the tab itself. */
bool case_turn_is_done_on(const char *command, enum case_tab at);

/* The text that says `said` to whoever reads, in *out: where it names who comes
 * next and that is them, the one that says "you".  [TU4]  ERR_MEMORY, and what
 * the store says. */
err case_turn_says(const struct case_view *v, const char *said,
                   const char **out);

#endif
