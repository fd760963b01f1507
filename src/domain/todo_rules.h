#ifndef DOMAIN_TODO_RULES_H
#define DOMAIN_TODO_RULES_H

/*
 * todo_rules -- inside domain/todo: the table of what may wait.
 */

#include "domain/todo.h"

/* What there is a task for each of, and whose number it bears. */
enum task_of {
    TASK_OF_CASE,     /* there is one; of the team, one each */
    TASK_OF_CHANGE,   /* of what stands on the certificate */
    TASK_OF_PANELIST, /* who hears the appeal */
    TASK_OF_COMPLAINT,
    TASK_OF_MARK, /* a use of it that was asked for */
    TASK_OF_MISUSE,
};

/* From when, until when; kind and number are set, the days are DAY_NEVER but
 * for `opens`. */
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

#endif
