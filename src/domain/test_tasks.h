#ifndef DOMAIN_TEST_TASKS_H
#define DOMAIN_TEST_TASKS_H

/*
 * test_tasks -- what waits in the fixture's case, as tests read it.
 */

#include "domain/test_fixture.h"
#include "domain/todo.h"

/* All of them, as struct task. */
struct list tasks_of(struct fixture *f);

/* "check intake 2026-03-09", a line a task that is open today; with a number
 * "answer_complaint#2 spare never"; with an amount
 * "collect#1 applicant|finance 2026-04-01 overdue 600". */
str open_tasks(struct fixture *f);

/* The first task of this kind, or NULL. */
const struct task *find_task(struct fixture *f, enum task_kind kind);
bool has_open(struct fixture *f, enum task_kind kind);

#endif
