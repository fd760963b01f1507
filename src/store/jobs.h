#ifndef STORE_JOBS_H
#define STORE_JOBS_H

/*
 * jobs -- what is done after a commit: documents, mails, read models.
 *
 *   [JB1] A job is kept until job_done(); so it is done at least once, and
 *         what it does must bear being done again.
 *   [JB2] A worker takes a job by a lease: others see it again only when the
 *         lease has passed, so a worker that died does not keep it.
 *
 * What is read lives in the arena given.
 */

#include "store/store.h"

struct arena;

enum job_state { JOB_WAITING, JOB_GIVEN_UP };

struct job_row {
    int64_t id; /* rising */
    str kind;
    str payload;
    int64_t due;    /* microseconds UTC; not before */
    int32_t tries;  /* leases so far */
    str last_error; /* empty: none */
    enum job_state state;
};

/* From due on, `kind` is to be done with `payload`. */
err job_add(struct tx *tx, str kind, str payload, int64_t due);

/*
 * Take up to `limit` (1..STORE_PAGE_MAX) jobs that are due at `now`, soonest
 * first, until `lease` (microseconds UTC): struct job_row as they now are.
 */
err job_take(struct tx *tx, struct arena *a, int64_t now, int64_t lease,
             int32_t limit, struct list *out);

/* ERR_CONFLICT "store.changed" when there is no such job any more. */
err job_done(struct tx *tx, int64_t job);

/* It failed with `why` (never empty): again at `due`, or given up. */
err job_again(struct tx *tx, int64_t job, int64_t due, str why);
err job_give_up(struct tx *tx, int64_t job, int64_t now, str why);

/* When the next one is due; *found is false when none waits. */
err job_next_due(struct tx *tx, int64_t *out, bool *found);

/* struct job_row in `state` after id `after`, at most `limit`. */
err job_list(struct tx *tx, struct arena *a, enum job_state state,
             int64_t after, int32_t limit, struct list *out);

#endif
