#ifndef STORE_META_H
#define STORE_META_H

/* meta -- facts about this installation, by name: 'log/origin' .. */

#include "store/store.h"

struct arena;

/* *found is false, *out untouched, when nothing is kept under `key`. */
err meta_get(struct tx *tx, struct arena *a, str key, str *out, bool *found);

/* Keep `value` under `key`, in place of what was there. */
err meta_set(struct tx *tx, str key, str value);

#endif
