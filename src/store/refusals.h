#ifndef STORE_REFUSALS_H
#define STORE_REFUSALS_H

/*
 * refusals -- the audit trail of what was asked for and not done.
 *
 * A refusal changes nothing in the journal; who asked for what, and which rule
 * stood against it, is kept here.
 */

#include "store/store.h"

struct arena;

struct refusal_row {
    int64_t id;  /* rising; set when read */
    int64_t at;  /* microseconds UTC */
    id actor;    /* zero: nobody we know */
    str channel; /* "web", "cli" .. */
    id stream;   /* zero: none */
    str command; /* its name */
    enum err_code code;
    str message;   /* catalogue id */
    str arguments; /* of the message, JSON */
};

err refusal_record(struct tx *tx, const struct refusal_row *r);

/* struct refusal_row after id `after`, oldest first; `limit` of them at most,
 * 1..STORE_PAGE_MAX. */
err refusal_list(struct tx *tx, struct arena *a, int64_t after, int32_t limit,
                 struct list *out);

/* The same, of one stream. */
err refusal_list_of_stream(struct tx *tx, struct arena *a, id stream,
                           int64_t after, int32_t limit, struct list *out);

#endif
