#ifndef STORE_TASKS_H
#define STORE_TASKS_H

/*
 * tasks -- what waits in the cases: a projection of their journals; and the
 * notices that the tick gave of it.
 *
 *   [TK1] A task is told of twice at the most: when it is there, and when it is
 *         overdue; a notice is given once.  Of one that is over nothing is
 *         told, and it is on no list of a day.
 *
 * Kinds and roles are the domain's; the store only keeps them.  Texts that are
 * read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

/* How much was told of a task. */
enum raised { RAISED_NOTHING, RAISED_OPEN, RAISED_OVERDUE };

struct task_row {
    id of_case; /* the first four are its key */
    str kind;
    int64_t number;
    id person;     /* zero: whoever has one of the roles */
    int64_t roles; /* a set, one bit a role */
    day opens;
    day due; /* DAY_NEVER: no limit */
    bool due_provisional;
    enum raised raised;
    int64_t amount; /* fen; 0: it is about no money */
    bool lapses;    /* over, not overdue, once its limit has passed */
};

/* Insert, or replace the row with this key. */
err task_put(struct tx *tx, const struct task_row *t);

/* ERR_CONFLICT "store.changed" when there is none with this key. */
err task_drop(struct tx *tx, const struct task_row *t);

/* struct task_row of a case. */
err task_list_of_case(struct tx *tx, struct arena *a, id of_case,
                      struct list *out);

/* With what people call things. */
struct task_line {
    struct task_row task;
    str case_number;
    id enterprise;
    str enterprise_name;
    str login; /* of the person; empty: none */
    str person_name;
};

/* For whom, see task_list_of_person(). */
struct task_reader {
    id person;
    id enterprise;     /* their own; zero: none */
    int64_t own_roles; /* in cases of that one */
    int64_t roles;     /* in all others */
};

/* After which task a list goes on; zeroed: from its start. */
struct task_key {
    day due;
    day opens;
    str case_number;
    str kind;
    int64_t number;
    id person;
};

/* A piece of a list: of what is there on `today`, at most `limit` tasks,
 * 1..STORE_PAGE_MAX. */
struct task_page {
    day today;
    int32_t limit;
    struct task_key after;
};

/* struct task_line, the most pressing first, and of those what waited longest:
 * of everybody; of one person, by name and by role. */
err task_list(struct tx *tx, struct arena *a, const struct task_page *p,
              struct list *out);
err task_list_of_person(struct tx *tx, struct arena *a,
                        const struct task_reader *who,
                        const struct task_page *p, struct list *out);

/* struct task_line of what was not told yet, by its first day or because its
 * limit passed; at most `limit`, likewise. */
err task_list_new(struct tx *tx, struct arena *a, day today, int32_t limit,
                  struct list *out);
err task_list_late(struct tx *tx, struct arena *a, day today, int32_t limit,
                   struct list *out);

/* Give the notices that are due by `today`, each once [TK1]: how many tasks
 * came up, and how many are overdue now. */
struct task_told {
    int64_t opened;
    int64_t overdue;
};
err task_tell(struct tx *tx, day today, struct task_told *out);

/* Take all tasks away, to be made again; then of those that were made: what
 * the notices say was told of each.  Notices of no case are taken away. */
err task_clear(struct tx *tx);
err task_tell_again(struct tx *tx);
err notice_clear_strays(struct tx *tx);

struct notice_row {
    str kind; /* of the task, with number and person */
    int64_t number;
    id person;
    enum raised what;
    day since;  /* it is so */
    day raised; /* day of the tick */
};

/* struct notice_row of a case, by day. */
err notice_list_of_case(struct tx *tx, struct arena *a, id of_case,
                        struct list *out);

/* Is there a task or a notice of no case?  Its kind, if so. */
err task_find_stray(struct tx *tx, struct arena *a, str *kind, bool *found);

#endif
