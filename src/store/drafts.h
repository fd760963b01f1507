#ifndef STORE_DRAFTS_H
#define STORE_DRAFTS_H

/*
 * drafts -- what people have begun to say in cases: one a case, a person and a
 * command.
 */

#include "store/store.h"

struct draft_row {
    id of_case; /* its stream */
    id person;
    str command;
    str body;
    int64_t saved; /* microseconds UTC */
};

/* Insert, or replace. */
err draft_put(struct tx *tx, const struct draft_row *row);

/* Of row->of_case, row->person and row->command: body and saved, in `a`.
 * *found is false, *row untouched, when there is none. */
err draft_get(struct tx *tx, struct arena *a, struct draft_row *row,
              bool *found);

/* No more of them; nothing happens when there are none: whoever's they are, a
 * person's own, and all of the case. */
err draft_drop(struct tx *tx, id of_case, str command);
err draft_drop_own(struct tx *tx, id of_case, str command, id person);
err draft_drop_case(struct tx *tx, id of_case);

#endif
