#ifndef STORE_HOOKS_H
#define STORE_HOOKS_H

/*
 * hooks -- webhooks, and the messages that are on their way to them.
 *
 *   [HK1] Where a hook calls and by what secret it signs lie in a box that the
 *         store cannot open.
 *   [HK2] The messages of a hook stand in a queue: one is handed over at a
 *         time, and the next not before it was taken.
 *   [HK3] Whoever hands one over has leased the hook, for a time: others see it
 *         again when that has passed, so one who died does not keep it.
 *
 * Troubles are the service's.  What is read lives in the arena given.  Instants
 * are microseconds UTC.
 */

#include "codec/record.h"
#include "store/store.h"

#define HOOK_IDLE INT64_MAX /* as `due`: no message waits */

enum { HOOK_NO_INDEX = -1 };

struct hook_row {
    id id;
    id person;      /* whose */
    int64_t number; /* 1, 2, 3 .. among the person's */
    str about;      /* "certificate/NUMBER", "holder/CODE" */
    str box;        /* [HK1] */
    int64_t made;
    int64_t since;   /* index of the log's first entry that it is told */
    int64_t placed;  /* messages so far */
    int64_t due;     /* its next message not before; or HOOK_IDLE */
    int64_t leased;  /* until; 0: nobody has it */
    int32_t tries;   /* leases for the message that waits longest */
    int64_t failing; /* since then nothing was taken; 0: all is well */
    bool stopped;    /* nothing is handed over until its owner says so */
};

struct hook_call_row {
    id id; /* of the message */
    id hook;
    int64_t place; /* 1, 2, 3 .. in the hook's queue */
    int64_t index; /* of the log's entry; HOOK_NO_INDEX: only to try */
    str body;
    int64_t made;
    int64_t taken; /* 0: it waits */
    int32_t tries;
    int32_t trouble; /* what the last try ran into */
    int32_t status;
};

/* A new one, of its first seven members.  ERR_CONFLICT "store.constraint" when
 * the person has one with this number, or is not there. */
err hook_add(struct tx *tx, const struct hook_row *row);

/* ERR_NOT_FOUND "store.missing". */
err hook_get(struct tx *tx, struct arena *a, id hook, struct hook_row *out);

/* struct hook_row, at most `limit`, 1..STORE_PAGE_MAX: of everybody after
 * `after` (zero: from the first); of a person by number, after number `after`
 * (0: from the first); of what it is about. */
err hook_list(struct tx *tx, struct arena *a, id after, int32_t limit,
              struct list *out);
err hook_list_of_person(struct tx *tx, struct arena *a, id person,
                        int64_t after, int32_t limit, struct list *out);
err hook_list_about(struct tx *tx, struct arena *a, str about, id after,
                    int32_t limit, struct list *out);

/* The one whose message has been due longest by `due`, which is not stopped and
 * not leased at `now`; *found is false when there is none. */
err hook_next(struct tx *tx, struct arena *a, int64_t due, int64_t now,
              struct hook_row *out, bool *found);

/* [HK3] It is ours until `until`, and is tried once more; *row as it now is.
 * ERR_CONFLICT "store.changed" when somebody else took it. */
err hook_lease(struct tx *tx, struct hook_row *row, int64_t until);

/* Nobody's again: `due`, `tries`, `failing` and `stopped` as in *row. */
err hook_set(struct tx *tx, const struct hook_row *row);

/* With all its messages. */
err hook_drop(struct tx *tx, id hook);

/* Those of people that no stream says: before person_clear_strays(). */
err hook_clear_strays(struct tx *tx);

/* At the end of its hook's queue: a message of `id`, `hook`, `index`, `body`
 * and `made`, due at once when none waits before it. */
err hook_call_add(struct tx *tx, const struct hook_row *hook,
                  const struct hook_call_row *row);

/* The one that waits longest; *found is false when none does. */
err hook_call_first(struct tx *tx, struct arena *a, id hook,
                    struct hook_call_row *out, bool *found);

/* How many wait. */
err hook_call_waiting(struct tx *tx, id hook, int64_t *out);

/* struct hook_call_row, the newest first, before place `before`, at most
 * `limit`, 1..STORE_PAGE_MAX. */
err hook_call_list(struct tx *tx, struct arena *a, id hook, int64_t before,
                   int32_t limit, struct list *out);

/* It was tried once more: `taken`, `trouble` and `status` as in *row.
 * ERR_CONFLICT "store.changed" when it waits no more. */
err hook_call_set(struct tx *tx, const struct hook_call_row *row);

/* Those that were taken before `taken` go. */
err hook_call_forget(struct tx *tx, id hook, int64_t taken);

#endif
