#ifndef SERVICE_TODO_KEY_H
#define SERVICE_TODO_KEY_H

/*
 * todo_key -- inside the service room: after which task a list goes on, in the
 * words of an address: "20784.20720.C2026-0007.decide.0.<id>".
 */

#include "service/todos.h"
#include "store/tasks.h"

err todo_key_text(struct arena *a, const struct todo_line *last, str *out);

/* Texts are borrowed.  Zeroed of what is none: from the start. */
void todo_key_read(str text, struct task_key *out);

#endif
