#ifndef SERVICE_SUBS_H
#define SERVICE_SUBS_H

/*
 * subs -- inside the service room: the sub-certificates of a certificate, from
 * the fold of its stream to its rows in the store.
 */

#include "codec/record.h"
#include "domain/standing.h"
#include "store/store.h"
#include "store/subs.h"

/* Its row, where it ended alone on `ended`; DAY_NEVER: it did not. */
struct sub_row subs_row(const struct sub_certificate *sub, day ended);
bool subs_same(const struct sub_row *x, const struct sub_row *y);

/* As struct sub_row, in the order of their count. */
err subs_want(struct arena *a, const struct standing *s, struct list *out);

/* Write them all. */
err subs_project(struct tx *tx, const struct standing *s);

/* Has the store these and no others under this certificate? */
err subs_agree(struct tx *tx, struct arena *a, const struct standing *s,
               bool *agree);

#endif
