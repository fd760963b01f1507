#ifndef STORE_CALENDARS_H
#define STORE_CALENDARS_H

/*
 * calendars -- the secret addresses under which people's calendars are read.
 *
 *   [CL1] Of a secret its hash is kept, and nothing it could be made from.
 *
 * What is read lives in the arena given.
 */

#include "base/hash.h"
#include "store/rows.h"
#include "store/store.h"

struct calendar_row {
    id id; /* of the address */
    id person;
    int64_t number; /* 1, 2, 3 .. among the person's */
    bool team;      /* everybody's list, not the person's own */
    str lang;       /* "zh-CN" */
    day made;
    struct hash secret; /* its hash */
};

/* ERR_CONFLICT "store.constraint" when there is one with this id, or of this
 * person with this number, or no such person. */
err calendar_link_add(struct tx *tx, const struct calendar_row *row);

/* ERR_NOT_FOUND "store.missing". */
err calendar_link_get(struct tx *tx, struct arena *a, id link,
                      struct calendar_row *out);

/* struct calendar_row of a person by number, after number `after` (0: from the
 * first), at most `limit`, 1..STORE_PAGE_MAX. */
err calendar_link_list(struct tx *tx, struct arena *a, id person, int64_t after,
                       int32_t limit, struct list *out);

/* *found is false when the person has none of this number. */
err calendar_link_drop(struct tx *tx, id person, int64_t number, bool *found);

/* All of a person's. */
err calendar_link_drop_all(struct tx *tx, id person);

/* Those of people that no stream says: before person_clear_strays(). */
err calendar_link_clear_strays(struct tx *tx);

#endif
