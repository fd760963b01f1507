#ifndef DOMAIN_TODO_RULES_H
#define DOMAIN_TODO_RULES_H

/*
 * todo_rules -- inside domain/todo: the table of what may wait.
 */

#include "domain/todo.h"

/* What there is a task for each of, and whose number it bears. */
enum task_of {
    TASK_OF_CASE,      /* there is one; of the team, one each */
    TASK_OF_SEAT,      /* of the panel that decides, who has to vote, advise */
    TASK_OF_CHAIR,     /* of that panel; everybody of the role without one */
    TASK_OF_CONDITION, /* of the decision */
    TASK_OF_CHANGE,    /* of what stands on the certificate */
    TASK_OF_PANELIST,  /* who hears the appeal */
    TASK_OF_COMPLAINT,
    TASK_OF_MARK, /* a use of it that was asked for */
    TASK_OF_MISUSE,
    TASK_OF_INVOICE,
};

/* From when, until when, and of how much; kind and number are set, the days are
 * DAY_NEVER but for `opens`. */
typedef void task_days(const struct state *s, const struct todo_facts *f,
                       struct task *t);

struct task_rule {
    const char *command;
    bool (*there)(const struct state *s); /* NULL: always */
    task_days *days;
    unsigned stages; /* STAGE_BIT()s; 0: whatever the stage */
    unsigned also;   /* roles that wait beside those of the command */
    enum task_of of;
};

const struct task_rule *task_rule(enum task_kind kind);

/* The day after `d`, at most DAY_MAX; the last day to suspend because `passed`
 * did. */
day todo_after(day d);
day todo_suspend_by(day passed);

/* --- todo_decide.c ------------------------------------------------------ */

/* Corrections that did not come: when their limit passed, or when a refusal for
 * that was sent back (correction.c [CR5]). */
bool todo_to_extend(const struct state *s);
task_days todo_extension_days;

/* Has a panel to be named; to vote; is it the reviewer's turn, or the chair's?
 * While corrections are awaited a panel votes once their limit has passed, and
 * can only refuse (decision.c [DE4]). */
bool todo_lacks_panel(const struct state *s);
bool todo_votes(const struct state *s);
bool todo_to_decide(const struct state *s);
bool todo_to_refuse(const struct state *s);
task_days todo_vote_days;

/* The one who speaks for the panel, which is there. */
id todo_chair(const struct state *s);

/* Do conditions of a decision bind: is there a certificate that lives?  Does
 * this one wait for a task of this kind; from when, until when? */
bool todo_conditions_bind(const struct state *s);
bool todo_condition_waits(const struct state *s, int64_t number,
                          enum task_kind kind);
task_days todo_condition_days;

/* --- todo_money.c ------------------------------------------------------- */

/* Of an invoice that is late. */
task_days todo_collection_days;

/* Is money to be given back; from when? */
bool todo_to_refund(const struct state *s);
task_days todo_refund_days;

#endif
