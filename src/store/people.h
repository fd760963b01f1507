#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

/*
 * people -- who may log in, what they may be, and their ties to enterprises.
 *
 * Roles are the domain's numbers; the store only keeps them.  Texts
 * that are read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

/* Who left may not log in and is planned for nothing. */
enum person_state { PERSON_ACTIVE, PERSON_LEFT };

/* Read with another state it is ERR_CORRUPT "store.row" (statement, column,
 * row), which names it by its login. */
struct person_row {
    id id;
    str login; /* unique */
    str name;
    int64_t roles; /* a set, one bit a role */
    id enterprise; /* zero: belongs to the body */
    str secret;    /* what the password is checked against */
    enum person_state state;
};

/* A tie that forbids the person to audit the enterprise. */
struct relation_row {
    id enterprise;
    day until; /* last day; DAY_NEVER: it goes on */
};

/* Insert, or replace the row with this id.  ERR_CONFLICT "store.constraint"
 * when the login is somebody else's or the enterprise is not there. */
err person_put(struct tx *tx, const struct person_row *p);

/* ERR_NOT_FOUND "store.missing". */
err person_get(struct tx *tx, struct arena *a, id person,
               struct person_row *out);
err person_by_login(struct tx *tx, struct arena *a, str login,
                    struct person_row *out);

/* struct person_row by login, which is the key. */
err person_list(struct tx *tx, struct arena *a, const struct page *p,
                struct list *out);
err person_list_of_enterprise(struct tx *tx, struct arena *a, id enterprise,
                              const struct page *p, struct list *out);

/* The same, of those who have a role of `roles`, a set. */
err person_list_with_role(struct tx *tx, struct arena *a, int64_t roles,
                          const struct page *p, struct list *out);

/* Insert, or replace the tie between these two. */
err relation_put(struct tx *tx, id person, const struct relation_row *r);

/* struct relation_row of a person after enterprise `after` (zero: from the
 * first), at most `limit`, 1..STORE_PAGE_MAX. */
err relation_list(struct tx *tx, struct arena *a, id person, id after,
                  int32_t limit, struct list *out);

/* Take all ties away, to be made again from the journals. */
err relation_clear(struct tx *tx);

/* Take away who has no stream. */
err person_clear_strays(struct tx *tx);

#endif
