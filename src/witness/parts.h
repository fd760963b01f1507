#ifndef WITNESS_PARTS_H
#define WITNESS_PARTS_H

/* parts -- inside witness: its memory. */

#include "merkle/policy.h"
#include "sys/lock.h"
#include "witness/witness.h"

#include <pthread.h>

struct witness {
    struct witness_world world;
    struct lock lock;
    pthread_mutex_t mutex; /* [WT1] */
    str dir;
    str name;
    struct sign_key key;
    struct note_key own;
    const struct trust_policy *logs;
};

/* The newest checkpoint that was cosigned of this log, as its note; *found is
 * false when there is none.  ERR_CORRUPT "witness.state" (path) [WT2]. */
err seen_read(const struct witness *w, struct arena *a, str origin,
              struct checkpoint_body *body, bool *found);

/* Keep this one from now on [WT1]. */
err seen_keep(const struct witness *w, struct arena *a, str origin, str note);

/* The bytes that are kept under the hexadecimal digits of a log.  ERR_NOT_FOUND
 * "witness.none". */
err seen_note(const struct witness *w, struct arena *a, str digits, str *out);

#endif
