#ifndef DOMAIN_TODO_PARTS_H
#define DOMAIN_TODO_PARTS_H

/*
 * todo_parts -- inside the to-do lists: what todo.c, whose table gives each
 * kind of task its command, shares with todo_decide.c.
 */

#include "domain/todo.h"

enum {
    SUSPEND_WITHIN = 5, /* days after it was confirmed (life.c [LI1]) */
};

struct making {
    const struct state *s;
    const struct todo_facts *f;
    struct task *tasks; /* room for all of them */
    size_t n;
};

/* Another task of this kind; zero: for everybody who may give its command. */
struct task *todo_add(struct making *m, enum task_kind kind, id person);

/* --- todo_decide.c ------------------------------------------------------ */

/* Corrections that did not come: when their limit passed, or when a refusal for
 * that was sent back (correction.c [CR5]). */
bool todo_to_extend(const struct state *s);
void todo_extension_days(const struct state *s, const struct todo_facts *f,
                         struct task *t);

/* Has a panel to be named; is it the reviewer's turn, or the chair's? */
bool todo_lacks_panel(const struct state *s);
bool todo_to_decide(const struct state *s);

/* The one who speaks for the panel, which is there. */
id todo_chair(const struct state *s);

/* A task for each who has to vote; those of each condition. */
void todo_add_votes(struct making *m);
void todo_add_conditions(struct making *m);

#endif
