#ifndef WEB_LIMITER_H
#define WEB_LIMITER_H

/*
 * limiter -- inside the faces: who asks too often for what costs us, or what
 * others would pay for (http/rate.h).
 *
 *   [LI1] Which addresses are limited, and how, stands in one table.  All that
 *         is not in it is free: pages that are read, and everything behind the
 *         door.
 *   [LI2] The answer is 429, says when to come back (Retry-After, and in words)
 *         and what was asked too often; the handler did nothing.
 *   [LI4] What keeps a core busy for a second is done for one visitor at a
 * time, so that it never takes all threads from the others. [LI3] This machine
 * itself is not limited: that is the operator, or a proxy, which alone knows
 * whom it stands for (docs/decisions/limits-of-rate.md).
 */

#include "http/request.h"
#include "http/response.h"

struct app;
struct limiter;

/* Its clock and its seed are those of the app's world. */
err limiter_new(struct arena *a, struct app *app, struct limiter **out);
void limiter_end(struct limiter *l); /* NULL is fine */

/* `l` may be NULL: nobody is limited.  ERR_BUSY "web.too_often" (what,
 * seconds). */
err limiter_check(struct limiter *l, const struct request *rq);

/* [LI4] Be the only one until limiter_give(), in the same thread.  `l` may be
 * NULL: everybody may.  ERR_BUSY "web.alone". */
err limiter_alone(struct limiter *l, struct arena *a);
void limiter_give(struct limiter *l);

/* Was somebody refused by [LI1]?  Then the status and Retry-After are set, and
 * *seconds. [LI2] */
bool limiter_refused(err why);
err limiter_answer(err why, struct response *rs, int64_t *seconds);

#endif
