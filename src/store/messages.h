#ifndef STORE_MESSAGES_H
#define STORE_MESSAGES_H

/* messages -- how far people have read the messages of cases. */

#include "base/id.h"
#include "store/store.h"

/* Up to this version of the case's stream; never back. */
err message_read_put(struct tx *tx, id person, id of_case, int64_t seen);

/* 0: nothing yet. */
err message_read_get(struct tx *tx, id person, id of_case, int64_t *out);

#endif
