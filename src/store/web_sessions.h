#ifndef STORE_WEB_SESSIONS_H
#define STORE_WEB_SESSIONS_H

/*
 * web_sessions -- who is in by a browser.
 *
 *   [WS1] Of the token that the browser holds its SHA-256 is kept, and nothing
 *         it could be made from.
 *
 * What is read lives in the arena given; times are microseconds UTC.
 */

#include "base/hash.h"
#include "store/rows.h"
#include "store/store.h"

enum web_session_state {
    WEB_SESSION_CODE,  /* the password was right, the second factor is wanted */
    WEB_SESSION_ENROL, /* .. and their roles need one they do not have */
    WEB_SESSION_OPEN,
    WEB_SESSION_STATES,
};

struct web_session_row {
    struct hash token; /* its hash */
    id person;
    int64_t number; /* 1, 2, 3 .. among the person's */
    enum web_session_state state;
    int64_t made;
    int64_t seen; /* the last visit, or nearly */
    int64_t ends;
    str network; /* where it was made, as the server names it */
    str agent;   /* what the browser says it is; may be empty */
};

/* ERR_CONFLICT "store.constraint" when the token or the number is taken, or
 * there is no such person. */
err web_session_add(struct tx *tx, const struct web_session_row *row);

/* *found is false, *out untouched, when there is none. */
err web_session_get(struct tx *tx, struct arena *a, const struct hash *token,
                    struct web_session_row *out, bool *found);

/* struct web_session_row of a person by number, after number `after`, at most
 * `limit`, 1..STORE_PAGE_MAX. */
err web_session_list(struct tx *tx, struct arena *a, id person, int64_t after,
                     int32_t limit, struct list *out);

/* The greatest number of a person's, 0: none. */
err web_session_last(struct tx *tx, id person, int64_t *out);

/* ERR_CONFLICT "store.changed" when it is gone; so do they both. */
err web_session_touch(struct tx *tx, const struct hash *token, int64_t seen);
err web_session_open(struct tx *tx, const struct hash *token, int64_t ends);

/* *found is false when the person has none of this number. */
err web_session_drop(struct tx *tx, id person, int64_t number, bool *found);

/* All of a person's but `number`; 0: all. */
err web_session_drop_others(struct tx *tx, id person, int64_t number);

/* Everybody's that ended at `now`, or were seen at `unseen` the last time or
 * before. */
err web_session_drop_over(struct tx *tx, int64_t now, int64_t unseen);

#endif
