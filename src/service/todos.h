#ifndef SERVICE_TODOS_H
#define SERVICE_TODOS_H

/*
 * todos -- what waits for a person, or for everybody, and who is away auditing
 * when; and when cases are likely to end. [M4]
 *
 *   [TO1] A person's list is what waits for them by name, and what waits for
 *         one of their roles and they may do: who has a tie to the enterprise,
 *         or evaluated what is to be decided, does not find it there.  Who
 *         waits beside those (a suspension's cause is the enterprise's to
 *         cure, and a reviewer's to lift) finds it there without.
 *   [TO2] Everybody sees their own list.  Staff see those of others too, but
 *         of a case only what they may read.
 *   [TO3] A list goes on after its last task, never by how many were skipped:
 *         what was done meanwhile hides nothing.
 */

#include "auth/session.h"
#include "domain/forecast.h"
#include "domain/todo.h"
#include "service/app.h"
#include "service/cases.h"

enum { TODO_MOST = 1000 }; /* tasks in a list, the most pressing first */

struct todo_wish {
    const struct session *who;
    str login;   /* whose list; empty: everybody's */
    day today;   /* DAY_NEVER: the clock's */
    size_t most; /* tasks, 1..TODO_MOST; 0: so many */
    str after;   /* where a list before ended, its `next`; of anything else, and
                    empty: from the start */
};

struct todo_line {
    struct task task;
    id of_case;
    str case_number;
    str enterprise;  /* its name */
    str login;       /* of the person it waits for by name; else empty */
    str person_name; /* likewise */
    bool overdue;
};

/* Days that somebody is planned for. */
struct todo_audit {
    id of_case;
    str case_number;
    str enterprise;
    str login;
    str person_name;
    day from;
    day to;
};

struct todo_list {
    day today;
    struct list tasks;  /* of struct todo_line */
    struct list audits; /* of struct todo_audit, from today on */
    str next;           /* where it goes on; empty: that was all */
};

/* [TO2] May `who` look at the list of `login`, or everybody's where that is
 * empty?  ERR_DENIED "todo.others". */
err todo_may_list(struct arena *a, const struct session *who, str login);

/* ERR_NOT_FOUND "todo.person" (login); ERR_DENIED "todo.others". */
err todo_list(struct app *app, struct arena *a, const struct todo_wish *wish,
              struct todo_list *out);

/* Is that task of theirs [TO1]?  In a tx that reads or writes; struct task_line
 * and struct person_row are of store/. */
struct person_row;
struct task_line;
err todo_waits_for(struct app *app, struct tx *tx, const struct person_row *p,
                   const struct task_line *line, day today, bool *out);

/* What waits in a case, for whomever: every task that is open on `today`, or
 * else those that come first, as struct task. */
err todo_of_case(struct app *app, struct arena *a, const struct case_file *file,
                 day today, struct list *out);

/* The same as somebody who may read the case sees it. */
struct todo_seen {
    struct task task;
    bool theirs; /* [TO1] it waits for them, and they may do it */
    bool open;   /* on that day */
    bool overdue;
};

/* As struct todo_seen, theirs first. */
err todo_of_case_for(struct app *app, struct arena *a,
                     const struct session *who, const struct case_file *file,
                     day today, struct list *out);

/* --- when cases are likely to end --------------------------------------- */

struct forecast_line {
    str case_number;
    str enterprise;
    enum stage stage;
    struct forecast forecast;
};

/* Of the case `ref`, or with an empty one of all this session may read that are
 * under way, by stage, at most TODO_MOST; as struct forecast_line.  A case that
 * is not under way gives none.  ERR_NOT_FOUND "case.missing" (ref). */
err forecast_list(struct app *app, struct arena *a, const struct session *who,
                  str ref, day today, struct list *out);

#endif
